// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// EFI kernel images that unpack themselves (drivers/firmware/efi/libstub/zboot-header.S), and
// unified kernel images: PE files with a kernel and an initramfs in sections (the UAPI group's
// specification).
#include <string.h>

#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { ZBOOT_HEADER = 32, PE_AT = 0x3c, COFF = 24, SECTION = 40, MOST_SECTIONS = 96 };

static enum cor_status find_zboot(struct cor_parts *parts)
{
    unsigned char head[ZBOOT_HEADER];
    enum cor_status status = cor_parts_read(parts, 0, head, sizeof head);
    if (status != COR_OK)
        return status;
    uint64_t offset = cor_le32(head + 8);
    status = cor_parts_add(parts, 0, offset, "stub");
    return status == COR_OK ? cor_parts_add(parts, offset, cor_le32(head + 12), "payload") : status;
}

static struct cor_container *open_zboot(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find_zboot, below);
}

static unsigned bid_zboot(const unsigned char *head, size_t size)
{
    return size >= ZBOOT_HEADER && memcmp(head + 4, "zimg", 4) == 0 &&
                   cor_le32(head + 8) >= ZBOOT_HEADER
               ? 80
               : 0;
}

const struct cor_format cor_format_efi_zboot = {.name = "efi-zboot",
                                                .magic = {0, 2, "MZ"},
                                                .bid = bid_zboot,
                                                .open = open_zboot,
                                                .seeks = true};

// The table of sections; NULL when the head is no PE file's, or the table is not in it.
static const unsigned char *sections(const unsigned char *head, size_t size, size_t *ret_count)
{
    if (size < 64 || memcmp(head, "MZ", 2) != 0)
        return NULL;
    size_t at = cor_le32(head + PE_AT);
    if (at > size || size - at < COFF || memcmp(head + at, "PE\0\0", 4) != 0)
        return NULL;
    size_t count = cor_le16(head + at + 6), table = at + COFF + cor_le16(head + at + 20);
    if (count > MOST_SECTIONS || table > size || size - table < count * SECTION)
        return NULL;
    *ret_count = count;
    return head + table;
}

static enum cor_status add_sections(struct cor_parts *parts, const unsigned char *table,
                                    size_t count)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < count; i++) {
        const unsigned char *row = table + i * SECTION;
        uint32_t used = cor_le32(row + 8), stored = cor_le32(row + 16);
        if (!stored)
            continue;
        // The stored size is rounded up.
        status = cor_parts_add(parts, cor_le32(row + 20), used && used < stored ? used : stored,
                               "%.8s", (const char *)row);
    }
    return status;
}

static enum cor_status find_uki(struct cor_parts *parts)
{
    const unsigned char *head;
    size_t count = 0, size = cor_stream_peek(parts->base.below, COR_HEAD, &head);
    const unsigned char *table = sections(head, size, &count);
    if (!table)
        return cor_parts_corrupt(parts, "no table of sections");
    enum cor_status status =
        cor_parts_overhead(parts, 0, (uint64_t)(table - head) + count * SECTION);
    return status == COR_OK ? add_sections(parts, table, count) : status;
}

static struct cor_container *open_uki(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find_uki, below);
}

static unsigned bid_uki(const unsigned char *head, size_t size)
{
    size_t count = 0;
    const unsigned char *table = sections(head, size, &count);
    for (size_t i = 0; table && i < count; i++)
        if (memcmp(table + i * SECTION, ".linux\0", 7) == 0)
            return 80;
    return 0;
}

const struct cor_format cor_format_uki = {
    .name = "uki", .magic = {0, 2, "MZ"}, .bid = bid_uki, .open = open_uki, .seeks = true};
