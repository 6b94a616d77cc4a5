// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// s390 kernel images (arch/s390/boot/head.S): a loader for card readers, the decompressor, and the
// payload, whose place no header tells: it is found by its structure.
#include <string.h>

#include "intake/formats/parts.h"
#include "intake/formats/payload.h"
#include "intake/formats/rows.h"

enum { MARK = 0x10008, MARK_SIZE = 6, CODE = 0x10010 };

static enum cor_status find(struct cor_parts *parts)
{
    char mark[MARK_SIZE];
    uint64_t size = parts->base.below->size, offset;
    enum cor_status status = cor_parts_read(parts, MARK, mark, sizeof mark);
    if (status != COR_OK)
        return status;
    if (memcmp(mark, "S390EP", sizeof mark) != 0)
        return cor_container_fail(&parts->base, COR_UNSUPPORTED, "no kernel follows the loader");
    if (!cor_payload_find(parts->base.below, CODE, size, &offset))
        return cor_container_fail(&parts->base, COR_UNSUPPORTED, "no payload was found in it");
    status = cor_parts_add(parts, 0, offset, "stub");
    return status == COR_OK ? cor_parts_add(parts, offset, size - offset, "payload") : status;
}

static struct cor_container *open_image(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

// The start PSW, then two channel commands that read the rest of the loader.
const struct cor_format cor_format_s390_image = {
    .name = "s390-image",
    .magic = {8, 16, "\x02\0\0\x18\x60\0\0\x50\x02\0\0\x68\x60\0\0\x50"},
    .open = open_image,
    .seeks = true};
