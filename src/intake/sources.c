// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"

struct file {
    struct cor_stream stream;
    int fd;
    uint64_t position;
    uint64_t *consumed;
};

static enum cor_status file_at(struct cor_stream *stream, uint64_t offset, unsigned char *buffer,
                               size_t size, size_t *ret_got)
{
    struct file *file = (struct file *)stream;
    size_t done = 0;
    while (done < size && offset + done <= INT64_MAX) {
        ssize_t got = pread(file->fd, buffer + done, size - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cor_stream_fail(stream, COR_IO, "%s", strerror(errno));
        if (got == 0)
            break;
        done += (size_t)got;
    }
    if (file->consumed)
        *file->consumed += done;
    *ret_got = done;
    return COR_OK;
}

static enum cor_status file_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct file *file = (struct file *)stream;
    enum cor_status status = file_at(stream, file->position, buffer, size, ret_got);
    if (status == COR_OK)
        file->position += *ret_got;
    return status;
}

static void file_close(struct cor_stream *stream)
{
    close(((struct file *)stream)->fd);
    cor_free(stream);
}

struct cor_stream *cor_stream_file(int fd, uint64_t size, uint64_t *consumed)
{
    static const struct cor_stream_kind kind = {file_pull, file_at, file_close};
    struct file *file = cor_alloc_zero(1, sizeof *file);
    if (!file)
        return NULL;
    file->stream = (struct cor_stream){.kind = &kind, .size = size};
    file->fd = fd;
    file->consumed = consumed;
    return &file->stream;
}

struct memory {
    struct cor_stream stream;
    unsigned char *data;
    uint64_t position;
    bool owned;
};

static enum cor_status memory_at(struct cor_stream *stream, uint64_t offset, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct memory *memory = (struct memory *)stream;
    uint64_t left = offset < stream->size ? stream->size - offset : 0;
    if (size > left)
        size = (size_t)left;
    if (size)
        memcpy(buffer, memory->data + offset, size);
    *ret_got = size;
    return COR_OK;
}

static enum cor_status memory_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                   size_t *ret_got)
{
    struct memory *memory = (struct memory *)stream;
    (void)memory_at(stream, memory->position, buffer, size, ret_got);
    memory->position += *ret_got;
    return COR_OK;
}

static void memory_close(struct cor_stream *stream)
{
    struct memory *memory = (struct memory *)stream;
    if (memory->owned)
        cor_free(memory->data);
    cor_free(memory);
}

struct cor_stream *cor_stream_memory(unsigned char *data, size_t size, bool owned)
{
    static const struct cor_stream_kind kind = {memory_pull, memory_at, memory_close};
    struct memory *memory = cor_alloc_zero(1, sizeof *memory);
    if (!memory)
        return NULL;
    memory->stream = (struct cor_stream){.kind = &kind, .size = size};
    memory->data = data;
    memory->owned = owned;
    return &memory->stream;
}

static void plain_close(struct cor_stream *stream)
{
    cor_free(stream);
}

static enum cor_status rest_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct cor_stream *below = stream->below;
    *ret_got = cor_stream_read(below, buffer, size);
    if (*ret_got == 0 && below->failure != COR_OK)
        return cor_stream_fail(stream, below->failure, "%s", below->reason);
    return COR_OK;
}

struct cor_stream *cor_stream_rest(struct cor_stream *below)
{
    static const struct cor_stream_kind kind = {rest_pull, NULL, plain_close};
    struct cor_stream *rest = cor_alloc_zero(1, sizeof *rest);
    if (rest)
        *rest = (struct cor_stream){.kind = &kind,
                                    .below = below,
                                    .size = COR_SIZE_UNKNOWN,
                                    .plain = true,
                                    .plain_at = below->offset};
    return rest;
}

struct range {
    struct cor_stream stream;
    uint64_t first, position;
};

static enum cor_status range_at(struct cor_stream *stream, uint64_t offset, unsigned char *buffer,
                                size_t size, size_t *ret_got)
{
    struct range *range = (struct range *)stream;
    struct cor_stream *below = stream->below;
    uint64_t left = offset < stream->size ? stream->size - offset : 0;
    if (size > left)
        size = (size_t)left;
    enum cor_status status = below->kind->at(below, range->first + offset, buffer, size, ret_got);
    return status == COR_OK ? status : cor_stream_fail(stream, status, "%s", below->reason);
}

static enum cor_status range_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                  size_t *ret_got)
{
    struct range *range = (struct range *)stream;
    enum cor_status status = range_at(stream, range->position, buffer, size, ret_got);
    if (status != COR_OK)
        return status;
    if (*ret_got == 0 && range->position < stream->size)
        return cor_stream_fail(stream, COR_TRUNCATED, "cut short after %llu bytes",
                               (unsigned long long)range->position);
    range->position += *ret_got;
    return COR_OK;
}

struct cor_stream *cor_stream_range(struct cor_stream *below, uint64_t offset, uint64_t size)
{
    static const struct cor_stream_kind kind = {range_pull, range_at, plain_close};
    struct range *range = cor_alloc_zero(1, sizeof *range);
    if (!range)
        return NULL;
    range->stream = (struct cor_stream){
        .kind = &kind, .below = below, .size = size, .plain = true, .plain_at = offset};
    range->first = offset;
    return &range->stream;
}
