// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "intake/stream.h"

static int temporary_file(void)
{
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder)
        folder = "/tmp";
    return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

static bool write_all(int fd, const unsigned char *data, size_t size)
{
    while (size) {
        ssize_t done = write(fd, data, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        data += done;
        size -= (size_t)done;
    }
    return true;
}

// Reads on while the buffer has room; true when the stream came to its end.
static enum cor_status hold(struct cor_stream *below, struct cor_buffer *buffer, uint64_t memory,
                            bool *ret_whole)
{
    for (;;) {
        const unsigned char *data;
        size_t got = cor_stream_peek(below, 1, &data);
        if (!got || buffer->size + got > memory) {
            *ret_whole = !got;
            return COR_OK;
        }
        enum cor_status status = cor_buffer_append(buffer, data, got);
        if (status != COR_OK)
            return COR_NOMEM;
        cor_stream_consume(below, got);
    }
}

static enum cor_status spill(struct cor_stream *below, const struct cor_buffer *held,
                             struct cor_stream **ret_stream)
{
    uint64_t size = held->size;
    int fd = temporary_file();
    if (fd < 0 || !write_all(fd, (const unsigned char *)held->data, held->size))
        goto failed;
    for (;;) {
        const unsigned char *data;
        size_t got = cor_stream_peek(below, 1, &data);
        if (!got)
            break;
        if (!write_all(fd, data, got))
            goto failed;
        cor_stream_consume(below, got);
        size += got;
    }
    *ret_stream = cor_stream_file(fd, size, NULL);
    if (*ret_stream)
        return COR_OK;
    close(fd);
    return COR_NOMEM;
failed:
    if (fd >= 0)
        close(fd);
    return COR_IO;
}

enum cor_status cor_stream_spool(struct cor_stream *below, uint64_t memory,
                                 struct cor_stream **ret_stream)
{
    struct cor_buffer buffer;
    bool whole = false;
    cor_buffer_init(&buffer, memory < SIZE_MAX / 4 ? (size_t)memory : SIZE_MAX / 4);
    enum cor_status status = hold(below, &buffer, memory, &whole);
    if (status == COR_OK && !whole)
        status = spill(below, &buffer, ret_stream);
    else if (status == COR_OK) {
        struct cor_stream *stream =
            cor_stream_memory((unsigned char *)buffer.data, buffer.size, true);
        if (stream) {
            *ret_stream = stream;
            return COR_OK;
        }
        status = COR_NOMEM;
    }
    cor_buffer_dispose(&buffer);
    return status;
}

struct replay {
    struct cor_stream stream;
    struct cor_buffer held;
    uint64_t position;
};

static enum cor_status replay_at(struct cor_stream *stream, uint64_t offset, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    const struct replay *replay = (const struct replay *)stream;
    uint64_t left = offset < replay->held.size ? replay->held.size - offset : 0;
    if (size > left)
        size = (size_t)left;
    if (size)
        memcpy(buffer, replay->held.data + offset, size);
    *ret_got = size;
    return COR_OK;
}

static enum cor_status replay_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                   size_t *ret_got)
{
    struct replay *replay = (struct replay *)stream;
    struct cor_stream *below = stream->below;
    (void)replay_at(stream, replay->position, buffer, size, ret_got);
    replay->position += *ret_got;
    if (*ret_got == 0)
        *ret_got = cor_stream_read(below, buffer, size);
    return *ret_got || below->failure == COR_OK
               ? COR_OK
               : cor_stream_fail(stream, below->failure, "%s", below->reason);
}

static void replay_close(struct cor_stream *stream)
{
    cor_buffer_dispose(&((struct replay *)stream)->held);
    cor_free(stream);
}

enum cor_status cor_stream_replay(struct cor_stream *below, uint64_t memory,
                                  struct cor_stream **ret_stream)
{
    static const struct cor_stream_kind whole_kind = {replay_pull, replay_at, replay_close};
    static const struct cor_stream_kind cut_kind = {replay_pull, NULL, replay_close};
    bool whole = false;
    struct replay *replay = cor_alloc_zero(1, sizeof *replay);
    if (!replay)
        return COR_NOMEM;
    cor_buffer_init(&replay->held, memory < SIZE_MAX / 4 ? (size_t)memory : SIZE_MAX / 4);
    if (hold(below, &replay->held, memory, &whole) != COR_OK) {
        replay_close(&replay->stream);
        return COR_NOMEM;
    }
    whole &= below->failure == COR_OK;
    replay->stream = (struct cor_stream){.kind = whole ? &whole_kind : &cut_kind,
                                         .below = below,
                                         .size = whole ? replay->held.size : below->size,
                                         .subject = below->subject,
                                         .step = below->step,
                                         .plain = below->plain,
                                         .plain_at = below->plain_at};
    *ret_stream = &replay->stream;
    return COR_OK;
}
