// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// 32-bit ARM kernel images (arch/arm/boot/compressed/head.S): the header says how long the image
// is, and not where its payload stands: that is found by its structure.
#include "intake/formats/parts.h"
#include "intake/formats/payload.h"
#include "intake/formats/rows.h"

enum { MAGIC = 0x24, START = 0x28, END = 0x2c, HEADER = 0x34 };

static bool extent(const unsigned char *head, uint64_t *ret_size)
{
    bool little = cor_le32(head + MAGIC) == 0x016f2818;
    uint64_t start = little ? cor_le32(head + START) : cor_be32(head + START);
    uint64_t end = little ? cor_le32(head + END) : cor_be32(head + END);
    *ret_size = end - start;
    return (little || cor_be32(head + MAGIC) == 0x016f2818) && start < end && end - start > HEADER;
}

static enum cor_status find(struct cor_parts *parts)
{
    unsigned char head[HEADER];
    uint64_t size, offset;
    enum cor_status status = cor_parts_read(parts, 0, head, sizeof head);
    if (status != COR_OK)
        return status;
    if (!extent(head, &size) || size > parts->base.below->size)
        return cor_container_fail(&parts->base, COR_TRUNCATED, "the kernel image is cut short");
    parts->base.end = size;
    if (!cor_payload_find(parts->base.below, HEADER, size, &offset))
        return cor_container_fail(&parts->base, COR_UNSUPPORTED, "no payload was found in it");
    status = cor_parts_add(parts, 0, offset, "stub");
    return status == COR_OK ? cor_parts_add(parts, offset, size - offset, "payload") : status;
}

static struct cor_container *open_zimage(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

static unsigned bid(const unsigned char *head, size_t size)
{
    uint64_t length;
    return size >= HEADER && extent(head, &length) ? 48 : 0;
}

const struct cor_format cor_format_arm_zimage = {
    .name = "arm-zimage", .bid = bid, .open = open_zimage, .seeks = true};
