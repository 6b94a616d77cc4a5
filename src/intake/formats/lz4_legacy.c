// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The old lz4 format that kernel images still use: blocks of up to 8 MiB, each with its packed
// size in front, and no end mark.
#include <lz4.h>

#include "intake/formats/blocks.h"
#include "intake/formats/rows.h"

enum { BLOCK = 8 << 20, LEGACY_MAGIC = 0x184c2102 };

// The last block is the one that is followed by the end, or by what cannot be a size: in kernel
// images four bytes with the unpacked size stand there.
static bool block_follows(struct cor_stream *below, uint32_t *ret_size)
{
    const unsigned char *data;
    for (;;) {
        if (cor_stream_peek(below, 4, &data) < 4)
            return false;
        *ret_size = cor_le32(data);
        if (*ret_size != LEGACY_MAGIC)
            break;
        cor_stream_consume(below, 4);
    }
    if (*ret_size == 0 || *ret_size > LZ4_COMPRESSBOUND(BLOCK))
        return false;
    return cor_stream_peek(below, 5, &data) > 4;
}

static enum cor_status block(struct cor_blocks *blocks)
{
    uint32_t packed;
    if (!block_follows(blocks->stream.below, &packed))
        return blocks->stream.below->failure == COR_OK
                   ? COR_END
                   : cor_filter_short(&blocks->stream, "lz4-legacy");
    cor_stream_consume(blocks->stream.below, 4);
    enum cor_status status = cor_blocks_room(blocks, packed, BLOCK);
    if (status == COR_OK)
        status = cor_filter_take(&blocks->stream, "lz4-legacy", blocks->in, packed);
    if (status != COR_OK)
        return status;
    int made =
        LZ4_decompress_safe((const char *)blocks->in, (char *)blocks->out, (int)packed, BLOCK);
    if (made <= 0)
        return cor_filter_corrupt(&blocks->stream, "lz4-legacy");
    blocks->size = (size_t)made;
    return COR_OK;
}

static struct cor_stream *decode(struct cor_stream *below)
{
    static const struct cor_blocks_kind kind = {.name = "lz4-legacy", .block = block};
    return cor_blocks_decode(&kind, below);
}

const struct cor_format cor_format_lz4_legacy = {
    .name = "lz4-legacy", .magic = {0, 4, "\x02\x21\x4c\x18"}, .decode = decode, .trails = true};
