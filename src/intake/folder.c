// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static int order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum cor_status read_names(struct cor_folder *folder, DIR *dir)
{
    errno = 0;
    for (struct dirent *entry; (entry = readdir(dir)); errno = 0) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        const char *name = cor_arena_text(&folder->arena, cor_slice_text(entry->d_name));
        if (!name || cor_array_add(&folder->names, name) != COR_OK)
            return COR_NOMEM;
    }
    if (errno)
        return COR_IO;
    if (folder->names.count > 1)
        qsort(folder->names.items, folder->names.count, sizeof *folder->names.items, order);
    return COR_OK;
}

enum cor_status cor_folder_open(struct cor_folder *folder, int at, const char *name, bool follow)
{
    enum cor_status status = COR_IO;
    *folder = (struct cor_folder){.fd = -1};
    cor_arena_init(&folder->arena);
    folder->fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
    int copy = folder->fd < 0 ? -1 : fcntl(folder->fd, F_DUPFD_CLOEXEC, 0);
    DIR *dir = copy < 0 ? NULL : fdopendir(copy);
    if (!dir) {
        int reason = errno;
        if (copy >= 0)
            close(copy);
        cor_folder_close(folder);
        errno = reason;
        return COR_IO;
    }
    status = read_names(folder, dir);
    int reason = errno;
    closedir(dir);
    if (status != COR_OK)
        cor_folder_close(folder);
    errno = reason;
    return status;
}

void cor_folder_close(struct cor_folder *folder)
{
    if (folder->fd >= 0)
        close(folder->fd);
    folder->fd = -1;
    cor_array_dispose(&folder->names);
    cor_arena_dispose(&folder->arena);
}
