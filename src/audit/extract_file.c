// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Files on the disk: made anew, never opened when they are there, never through a link.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/extract_write.h"

enum { COPY = 64 << 10, ATTEMPTS = 1000 };

enum cor_status cor_extract_failed(struct cor_extractor *extractor, const char *path)
{
    return cor_fail(extractor->options->tree.diag, COR_FATAL, COR_IO,
                    *path ? path : extractor->options->folder, "cannot write: %s", strerror(errno));
}

// Who extracts can always read and write what was written; nobody becomes somebody else by it.
static mode_t mode_of(const struct cor_token *token)
{
    return (mode_t)((token->mode & 0777) | 0600);
}

enum cor_status cor_extract_create(struct cor_extractor *extractor, struct cor_token *token)
{
    for (unsigned i = 0; i < ATTEMPTS; i++) {
        int at = cor_spots_open(&extractor->places, token->spot.folder);
        if (at < 0)
            return cor_extract_failed(extractor, token->spot.path);
        token->fd = openat(at, token->spot.name,
                           O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_of(token));
        if (token->fd >= 0)
            return COR_OK;
        if (errno != EEXIST)
            break;
        enum cor_status status = cor_spots_next(&extractor->places, &token->spot);
        if (status == COR_NOMEM)
            return status;
    }
    return cor_extract_failed(extractor, token->spot.path);
}

enum cor_status cor_extract_write(struct cor_extractor *extractor, struct cor_token *token,
                                  const unsigned char *data, size_t size)
{
    extractor->written += size;
    if (extractor->written > extractor->options->tree.limits.total_bytes) {
        errno = EDQUOT;
        return cor_fail(extractor->options->tree.diag, COR_FATAL, COR_LIMIT, token->spot.path,
                        "over a limit: more than %llu bytes written (--max-total)",
                        (unsigned long long)extractor->options->tree.limits.total_bytes);
    }
    while (size) {
        ssize_t done = write(token->fd, data, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return cor_extract_failed(extractor, token->spot.path);
        data += done;
        size -= (size_t)done;
    }
    return COR_OK;
}

// Some file systems tell only here that there was no room.
enum cor_status cor_extract_finish(struct cor_extractor *extractor, struct cor_token *token)
{
    int fd = token->fd;
    token->fd = -1;
    return fd < 0 || close(fd) == 0 ? COR_OK : cor_extract_failed(extractor, token->spot.path);
}

void cor_extract_remove(struct cor_extractor *extractor, struct cor_token *token)
{
    int at = cor_spots_open(&extractor->places, token->spot.folder);
    if (token->fd >= 0)
        close(token->fd);
    token->fd = -1;
    if (at >= 0)
        (void)unlinkat(at, token->spot.name, 0);
    token->result.path = NULL;
}

static enum cor_status copy_all(struct cor_extractor *extractor, struct cor_token *token, int from)
{
    unsigned char bytes[COPY];
    for (;;) {
        ssize_t got = read(from, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cor_extract_failed(extractor, token->spot.path);
        if (got == 0)
            return COR_OK;
        enum cor_status status = cor_extract_write(extractor, token, bytes, (size_t)got);
        if (status != COR_OK)
            return status;
    }
}

enum cor_status cor_extract_copy(struct cor_extractor *extractor, struct cor_token *token,
                                 struct cor_token *target)
{
    int at = cor_spots_open(&extractor->places, target->spot.folder);
    int from = at < 0 ? -1 : openat(at, target->spot.name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0)
        return cor_extract_failed(extractor, target->spot.path);
    token->mode = target->mode;
    enum cor_status status = cor_extract_create(extractor, token);
    if (status == COR_OK)
        status = copy_all(extractor, token, from);
    if (status == COR_OK)
        status = cor_extract_finish(extractor, token);
    close(from);
    target->linked = true;
    return status;
}
