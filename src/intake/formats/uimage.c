// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// U-Boot's legacy image (include/image.h of U-Boot): a header with two sums, and one part or, in
// a "multi" image, several.
#include <string.h>
#include <zlib.h>

#include "base/checked.h"
#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { HEADER = 64, SIZE = 12, DATA_SUM = 24, TYPE = 30, NAME = 32 };
enum { TYPE_MULTI = 4, TYPE_SCRIPT = 6, MOST_IMAGES = 256 };

static bool sum_holds(const unsigned char *head)
{
    unsigned char copy[HEADER];
    memcpy(copy, head, HEADER);
    memset(copy + 4, 0, 4);
    return crc32(0, copy, HEADER) == cor_be32(head + 4);
}

// A list of sizes that ends with 0, and then the images, each padded to 4 bytes.
static enum cor_status add_images(struct cor_parts *parts, uint64_t end, bool script)
{
    unsigned char raw[4];
    uint64_t sizes[MOST_IMAGES], at = HEADER;
    size_t count = 0;
    for (;; at += 4) {
        enum cor_status status = cor_parts_read(parts, at, raw, sizeof raw);
        if (status != COR_OK)
            return status;
        if (cor_be32(raw) == 0)
            break;
        if (count == MOST_IMAGES)
            return cor_parts_corrupt(parts, "too many images");
        sizes[count++] = cor_be32(raw);
    }
    enum cor_status status = cor_parts_overhead(parts, 0, at += 4);
    for (size_t i = 0; status == COR_OK && i < count; i++) {
        if (!cor_range_fits(at, sizes[i], end))
            return cor_parts_corrupt(parts, "an image lies outside, cut short");
        status = cor_parts_add(parts, at, sizes[i], script ? "script" : "image-%zu", i);
        at += (sizes[i] + 3) & ~UINT64_C(3);
    }
    return status;
}

static enum cor_status check_data(struct cor_parts *parts, uint64_t size, uint32_t wanted)
{
    unsigned char bytes[8192];
    uLong sum = 0;
    for (uint64_t at = 0; at < size;) {
        size_t step = size - at < sizeof bytes ? (size_t)(size - at) : sizeof bytes;
        enum cor_status status = cor_parts_read(parts, HEADER + at, bytes, step);
        if (status != COR_OK)
            return status;
        sum = crc32(sum, bytes, (uInt)step);
        at += step;
    }
    return sum == wanted ? COR_OK
                         : cor_parts_corrupt(parts, "its bytes do not have the stored sum");
}

static enum cor_status find(struct cor_parts *parts)
{
    unsigned char head[HEADER];
    enum cor_status status = cor_parts_read(parts, 0, head, sizeof head);
    if (status != COR_OK)
        return status;
    uint64_t size = cor_be32(head + SIZE);
    parts->base.end = HEADER + size;
    bool script = head[TYPE] == TYPE_SCRIPT;
    if (script || head[TYPE] == TYPE_MULTI)
        status = add_images(parts, parts->base.end, script);
    else {
        status = cor_parts_overhead(parts, 0, HEADER);
        if (status == COR_OK)
            status = cor_parts_add(parts, HEADER, size, "payload");
    }
    return status == COR_OK ? check_data(parts, size, cor_be32(head + DATA_SUM)) : status;
}

static struct cor_container *open_uimage(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

static unsigned bid(const unsigned char *head, size_t size)
{
    return size >= HEADER && sum_holds(head) ? 64 : 0;
}

const struct cor_format cor_format_uimage = {.name = "uimage",
                                             .magic = {0, 4, "\x27\x05\x19\x56"},
                                             .bid = bid,
                                             .open = open_uimage,
                                             .seeks = true};
