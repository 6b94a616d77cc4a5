// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Data that nothing recognised, with images somewhere in them, as devices keep them in flash. Only
// images whose headers prove themselves count: a sum, or lengths that fit.
#include "intake/formats/firmware.h"

#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/interrupt.h"
#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { CHUNK = 64 << 10, HEADER = 96, SHORTEST = 4096 };

static uint64_t squashfs_size(const unsigned char *head)
{
    return (uint64_t)cor_le32(head + 44) << 32 | cor_le32(head + 40);
}

static uint64_t uimage_size(const unsigned char *head)
{
    return 64 + (uint64_t)cor_be32(head + 12);
}

static uint64_t trx_size(const unsigned char *head)
{
    return cor_le32(head + 4);
}

static const struct image {
    const char *magic;
    const struct cor_format *format;
    uint64_t (*size)(const unsigned char *head);
} images[] = {{"hsqs", &cor_format_squashfs, squashfs_size},
              {"\x27\x05\x19\x56", &cor_format_uimage, uimage_size},
              {"HDR0", &cor_format_trx, trx_size}};

static const struct image *image_at(const unsigned char *bytes, size_t size, uint64_t room,
                                    uint64_t *ret_size)
{
    for (size_t i = 0; size >= HEADER && i < sizeof images / sizeof *images; i++) {
        if (memcmp(bytes, images[i].magic, 4) != 0 || images[i].format->bid(bytes, size) == 0)
            continue;
        uint64_t length = images[i].size(bytes);
        if (length <= HEADER || length > room)
            continue;
        *ret_size = length;
        return &images[i];
    }
    return NULL;
}

// The first image at or behind `from`; COR_END when there is none.
static enum cor_status find_image(struct cor_stream *stream, uint64_t from,
                                  const struct image **ret_image, uint64_t *ret_at,
                                  uint64_t *ret_size)
{
    unsigned char *bytes = cor_alloc(CHUNK);
    enum cor_status status = bytes ? COR_END : COR_NOMEM;
    while (status == COR_END && !cor_interrupted()) {
        size_t got = 0;
        if (stream->kind->at(stream, from, bytes, CHUNK, &got) != COR_OK || got < HEADER)
            break;
        for (size_t i = 0; status == COR_END && i + HEADER <= got; i++) {
            *ret_image = image_at(bytes + i, got - i, stream->size - from - i, ret_size);
            *ret_at = from + i;
            status = *ret_image ? COR_OK : COR_END;
        }
        from += got - (HEADER - 1);
    }
    cor_free(bytes);
    return status;
}

static enum cor_status find(struct cor_parts *parts)
{
    const struct image *image;
    uint64_t at = 0, size = 0;
    enum cor_status status = COR_OK;
    for (uint64_t from = 0; status == COR_OK; from = at + size) {
        status = find_image(parts->base.below, from, &image, &at, &size);
        if (status == COR_OK)
            status = cor_parts_add(parts, at, size, "%s-0x%llx", image->format->name,
                                   (unsigned long long)at);
    }
    if (status == COR_NOMEM)
        return cor_container_fail(&parts->base, COR_NOMEM, "out of memory");
    return status == COR_END ? COR_OK : status;
}

static struct cor_container *open_firmware(const struct cor_format *format,
                                           struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

const struct cor_format cor_format_firmware = {
    .name = "firmware", .open = open_firmware, .seeks = true};

enum cor_status cor_firmware_probe(struct cor_stream *stream, const struct cor_format **ret_format)
{
    const struct image *image;
    uint64_t at, size;
    if (!stream->kind->at || stream->size == COR_SIZE_UNKNOWN || stream->size < SHORTEST)
        return COR_OK;
    enum cor_status status = find_image(stream, 0, &image, &at, &size);
    if (status == COR_OK)
        *ret_format = &cor_format_firmware;
    return status == COR_NOMEM ? COR_NOMEM : COR_OK;
}
