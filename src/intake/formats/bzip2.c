// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <bzlib.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/formats/filter.h"
#include "intake/formats/rows.h"

struct bzip2 {
    struct cor_stream stream;
    bz_stream bz;
    bool open, finished;
};

static enum cor_status next_part(struct bzip2 *bzip2)
{
    const unsigned char *data;
    BZ2_bzDecompressEnd(&bzip2->bz);
    bzip2->open = false;
    size_t got = cor_stream_peek(bzip2->stream.below, 10, &data);
    bzip2->finished = got < 10 || !cor_format_bzip2.bid(data, got);
    if (bzip2->finished)
        return COR_OK;
    if (BZ2_bzDecompressInit(&bzip2->bz, 0, 0) != BZ_OK)
        return cor_filter_no_memory(&bzip2->stream);
    bzip2->open = true;
    return COR_OK;
}

static enum cor_status step(struct bzip2 *bzip2)
{
    struct cor_stream *below = bzip2->stream.below;
    const unsigned char *data;
    size_t size = cor_stream_peek(below, 1, &data);
    if (!size)
        return cor_filter_short(&bzip2->stream, "bzip2");
    bzip2->bz.next_in = (char *)(uintptr_t)data;
    bzip2->bz.avail_in = (unsigned)size;
    int result = BZ2_bzDecompress(&bzip2->bz);
    cor_stream_consume(below, size - bzip2->bz.avail_in);
    if (result == BZ_STREAM_END)
        return next_part(bzip2);
    if (result == BZ_MEM_ERROR)
        return cor_filter_no_memory(&bzip2->stream);
    return result == BZ_OK ? COR_OK : cor_filter_corrupt(&bzip2->stream, "bzip2");
}

static enum cor_status bzip2_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                  size_t *ret_got)
{
    struct bzip2 *bzip2 = (struct bzip2 *)stream;
    enum cor_status status = COR_OK;
    if (size > 1 << 30)
        size = 1 << 30;
    bzip2->bz.next_out = (char *)buffer;
    bzip2->bz.avail_out = (unsigned)size;
    while (status == COR_OK && !bzip2->finished && bzip2->bz.avail_out)
        status = step(bzip2);
    *ret_got = size - bzip2->bz.avail_out;
    return status;
}

static void bzip2_close(struct cor_stream *stream)
{
    struct bzip2 *bzip2 = (struct bzip2 *)stream;
    if (bzip2->open)
        BZ2_bzDecompressEnd(&bzip2->bz);
    cor_free(bzip2);
}

static struct cor_stream *decode(struct cor_stream *below)
{
    static const struct cor_stream_kind kind = {bzip2_pull, NULL, bzip2_close};
    struct bzip2 *bzip2 = cor_alloc_zero(1, sizeof *bzip2);
    if (!bzip2)
        return NULL;
    bzip2->stream = (struct cor_stream){.kind = &kind, .below = below, .size = COR_SIZE_UNKNOWN};
    if (BZ2_bzDecompressInit(&bzip2->bz, 0, 0) != BZ_OK) {
        cor_free(bzip2);
        return NULL;
    }
    bzip2->open = true;
    return &bzip2->stream;
}

// A stream begins with the first block's number (pi) or, when empty, the end's (its square root).
static unsigned bid(const unsigned char *head, size_t size)
{
    if (size < 10 || memcmp(head, "BZh", 3) != 0 || head[3] < '1' || head[3] > '9')
        return 0;
    bool block = memcmp(head + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0;
    bool end = memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0;
    return block || end ? 76 : 0;
}

const struct cor_format cor_format_bzip2 = {
    .name = "bzip2", .bid = bid, .decode = decode, .trails = true};
