// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Broadcom's TRX (OpenWrt's trx.c).
#include <zlib.h>

#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { LENGTH = 4, SUM = 8, SUMMED_FROM = 12, VERSION = 14, OFFSETS = 16, HEADER = 32 };

static enum cor_status check(struct cor_parts *parts, uint64_t length, uint32_t wanted)
{
    unsigned char bytes[8192];
    uLong sum = 0;
    for (uint64_t at = SUMMED_FROM; at < length;) {
        size_t step = length - at < sizeof bytes ? (size_t)(length - at) : sizeof bytes;
        enum cor_status status = cor_parts_read(parts, at, bytes, step);
        if (status != COR_OK)
            return status;
        sum = crc32(sum, bytes, (uInt)step);
        at += step;
    }
    // TRX leaves out the last step of CRC-32.
    return ((uint32_t)sum ^ UINT32_MAX) == wanted
               ? COR_OK
               : cor_parts_corrupt(parts, "its bytes do not have the stored sum");
}

static enum cor_status find(struct cor_parts *parts)
{
    unsigned char head[HEADER];
    enum cor_status status = cor_parts_read(parts, 0, head, sizeof head);
    if (status != COR_OK)
        return status;
    uint64_t length = cor_le32(head + LENGTH), at = 0;
    size_t most = cor_le16(head + VERSION) == 2 ? 4 : 3, number = 0;
    parts->base.end = length;
    status = cor_parts_overhead(parts, 0, OFFSETS + 4 * most);
    for (size_t i = 0; status == COR_OK && i < most; i++) {
        at = cor_le32(head + OFFSETS + 4 * i);
        if (at == 0)
            continue;
        uint64_t end = length;
        for (size_t j = 0; j < most; j++) {
            uint64_t other = cor_le32(head + OFFSETS + 4 * j);
            if (other > at && other < end)
                end = other;
        }
        if (at >= length)
            return cor_parts_corrupt(parts, "a part lies outside");
        status = cor_parts_add(parts, at, end - at, "part-%zu", number++);
    }
    return status == COR_OK ? check(parts, length, cor_le32(head + SUM)) : status;
}

static struct cor_container *open_trx(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

static unsigned bid_trx(const unsigned char *head, size_t size)
{
    if (size < HEADER)
        return 0;
    uint32_t version = cor_le16(head + VERSION), first = cor_le32(head + OFFSETS);
    return (version == 1 || version == 2) && first >= 28 && first < cor_le32(head + LENGTH) ? 56
                                                                                            : 0;
}

const struct cor_format cor_format_trx = {
    .name = "trx", .magic = {0, 4, "HDR0"}, .bid = bid_trx, .open = open_trx, .seeks = true};
