// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Data that nothing recognised, with images somewhere in them, as devices keep them in flash. Only
// images that prove themselves count: by a sum, by lengths that fit, or by unpacking to their end.
#include "intake/formats/firmware.h"

#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/interrupt.h"
#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum {
    CHUNK = 64 << 10,
    PROOF = 2048,

    MOST_TRIALS = 64,
    LEAST_PACKED = 256,
    MOST_UNPACKED = 1 << 30
};

struct search {
    struct cor_stream *stream;
    size_t trials; // of streams that may still be unpacked
    bool kernel;   // a bare one
    struct cor_meter meter;
};

struct image {
    const struct cor_format *format;
    uint64_t at, size;
};

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

static uint64_t dtb_size(const unsigned char *head)
{
    return cor_be32(head + 4);
}

static uint64_t romfs_size(const unsigned char *head)
{
    uint32_t sum = 0, size = cor_be32(head + 8);
    for (size_t i = 0; i < 512; i += 4)
        sum += cor_be32(head + i);
    return sum == 0 ? size : 0;
}

static uint64_t cramfs_size(const unsigned char *head)
{
    bool big = cor_be32(head) == 0x28cd3d45;
    return big ? cor_be32(head + 4) : cor_le32(head + 4);
}

static uint64_t erofs_size(const unsigned char *head)
{
    unsigned bits = head[1024 + 12];
    return bits >= 9 && bits <= 16 && cor_le32(head + 1024 + 36)
               ? (uint64_t)cor_le32(head + 1024 + 36) << bits
               : 0;
}

static const struct kind {
    const char *magic;
    size_t magic_size, magic_at;
    const struct cor_format *format;
    uint64_t (*size)(const unsigned char *head); // 0 when it proves nothing; NULL: unpack it
    bool own; // a bare kernel may have it: its configuration, a device tree, an initramfs
} kinds[] = {
    {"hsqs", 4, 0, &cor_format_squashfs, squashfs_size, false},
    {"\x27\x05\x19\x56", 4, 0, &cor_format_uimage, uimage_size, false},
    {"HDR0", 4, 0, &cor_format_trx, trx_size, false},
    {"\xd0\x0d\xfe\xed", 4, 0, &cor_format_dtb, dtb_size, true},
    {"-rom1fs-", 8, 0, &cor_format_romfs, romfs_size, false},
    {"\x45\x3d\xcd\x28", 4, 0, &cor_format_cramfs, cramfs_size, false},
    {"\x28\xcd\x3d\x45", 4, 0, &cor_format_cramfs, cramfs_size, false},
    {"\xe2\xe1\xf5\xe0", 4, 1024, &cor_format_erofs, erofs_size, false},
    {"\x1f\x8b\x08", 3, 0, &cor_format_gzip, NULL, true},
    {"\xfd"
     "7zXZ\0",
     6, 0, &cor_format_xz, NULL, true},
};

// How long a compressed stream is that unpacks to its end, with whatever sums it has; 0 for none.
static enum cor_status unpacked_size(struct search *search, const struct kind *kind, uint64_t at,
                                     uint64_t *ret_size)
{
    enum cor_status status = COR_NOMEM;
    if (search->trials == 0)
        return COR_OK;
    search->trials--;
    struct cor_stream *part = cor_stream_range(search->stream, at, search->stream->size - at);
    struct cor_stream *plain = part ? kind->format->decode(part) : NULL;
    if (!plain)
        goto out;
    plain->meter = &search->meter;
    uint64_t made = cor_stream_skip(plain, UINT64_MAX);
    if (plain->failure == COR_OK && made >= LEAST_PACKED)
        *ret_size = part->offset;
    status =
        plain->failure == COR_NOMEM || plain->failure == COR_INTERRUPTED ? plain->failure : COR_OK;
out:
    cor_stream_close(plain);
    cor_stream_close(part);
    return status;
}

