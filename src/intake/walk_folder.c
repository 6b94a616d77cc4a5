// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Inputs, and the folders of the file system. Nothing but regular files is opened, and symbolic
// links are followed only where the user named one.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake/folder.h"
#include "intake/walker.h"

static enum cor_status folder(struct cor_walker *walker, int at, const char *name, const char *path,
                              bool follow, unsigned depth);

// The digest of an input file was taken when it was opened.
static void take_digest(struct cor_node *node, const struct cor_input *input)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < 32 && input->sha256[0]; i++) {
        const char *high = strchr(digits, input->sha256[2 * i]);
        const char *low = strchr(digits, input->sha256[2 * i + 1]);
        if (!high || !low || !*high || !*low)
            return;
        node->member.sha256[i] = (unsigned char)((high - digits) << 4 | (low - digits));
    }
    node->member.hashed = input->sha256[0] != '\0';
    node->member.size = input->size;
}

static enum cor_status not_opened(struct cor_walker *walker, struct cor_node *node)
{
    int reason = errno;
    cor_walker_met(walker, node);
    return cor_walker_unread(walker, node, reason == ENOENT ? COR_NOT_FOUND : COR_IO, COR_HIDES_ALL,
                             "%s", strerror(reason));
}

static enum cor_status file_content(struct cor_walker *walker, struct cor_node *node, int fd,
                                    const struct stat *st)
{
    uint64_t size = st->st_size < 0 ? 0 : (uint64_t)st->st_size;
    uint64_t stored = (uint64_t)st->st_blocks * 512;
    if (size > walker->options->limits.member_bytes && stored < size / 64) {
        node->member.size = size;
        close(fd);
        return cor_walker_unread(walker, node, COR_LIMIT, COR_HIDES_ALL,
                                 "over a limit: a sparse file larger than %llu bytes",
                                 (unsigned long long)walker->options->limits.member_bytes);
    }
    struct cor_stream *stream = cor_stream_file(fd, size, &walker->consumed);
    if (!stream) {
        close(fd);
        return COR_NOMEM;
    }
    enum cor_status status = cor_walker_content(walker, node, stream);
    if (status == COR_OK && stream->failure != COR_OK)
        status =
            cor_walker_unread(walker, node, stream->failure, COR_HIDES_ALL, "%s", stream->reason);
    cor_stream_close(stream);
    return status;
}

static enum cor_status file(struct cor_walker *walker, struct cor_node *node, int at,
                            const char *name, bool follow)
{
    struct stat st;
    int fd =
        openat(at, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | (follow ? 0 : O_NOFOLLOW));
    if (fd < 0)
        return not_opened(walker, node);
    if (fstat(fd, &st) != 0) {
        enum cor_status status = not_opened(walker, node);
        close(fd);
        return status;
    }
    if (S_ISREG(st.st_mode)) {
        cor_walker_file_begins(walker, st.st_size < 0 ? 0 : (uint64_t)st.st_size);
        enum cor_status status = file_content(walker, node, fd, &st);
        cor_walker_file_ends(walker);
        return status;
    }
    close(fd);
    node->member.format = "device";
    return COR_OK;
}

// Tells the keeper; names are taken below the input.
static enum cor_status meet(struct cor_walker *walker, struct cor_node *node, int at,
                            const char *name, const struct stat *st)
{
    char target[4096];
    struct cor_entry entry = {.kind = S_ISREG(st->st_mode)   ? COR_ENTRY_FILE
                                      : S_ISLNK(st->st_mode) ? COR_ENTRY_SYMLINK
                                                             : COR_ENTRY_SPECIAL,
                              .mode = st->st_mode & 07777};
    const char *below = node->member.path + strlen(walker->input->name);
    if (entry.kind == COR_ENTRY_SYMLINK) {
        ssize_t size = readlinkat(at, name, target, sizeof target - 1);
        target[size < 0 ? 0 : size] = '\0';
        entry.link = target;
    }
    return cor_walker_meet(walker, NULL, node, below, &entry);
}

