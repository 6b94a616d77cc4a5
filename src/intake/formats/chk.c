// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Netgear's CHK (OpenWrt's mkchkimg.c): a header with sums, a kernel, and perhaps a file system.
#include <string.h>

#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { CHK_HEADER = 40, CHK_SUMS = 16, CHK_SIZES = 24, CHK_HEADER_SUM = 36, MOST_CHK_HEADER = 256 };

// Netgear's sum: two sums of bytes, the second of the first, folded to 16 bits each.
struct chk_sum {
    uint32_t low, high;
};

static void chk_add(struct chk_sum *sum, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        sum->low += bytes[i];
        sum->high += sum->low;
    }
}

static uint32_t chk_end(const struct chk_sum *sum)
{
    uint32_t low = (sum->low & 0xffff) + (sum->low >> 16);
    uint32_t high = (sum->high & 0xffff) + (sum->high >> 16);
    low = (low >> 16) + low;
    high = (high >> 16) + high;
    return (high & 0xffff) << 16 | (low & 0xffff);
}

static enum cor_status check_part(struct cor_parts *parts, uint64_t at, uint64_t size,
                                  uint32_t wanted)
{
    unsigned char bytes[8192];
    struct chk_sum sum = {0};
    for (uint64_t end = at + size; at < end;) {
        size_t step = end - at < sizeof bytes ? (size_t)(end - at) : sizeof bytes;
        enum cor_status status = cor_parts_read(parts, at, bytes, step);
        if (status != COR_OK)
            return status;
        chk_add(&sum, bytes, step);
        at += step;
    }
    return chk_end(&sum) == wanted
               ? COR_OK
               : cor_parts_corrupt(parts, "a part does not have the stored sum");
}

// A kernel, and perhaps a root file system behind it; the name of the board ends the header.
static enum cor_status find_chk(struct cor_parts *parts)
{
    static const char *const names[] = {"kernel", "rootfs"};
    unsigned char head[MOST_CHK_HEADER];
    struct chk_sum sum = {0};
    enum cor_status status = cor_parts_read(parts, 0, head, CHK_HEADER);
    if (status != COR_OK)
        return status;
    uint64_t length = cor_be32(head + 4), at = length;
    status = cor_parts_read(parts, 0, head, (size_t)length);
    if (status != COR_OK)
        return status;
    uint32_t wanted = cor_be32(head + CHK_HEADER_SUM);
    const uint32_t sums[] = {cor_be32(head + CHK_SUMS), cor_be32(head + CHK_SUMS + 4)};
    const uint32_t sizes[] = {cor_be32(head + CHK_SIZES), cor_be32(head + CHK_SIZES + 4)};
    memset(head + CHK_HEADER_SUM, 0, 4);
    chk_add(&sum, head, (size_t)length);
    status = cor_parts_overhead(parts, 0, length);
    for (size_t i = 0; status == COR_OK && i < 2; at += sizes[i++])
        if (sizes[i])
            status = cor_parts_add(parts, at, sizes[i], "%s", names[i]);
    parts->base.end = at;
    if (status == COR_OK && chk_end(&sum) != wanted)
        status = cor_parts_corrupt(parts, "the header does not have the stored sum");
    at = length;
    for (size_t i = 0; status == COR_OK && i < 2; at += sizes[i++])
        if (sizes[i])
            status = check_part(parts, at, sizes[i], sums[i]);
    return status;
}

static struct cor_container *open_chk(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find_chk, below);
}

static unsigned bid_chk(const unsigned char *head, size_t size)
{
    uint32_t length = size >= 40 ? cor_be32(head + 4) : 0;
    return length >= 40 && length < 256 ? 40 : 0;
}

const struct cor_format cor_format_chk = {.name = "chk",
                                          .magic = {0, 4, "\x2a\x23\x24\x5e"},
                                          .bid = bid_chk,
                                          .open = open_chk,
                                          .seeks = true};
