// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "cli/stage.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/cli.h"

enum { DEEPEST = 64 };

// No symbolic link is followed: what it names is not ours.
static bool empty_folder(int at, const char *name, unsigned depth)
{
    int file = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = file < 0 ? NULL : fdopendir(file);
    bool done = folder != NULL;
    if (!folder && file >= 0)
        close(file);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        struct stat about;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        bool is_folder = fstatat(file, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
                         S_ISDIR(about.st_mode);
        if (is_folder && depth < DEEPEST)
            done = empty_folder(file, entry->d_name, depth + 1) && done;
        done = unlinkat(file, entry->d_name, is_folder ? AT_REMOVEDIR : 0) == 0 && done;
    }
    if (folder)
        closedir(folder);
    return done;
}

bool cor_folder_is_empty(const char *path)
{
    DIR *folder = opendir(path);
    size_t count = 0;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (folder)
        closedir(folder);
    return folder && count == 0;
}

bool cor_empty_folder(const char *path)
{
    return empty_folder(AT_FDCWD, path, 0);
}

void cor_remove_folder(const char *path)
{
    (void)empty_folder(AT_FDCWD, path, 0);
    (void)rmdir(path);
}

enum cor_status cor_stage_open(struct cor_stage *stage, const char *final, struct cor_guard *guard)
{
    *stage = (struct cor_stage){.final = final};
    if (!final || strcmp(final, "-") == 0 || guard->off)
        return COR_OK;
    if (cor_is_special(final))
        return cor_guard_allow(guard, COR_ACCESS_WRITE, final);
    const char *slash = strrchr(final, '/'), *name = slash ? slash + 1 : final;
    size_t size = strlen(final) + sizeof ".XXXXXX";
    stage->folder = cor_alloc(size);
    stage->path = cor_alloc(size + 1 + strlen(name));
    if (!stage->folder || !stage->path)
        return COR_NOMEM;
    snprintf(stage->folder, size, "%s.XXXXXX", final);
    if (!mkdtemp(stage->folder)) {
        cor_free(stage->folder);
        stage->folder = NULL;
        return cor_fail(guard->diag, COR_FATAL, COR_IO, final, "cannot write: %s", strerror(errno));
    }
    sprintf(stage->path, "%s/%s", stage->folder, name);
    return cor_guard_allow(guard, COR_ACCESS_CREATE, stage->folder);
}

const char *cor_stage_path(const struct cor_stage *stage)
{
    return stage->path ? stage->path : stage->final;
}

enum cor_status cor_stage_commit(struct cor_stage *stage, struct cor_diag *diag)
{
    if (!stage->folder || access(stage->path, F_OK) != 0)
        return COR_OK;
    if (rename(stage->path, stage->final) == 0)
        return COR_OK;
    return cor_fail(diag, COR_FATAL, COR_IO, stage->final, "cannot write: %s", strerror(errno));
}

bool cor_stage_empty(const struct cor_stage *stage)
{
    return !stage->folder || cor_empty_folder(stage->folder);
}

void cor_stage_close(struct cor_stage *stage)
{
    if (stage->folder)
        cor_remove_folder(stage->folder);
    cor_free(stage->folder);
    cor_free(stage->path);
    *stage = (struct cor_stage){0};
}
