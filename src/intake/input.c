// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/interrupt.h"
#include "intake/folder.h"
#include "intake/hash.h"

enum { CHUNK = 1 << 18, DEEPEST_FOLDER = 256 };

static enum cor_status io_failure(struct cor_diag *diag, const char *path)
{
    int reason = errno;
    enum cor_status status = reason == ENOENT || reason == ENOTDIR ? COR_NOT_FOUND : COR_IO;
    return cor_fail(diag, COR_FATAL, status, path, "%s", strerror(reason));
}

static enum cor_status no_memory(struct cor_diag *diag, const char *path)
{
    return cor_fail(diag, COR_FATAL, COR_NOMEM, path, "out of memory");
}

static const char *last_part(struct cor_arena *arena, const char *path)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t begin = end;
    while (begin > 0 && path[begin - 1] != '/')
        begin--;
    if (begin == end)
        begin = 0;
    return cor_arena_text(arena, cor_slice(path + begin, end - begin));
}

// Adds up what can be seen; what cannot is the walk's to report.
static enum cor_status sum_folder(int at, const char *name, bool follow, unsigned depth,
                                  uint64_t *sum)
{
    struct cor_folder folder;
    if (cor_interrupted())
        return COR_INTERRUPTED;
    enum cor_status status = cor_folder_open(&folder, at, name, follow);
    if (status != COR_OK)
        return status == COR_NOMEM || depth == 0 ? status : COR_OK;
    for (size_t i = 0; status == COR_OK && i < folder.names.count; i++) {
        struct stat st;
        if (fstatat(folder.fd, folder.names.items[i], &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISREG(st.st_mode) && !cor_add_u64(*sum, (uint64_t)st.st_size, sum))
            *sum = UINT64_MAX;
        else if (S_ISDIR(st.st_mode) && depth < DEEPEST_FOLDER)
            status = sum_folder(folder.fd, folder.names.items[i], false, depth + 1, sum);
    }
    cor_folder_close(&folder);
    return status;
}

static enum cor_status hash_chunks(int fd, unsigned char *chunk, struct cor_hash *sha1,
                                   struct cor_hash *sha256, uint64_t *ret_size)
{
    uint64_t size = 0;
    for (;;) {
        if (cor_interrupted())
            return COR_INTERRUPTED;
        ssize_t got = read(fd, chunk, CHUNK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return COR_IO;
        if (got == 0)
            break;
        cor_hash_add(sha1, chunk, (size_t)got);
        cor_hash_add(sha256, chunk, (size_t)got);
        size += (uint64_t)got;
    }
    *ret_size = size;
    return COR_OK;
}

static enum cor_status hash_file(int fd, struct cor_input *input)
{
    unsigned char digest[32];
    unsigned char *chunk = cor_alloc(CHUNK);
    struct cor_hash *sha1 = cor_hash_new(COR_SHA1), *sha256 = cor_hash_new(COR_SHA256);
    enum cor_status status = COR_NOMEM;
    if (!chunk || !sha1 || !sha256)
        goto out;
    status = hash_chunks(fd, chunk, sha1, sha256, &input->size);
    if (status != COR_OK)
        goto out;
    cor_hash_end(sha1, digest);
    cor_hex(digest, 20, input->sha1);
    cor_hash_end(sha256, digest);
    cor_hex(digest, 32, input->sha256);
out:
    cor_hash_free(sha1);
    cor_hash_free(sha256);
    cor_free(chunk);
    return status;
}

static enum cor_status measure(const char *path, const struct stat *st, struct cor_input *input)
{
    if (S_ISDIR(st->st_mode)) {
        input->folder = true;
        return sum_folder(AT_FDCWD, path, true, 0, &input->size);
    }
    if (!S_ISREG(st->st_mode))
        return COR_UNSUPPORTED;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return COR_IO;
    enum cor_status status = hash_file(fd, input);
    int reason = errno;
    close(fd);
    errno = reason;
    return status;
}

enum cor_status cor_input_open(const char *path, struct cor_arena *arena,
                               struct cor_input *ret_input, struct cor_diag *diag)
{
    struct stat st;
    struct cor_input input = {.role = ret_input->role, .number = ret_input->number};
    if (stat(path, &st) != 0)
        return io_failure(diag, path);
    input.path = cor_arena_text(arena, cor_slice_text(path));
    input.name = last_part(arena, path);
    if (!input.path || !input.name)
        return no_memory(diag, path);
    enum cor_status status = measure(path, &st, &input);
    if (status == COR_IO)
        return io_failure(diag, path);
    if (status == COR_NOMEM)
        return no_memory(diag, path);
    if (status == COR_UNSUPPORTED)
        return cor_fail(diag, COR_FATAL, status, path, "neither a file nor a folder");
    if (status != COR_OK)
        return cor_fail(diag, COR_FATAL, status, path, "%s", cor_status_text(status));
    *ret_input = input;
    return COR_OK;
}
