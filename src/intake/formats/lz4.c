// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <lz4frame.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/formats/filter.h"
#include "intake/formats/rows.h"

struct lz4 {
    struct cor_stream stream;
    LZ4F_dctx *context;
    bool finished;
};

static bool another_frame(struct cor_stream *below)
{
    const unsigned char *data;
    if (cor_stream_peek(below, 4, &data) < 4)
        return false;
    uint32_t magic = cor_le32(data);
    return magic == LZ4F_MAGICNUMBER || (magic & ~15U) == LZ4F_MAGIC_SKIPPABLE_START;
}

static enum cor_status step(struct lz4 *lz4, unsigned char *buffer, size_t room, size_t *ret_made)
{
    struct cor_stream *below = lz4->stream.below;
    const unsigned char *data;
    size_t taken = cor_stream_peek(below, 1, &data), had = taken, made = room;
    size_t left = LZ4F_decompress(lz4->context, buffer, &made, data, &taken, NULL);
    if (LZ4F_isError(left))
        return cor_filter_corrupt(&lz4->stream, "lz4");
    cor_stream_consume(below, taken);
    *ret_made = made;
    if (left == 0)
        lz4->finished = !another_frame(below);
    else if (!had && !made)
        return cor_filter_short(&lz4->stream, "lz4");
    return COR_OK;
}

static enum cor_status lz4_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                size_t *ret_got)
{
    struct lz4 *lz4 = (struct lz4 *)stream;
    enum cor_status status = COR_OK;
    size_t done = 0;
    while (status == COR_OK && !lz4->finished && done < size) {
        size_t made = 0;
        status = step(lz4, buffer + done, size - done, &made);
        done += made;
    }
    *ret_got = done;
    return status;
}

static void lz4_close(struct cor_stream *stream)
{
    struct lz4 *lz4 = (struct lz4 *)stream;
    LZ4F_freeDecompressionContext(lz4->context);
    cor_free(lz4);
}

static struct cor_stream *decode(struct cor_stream *below)
{
    static const struct cor_stream_kind kind = {lz4_pull, NULL, lz4_close};
    struct lz4 *lz4 = cor_alloc_zero(1, sizeof *lz4);
    if (!lz4)
        return NULL;
    lz4->stream = (struct cor_stream){.kind = &kind, .below = below, .size = COR_SIZE_UNKNOWN};
    if (LZ4F_isError(LZ4F_createDecompressionContext(&lz4->context, LZ4F_VERSION))) {
        cor_free(lz4);
        return NULL;
    }
    return &lz4->stream;
}

const struct cor_format cor_format_lz4 = {
    .name = "lz4", .magic = {0, 4, "\x04\x22\x4d\x18"}, .decode = decode, .trails = true};
