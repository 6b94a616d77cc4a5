// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The container of the lzop program, which the kernel's lzo payloads use too.
#include <lzo/lzo1x.h>
#include <string.h>
#include <zlib.h>

#include "intake/formats/blocks.h"
#include "intake/formats/rows.h"

enum {
    LARGEST_BLOCK = 64 << 20,
    ADLER_PLAIN = 1,
    ADLER_PACKED = 2,
    EXTRA_FIELD = 0x40,
    CRC_PLAIN = 0x100,
    CRC_PACKED = 0x200,
    FILTER_FIELD = 0x800,
    HAS_LEVEL_SINCE = 0x0940
};

static enum cor_status skip(struct cor_blocks *blocks, uint64_t size)
{
    if (cor_stream_skip(blocks->stream.below, size) == size)
        return COR_OK;
    return cor_filter_short(&blocks->stream, "lzop");
}

static enum cor_status number(struct cor_blocks *blocks, unsigned size, uint32_t *ret_number)
{
    unsigned char bytes[4] = {0};
    enum cor_status status =
        cor_filter_take(&blocks->stream, "lzop", bytes + (sizeof bytes - size), size);
    if (status == COR_OK)
        *ret_number = cor_be32(bytes);
    return status;
}

static enum cor_status begin(struct cor_blocks *blocks)
{
    uint32_t version, method, flags, name, extra = 0;
    enum cor_status status = skip(blocks, 9);
    if (status != COR_OK || (status = number(blocks, 2, &version)) != COR_OK)
        return status;
    bool modern = version >= HAS_LEVEL_SINCE;
    if ((status = skip(blocks, modern ? 4 : 2)) != COR_OK ||
        (status = number(blocks, 1, &method)) != COR_OK ||
        (status = skip(blocks, modern ? 1 : 0)) != COR_OK ||
        (status = number(blocks, 4, &flags)) != COR_OK)
        return status;
    if (method < 1 || method > 3)
        return cor_stream_fail(&blocks->stream, COR_UNSUPPORTED, "lzop data with method %u",
                               (unsigned)method);
    uint64_t fields = 8U + (modern ? 4U : 0U) + (flags & FILTER_FIELD ? 4U : 0U);
    if ((status = skip(blocks, fields)) != COR_OK ||
        (status = number(blocks, 1, &name)) != COR_OK ||
        (status = skip(blocks, name + 4)) != COR_OK)
        return status;
    if (flags & EXTRA_FIELD) {
        if ((status = number(blocks, 4, &extra)) != COR_OK ||
            (status = skip(blocks, (uint64_t)extra + 4)) != COR_OK)
            return status;
    }
    blocks->flags = flags;
    return lzo_init() == LZO_E_OK ? COR_OK : cor_filter_corrupt(&blocks->stream, "lzop");
}

static bool sums_agree(const struct cor_blocks *blocks, size_t size, const uint32_t *sums)
{
    if (blocks->flags & ADLER_PLAIN && (uint32_t)adler32(1, blocks->out, (uInt)size) != *sums++)
        return false;
    return !(blocks->flags & CRC_PLAIN) || (uint32_t)crc32(0, blocks->out, (uInt)size) == *sums;
}

static enum cor_status unpack(struct cor_blocks *blocks, uint32_t packed, uint32_t plain)
{
    enum cor_status status = cor_blocks_room(blocks, packed, plain);
    if (status == COR_OK)
        status = cor_filter_take(&blocks->stream, "lzop", packed < plain ? blocks->in : blocks->out,
                                 packed);
    if (status != COR_OK || packed == plain)
        return status;
    lzo_uint made = plain;
    if (lzo1x_decompress_safe(blocks->in, packed, blocks->out, &made, NULL) != LZO_E_OK ||
        made != plain)
        return cor_filter_corrupt(&blocks->stream, "lzop");
    return COR_OK;
}

static enum cor_status block(struct cor_blocks *blocks)
{
    uint32_t plain, packed, sums[2] = {0};
    unsigned count = 0;
    enum cor_status status = number(blocks, 4, &plain);
    if (status != COR_OK)
        return status;
    if (plain == 0)
        return COR_END;
    if ((status = number(blocks, 4, &packed)) != COR_OK)
        return status;
    if (plain > LARGEST_BLOCK || packed > plain)
        return cor_filter_corrupt(&blocks->stream, "lzop");
    for (unsigned flag = 1; status == COR_OK && flag <= CRC_PLAIN; flag <<= 8)
        if (blocks->flags & flag)
            status = number(blocks, 4, &sums[count++]);
    for (unsigned flag = ADLER_PACKED; status == COR_OK && flag <= CRC_PACKED; flag <<= 8)
        if (blocks->flags & flag && packed < plain)
            status = skip(blocks, 4);
    if (status == COR_OK)
        status = unpack(blocks, packed, plain);
    if (status == COR_OK && !sums_agree(blocks, plain, sums))
        status = cor_filter_corrupt(&blocks->stream, "lzop");
    if (status == COR_OK)
        blocks->size = plain;
    return status;
}

static struct cor_stream *decode(struct cor_stream *below)
{
    static const struct cor_blocks_kind kind = {.name = "lzop", .begin = begin, .block = block};
    return cor_blocks_decode(&kind, below);
}

const struct cor_format cor_format_lzop = {
    .name = "lzop", .magic = {0, 9, "\x89LZO\0\r\n\x1a\n"}, .decode = decode, .trails = true};