static enum cor_status folder_entry(struct cor_walker *walker, int at, const char *name,
                                    const char *path, unsigned depth)
{
    struct stat st = {0};
    struct cor_node *node = NULL;
    bool known = fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
    if (known && S_ISDIR(st.st_mode))
        return cor_walker_wants_below(walker, path, '/')
                   ? folder(walker, at, name, path, false, depth + 1)
                   : COR_OK;
    int reason = errno;
    enum cor_status status = cor_walker_add(walker, NULL, path, 0, &node);
    if (status != COR_OK || !node)
        return status;
    cor_walker_file_begins(walker, S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0);
    if (cor_walker_excluded(walker, node, &status)) {
        node->member.size = walker->file_size;
        cor_walker_file_ends(walker);
        return status;
    }
    errno = reason;
    if (!known)
        return not_opened(walker, node);
    if (S_ISREG(st.st_mode)) {
        status = meet(walker, node, at, name, &st);
        return status == COR_OK ? file(walker, node, at, name, false) : status;
    }
    node->member.format = S_ISLNK(st.st_mode) ? "symlink" : "device";
    cor_walker_met(walker, node);
    return meet(walker, node, at, name, &st);
}

// A member that stands for a folder: only where something was lost with it.
static enum cor_status lost_folder(struct cor_walker *walker, const char *path, enum cor_status why,
                                   const char *reason)
{
    struct cor_node *node = NULL;
    enum cor_status status = cor_walker_add(walker, NULL, path, 0, &node);
    if (status != COR_OK || !node)
        return status;
    if (cor_walker_excluded(walker, node, &status))
        return status;
    node->member.format = "folder";
    return cor_walker_unread(walker, node, why, COR_HIDES_ALL, "%s", reason);
}

static enum cor_status folder(struct cor_walker *walker, int at, const char *name, const char *path,
                              bool follow, unsigned depth)
{
    struct cor_folder names;
    if (depth > COR_DEEPEST)
        return lost_folder(walker, path, COR_LIMIT, "over a limit: folders too deep");
    enum cor_status status = cor_folder_open(&names, at, name, follow);
    if (status == COR_IO)
        return lost_folder(walker, path, status, strerror(errno));
    if (status != COR_OK)
        return status;
    if (names.names.count == 0 && depth > 0) {
        const struct cor_entry empty = {.kind = COR_ENTRY_FOLDER};
        status = cor_walker_meet(walker, NULL, NULL, path + strlen(walker->input->name), &empty);
    }
    for (size_t i = 0; status == COR_OK && i < names.names.count && !walker->done; i++) {
        status = cor_walker_stopped(walker);
        const char *below =
            cor_arena_printf(&walker->walk->arena, "%s%s%s", path,
                             path[strlen(path) - 1] == '/' ? "" : "/", names.names.items[i]);
        if (status == COR_OK)
            status = below ? folder_entry(walker, names.fd, names.names.items[i], below, depth)
                           : COR_NOMEM;
    }
    cor_folder_close(&names);
    return status;
}

enum cor_status cor_walker_input(struct cor_walker *walker)
{
    const struct cor_input *input = walker->input;
    struct cor_node *node = NULL;
    if (input->folder) {
        enum cor_status status = folder(walker, AT_FDCWD, input->path, input->name, true, 0);
        if (status != COR_LIMIT)
            return status;
        // The member that says so is one more than the limit: it must not be lost to it.
        walker->members -= walker->members > 0;
        status = lost_folder(walker, input->name, COR_LIMIT, "over a limit: too many members");
        return status == COR_LIMIT ? COR_OK : status;
    }
    const char *path = cor_arena_text(&walker->walk->arena, cor_slice_text(input->name));
    if (!path)
        return COR_NOMEM;
    enum cor_status status = cor_walker_add(walker, NULL, path, 0, &node);
    if (status != COR_OK || !node)
        return status == COR_LIMIT ? COR_OK : status;
    take_digest(node, input);
    if (cor_walker_excluded(walker, node, &status))
        return status;
    return file(walker, node, AT_FDCWD, input->path, true);
}