// Whether an image begins at `at`; then its size.
static enum cor_status prove(struct search *search, const struct kind *kind, uint64_t at,
                             uint64_t *ret_size)
{
    unsigned char head[PROOF] = {0};
    size_t got = 0;
    uint64_t room = search->stream->size - at, size = 0;
    if (!kind->size)
        return unpacked_size(search, kind, at, ret_size);
    if (search->stream->kind->at(search->stream, at, head, sizeof head, &got) != COR_OK)
        return COR_OK;
    if (!kind->format->bid || kind->format->bid(head, got) > 0)
        size = kind->size(head);
    *ret_size = size >= 96 && size <= room ? size : 0;
    return COR_OK;
}

static enum cor_status image_at(struct search *search, const unsigned char *bytes, size_t there,
                                uint64_t place, struct image *ret_image)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < sizeof kinds / sizeof *kinds; i++) {
        const struct kind *kind = &kinds[i];
        uint64_t size = 0;
        if ((kind->own && search->kernel) || kind->magic[0] != (char)bytes[0] ||
            kind->magic_size > there || place < kind->magic_at ||
            memcmp(bytes, kind->magic, kind->magic_size) != 0)
            continue;
        status = prove(search, kind, place - kind->magic_at, &size);
        if (status == COR_OK && size) {
            *ret_image = (struct image){kind->format, place - kind->magic_at, size};
            return COR_OK;
        }
    }
    return status == COR_OK ? COR_END : status;
}

// The first image at or behind `from`; COR_END when there is none.
static enum cor_status find_image(struct search *search, uint64_t from, struct image *ret_image)
{
    enum { OVERLAP = 16 };
    unsigned char *bytes = cor_alloc(CHUNK);
    enum cor_status status = bytes ? COR_END : COR_NOMEM;
    uint64_t least = from;
    bool first[256] = {false}; // bytes that a magic number begins with
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        first[(unsigned char)kinds[i].magic[0]] = true;
    while (status == COR_END && !cor_interrupted()) {
        size_t got = 0;
        if (search->stream->kind->at(search->stream, from, bytes, CHUNK, &got) != COR_OK ||
            got < OVERLAP)
            break;
        for (size_t i = 0; status == COR_END && i + OVERLAP <= got; i++) {
            if (!first[bytes[i]])
                continue;
            status = image_at(search, bytes + i, got - i, from + i, ret_image);
            if (status == COR_OK && ret_image->at < least)
                status = COR_END;
        }
        from += got - (OVERLAP - 1);
    }
    cor_free(bytes);
    return status;
}

static bool is_kernel(struct cor_stream *stream)
{
    static const char banner[] = "Linux version ";
    unsigned char *bytes = cor_alloc(CHUNK);
    bool found = false;
    for (uint64_t at = 0; bytes && !found && !cor_interrupted();) {
        size_t got = 0;
        if (stream->kind->at(stream, at, bytes, CHUNK, &got) != COR_OK || got < sizeof banner)
            break;
        found = memmem(bytes, got, banner, sizeof banner - 1) != NULL;
        at += got - (sizeof banner - 1);
    }
    cor_free(bytes);
    return found;
}

static struct search new_search(struct cor_stream *stream)
{
    return (struct search){.stream = stream,
                           .trials = MOST_TRIALS,
                           .kernel = is_kernel(stream),
                           .meter = {.left = MOST_UNPACKED, .ratio = 1000}};
}

static enum cor_status find(struct cor_parts *parts)
{
    struct image image = {0};
    struct search search = new_search(parts->base.below);
    enum cor_status status = COR_OK;
    for (uint64_t from = 0; status == COR_OK; from = image.at + image.size) {
        status = find_image(&search, from, &image);
        if (status == COR_OK)
            status = cor_parts_add(parts, image.at, image.size, "%s-0x%llx", image.format->name,
                                   (unsigned long long)image.at);
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
    struct image image;
    if (!stream->kind->at || stream->size == COR_SIZE_UNKNOWN ||
        stream->size < COR_FIRMWARE_SHORTEST)
        return COR_OK;
    struct search search = new_search(stream);
    enum cor_status status = find_image(&search, 0, &image);
    if (status == COR_OK)
        *ret_format = &cor_format_firmware;
    return status == COR_NOMEM ? COR_NOMEM : COR_OK;
}
