// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/rows.h"

#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/slice.h"
#include "intake/formats/filter.h"

struct gzip {
    struct cor_stream stream;
    z_stream z;
    bool finished;
};

static bool another_member(struct cor_stream *below)
{
    const unsigned char *data;
    return cor_stream_peek(below, 3, &data) >= 3 && memcmp(data, "\x1f\x8b\x08", 3) == 0;
}

static enum cor_status step(struct gzip *gzip)
{
    struct cor_stream *below = gzip->stream.below;
    const unsigned char *data;
    size_t size = cor_stream_peek(below, 1, &data);
    if (!size)
        return cor_filter_short(&gzip->stream, "gzip");
    gzip->z.next_in = (unsigned char *)(uintptr_t)data;
    gzip->z.avail_in = (uInt)size;
    int result = inflate(&gzip->z, Z_NO_FLUSH);
    cor_stream_consume(below, size - gzip->z.avail_in);
    if (result == Z_STREAM_END) {
        gzip->finished = !another_member(below);
        if (!gzip->finished && inflateReset(&gzip->z) != Z_OK)
            return cor_filter_corrupt(&gzip->stream, "gzip");
        return COR_OK;
    }
    if (result == Z_MEM_ERROR)
        return cor_filter_no_memory(&gzip->stream);
    if (result != Z_OK && result != Z_BUF_ERROR)
        return cor_filter_corrupt(&gzip->stream, "gzip");
    return COR_OK;
}

static enum cor_status gzip_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct gzip *gzip = (struct gzip *)stream;
    enum cor_status status = COR_OK;
    if (size > 1 << 30)
        size = 1 << 30;
    gzip->z.next_out = buffer;
    gzip->z.avail_out = (uInt)size;
    while (status == COR_OK && !gzip->finished && gzip->z.avail_out)
        status = step(gzip);
    *ret_got = size - gzip->z.avail_out;
    return status;
}

static void gzip_close(struct cor_stream *stream)
{
    struct gzip *gzip = (struct gzip *)stream;
    inflateEnd(&gzip->z);
    cor_free(gzip);
}

static struct cor_stream *decode(struct cor_stream *below)
{
    static const struct cor_stream_kind kind = {gzip_pull, NULL, gzip_close};
    struct gzip *gzip = cor_alloc_zero(1, sizeof *gzip);
    if (!gzip)
        return NULL;
    gzip->stream = (struct cor_stream){.kind = &kind, .below = below, .size = COR_SIZE_UNKNOWN};
    if (inflateInit2(&gzip->z, 15 + 16) != Z_OK) {
        cor_free(gzip);
        return NULL;
    }
    return &gzip->stream;
}

static unsigned bid(const unsigned char *head, size_t size)
{
    return size > 3 && (head[3] & 0xe0) == 0 ? 27 : 0;
}

// RFC 1952: ten bytes, an extra field, then the original name.
static struct cor_slice given_name(const unsigned char *head, size_t size)
{
    enum { FLAGS = 3, EXTRA = 4, NAME = 8, HEADER = 10 };
    size_t at = HEADER;
    if (size < HEADER + 2 || !(head[FLAGS] & NAME))
        return cor_slice("", 0);
    if (head[FLAGS] & EXTRA)
        at += 2 + (size_t)(head[at] | head[at + 1] << 8);
    const unsigned char *end = at < size ? memchr(head + at, 0, size - at) : NULL;
    return end ? cor_slice((const char *)head + at, (size_t)(end - head) - at) : cor_slice("", 0);
}

const struct cor_format cor_format_gzip = {.name = "gzip",
                                           .magic = {0, 3, "\x1f\x8b\x08"},
                                           .bid = bid,
                                           .decode = decode,
                                           .given_name = given_name,
                                           .trails = true};
