// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/stream.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "intake/hash.h"

enum { RATIO_COUNTS_FROM = 64 << 20, FLASH_RUN = 16 };

enum cor_status cor_stream_fail(struct cor_stream *stream, enum cor_status status,
                                const char *format, ...)
{
    va_list args;
    if (stream->failure != COR_OK)
        return stream->failure;
    va_start(args, format);
    vsnprintf(stream->reason, sizeof stream->reason, format, args);
    va_end(args);
    stream->failure = status;
    return status;
}

static bool within_budget(struct cor_stream *stream, size_t got)
{
    struct cor_meter *meter = stream->meter;
    if (!meter)
        return true;
    if (got > meter->left) {
        meter->left = 0;
        cor_stream_fail(stream, COR_LIMIT, "over a limit: too many bytes decoded from one input");
        return false;
    }
    meter->left -= got;
    struct cor_stream *below = stream->below;
    if (!below || stream->made < RATIO_COUNTS_FROM)
        return true;
    uint64_t base = below->size != COR_SIZE_UNKNOWN ? below->size : below->offset;
    if (stream->made / (base + 1) <= meter->ratio)
        return true;
    cor_stream_fail(stream, COR_LIMIT, "over a limit: one byte unpacks to more than %llu",
                    (unsigned long long)meter->ratio);
    return false;
}

// Only now is it known what the pull that failed still gave.
static void say_where(struct cor_stream *stream)
{
    size_t used = strlen(stream->reason);
    if (stream->say_where)
        snprintf(stream->reason + used, sizeof stream->reason - used, " after %llu bytes",
                 (unsigned long long)stream->made);
    stream->say_where = false;
}

static size_t pull(struct cor_stream *stream, unsigned char *buffer, size_t size)
{
    size_t got = 0;
    if (stream->ended || stream->failure != COR_OK)
        return 0;
    if (cor_interrupted()) {
        cor_stream_fail(stream, COR_INTERRUPTED, "interrupted");
        return 0;
    }
    struct cor_mark before = cor_watch_enter(stream->subject, stream->step);
    enum cor_status status = stream->kind->pull(stream, buffer, size, &got);
    cor_watch_leave(before);
    if (status != COR_OK)
        cor_stream_fail(stream, status, "%s", cor_status_text(status));
    stream->ended = status == COR_OK && got == 0;
    stream->made += got;
    say_where(stream);
    return within_budget(stream, got) ? got : 0;
}

static void fill(struct cor_stream *stream, size_t want)
{
    if (!stream->window && !(stream->window = cor_alloc(COR_WINDOW))) {
        cor_stream_fail(stream, COR_NOMEM, "out of memory");
        return;
    }
    if (want > COR_WINDOW - stream->begin) {
        memmove(stream->window, stream->window + stream->begin, stream->end - stream->begin);
        stream->end -= stream->begin;
        stream->begin = 0;
    }
    while (stream->end - stream->begin < want) {
        size_t got = pull(stream, stream->window + stream->end, COR_WINDOW - stream->end);
        if (!got)
            break;
        stream->end += got;
    }
}

size_t cor_stream_peek(struct cor_stream *stream, size_t want, const unsigned char **ret_data)
{
    if (want > COR_WINDOW)
        want = COR_WINDOW;
    if (stream->end - stream->begin < want)
        fill(stream, want);
    *ret_data = stream->window ? stream->window + stream->begin : (const unsigned char *)"";
    return stream->end - stream->begin;
}

static void pass(struct cor_stream *stream, const unsigned char *data, size_t size)
{
    if (stream->hash)
        cor_hash_add(stream->hash, data, size);
    if (stream->tee)
        stream->tee->take(stream->tee, data, size);
    stream->offset += size;
}

void cor_stream_consume(struct cor_stream *stream, size_t size)
{
    if (size > stream->end - stream->begin)
        size = stream->end - stream->begin;
    if (!size)
        return;
    pass(stream, stream->window + stream->begin, size);
    stream->begin += size;
    if (stream->begin == stream->end)
        stream->begin = stream->end = 0;
}

size_t cor_stream_read(struct cor_stream *stream, unsigned char *buffer, size_t size)
{
    size_t done = stream->end - stream->begin;
    if (done > size)
        done = size;
    if (done) {
        memcpy(buffer, stream->window + stream->begin, done);
        cor_stream_consume(stream, done);
    }
    while (done < size) {
        size_t got = pull(stream, buffer + done, size - done);
        if (!got)
            break;
        pass(stream, buffer + done, got);
        done += got;
    }
    return done;
}

uint64_t cor_stream_skip(struct cor_stream *stream, uint64_t size)
{
    uint64_t done = 0;
    while (done < size) {
        const unsigned char *data;
        size_t got = cor_stream_peek(stream, 1, &data);
        if (!got)
            break;
        if (got > size - done)
            got = (size_t)(size - done);
        cor_stream_consume(stream, got);
        done += got;
    }
    return done;
}

bool cor_stream_read_at(struct cor_stream *stream, uint64_t offset, void *buffer, size_t size)
{
    size_t got = 0;
    return stream->kind->at && stream->kind->at(stream, offset, buffer, size, &got) == COR_OK &&
           got == size;
}

uint64_t cor_stream_padding(struct cor_stream *stream, uint64_t from, uint64_t to)
{
    unsigned char bytes[4096];
    uint64_t run = from; // where the current run of one value began
    unsigned char value = 0;
    while (from < to && !cor_interrupted()) {
        size_t got = 0, size = to - from < sizeof bytes ? (size_t)(to - from) : sizeof bytes;
        if (stream->kind->at(stream, from, bytes, size, &got) != COR_OK || got == 0)
            return from;
        for (size_t i = 0; i < got; i++, from++) {
            if (bytes[i] == value)
                continue;
            bool other = bytes[i] == 0 || bytes[i] == 0xff;
            // A few bytes of all ones may begin what follows.
            if (!other)
                return value == 0xff && from - run < FLASH_RUN ? run : from;
            value = bytes[i];
            run = from;
        }
    }
    return from;
}

void cor_stream_close(struct cor_stream *stream)
{
    if (!stream)
        return;
    cor_free(stream->window);
    stream->window = NULL;
    stream->kind->close(stream);
}

void cor_stream_reset(struct cor_stream *stream, uint64_t size)
{
    stream->begin = stream->end = 0;
    stream->offset = 0;
    stream->size = size;
    stream->ended = stream->plain = false;
    stream->failure = COR_OK;
    stream->say_where = false;
    stream->reason[0] = '\0';
    stream->hash = NULL;
    stream->subject = NULL;
    stream->tee = NULL;
}
