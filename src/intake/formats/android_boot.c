// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Android boot images, versions 0 to 4, and vendor boot images, versions 3 and 4 (Android's
// bootimg.h): parts that begin at pages, in a fixed order.
#include <string.h>

#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { VERSION = 40, NEW_PAGE = 4096, HEADER = 2128, LARGEST_PAGE = 1 << 20 };

// Which field holds the size of the next part, since which version.
struct field {
    const char *name;
    uint32_t since, at;
};

static const struct field old_fields[] = {{"kernel", 0, 8},
                                          {"ramdisk", 0, 16},
                                          {"second", 0, 24},
                                          {"recovery-dtbo", 1, 1632},
                                          {"dtb", 2, 1648}};
static const struct field new_fields[] = {
    {"kernel", 3, 8}, {"ramdisk", 3, 12}, {"signature", 4, 1580}};
static const struct field vendor_fields[] = {{"vendor-ramdisk", 3, 24},
                                             {"dtb", 3, 2100},
                                             {"ramdisk-table", 4, 2112},
                                             {"bootconfig", 4, 2124}};

// NULL: passed over.
static const struct field vendor_fields_divided[] = {
    {NULL, 3, 24}, {"dtb", 3, 2100}, {"ramdisk-table", 4, 2112}, {"bootconfig", 4, 2124}};

static enum cor_status add_fields(struct cor_parts *parts, const unsigned char *head,
                                  const struct field *fields, size_t count, uint32_t version,
                                  uint64_t page, uint64_t at)
{
    enum cor_status status = cor_parts_overhead(parts, 0, at);
    for (size_t i = 0; status == COR_OK && i < count; i++) {
        uint64_t size = fields[i].since <= version ? cor_le32(head + fields[i].at) : 0;
        if (size == 0)
            continue;
        if (fields[i].name)
            status = cor_parts_add(parts, at, size, "%s", fields[i].name);
        at = (at + size + page - 1) / page * page;
    }
    parts->base.end = at;
    return status;
}

// Version 4 divides the vendor's ramdisk: rows with a size, an offset, a type and a name.
static enum cor_status divide_ramdisk(struct cor_parts *parts, const unsigned char *head,
                                      uint64_t page, uint64_t ramdisk)
{
    enum { ROW = 108, NAME = 12, NAME_SIZE = 32, MOST_ROWS = 1024 };
    unsigned char row[ROW];
    uint64_t whole = cor_le32(head + 24), at = ramdisk + (whole + page - 1) / page * page;
    uint32_t count = cor_le32(head + 2116), row_size = cor_le32(head + 2120);
    enum cor_status status = COR_OK;
    at += (cor_le32(head + 2100) + page - 1) / page * page; // the device tree
    if (count > MOST_ROWS || (count && row_size < ROW))
        return cor_parts_corrupt(parts, "the table of ramdisks makes no sense");
    for (uint32_t i = 0; status == COR_OK && i < count; i++) {
        status = cor_parts_read(parts, at + (uint64_t)i * row_size, row, sizeof row);
        if (status != COR_OK)
            return status;
        uint64_t size = cor_le32(row), offset = cor_le32(row + 4);
        if (offset + size > whole)
            return cor_parts_corrupt(parts, "a ramdisk lies outside");
        status = row[NAME] ? cor_parts_add(parts, ramdisk + offset, size, "vendor-ramdisk-%.*s",
                                           NAME_SIZE, (const char *)row + NAME)
                           : cor_parts_add(parts, ramdisk + offset, size, "vendor-ramdisk-%u",
                                           (unsigned)i);
    }
    return status;
}

static bool is_page(uint64_t page)
{
    return page >= 512 && page <= LARGEST_PAGE && (page & (page - 1)) == 0;
}

#define FIELDS(list) list, sizeof(list) / sizeof *(list)

static enum cor_status find_boot(struct cor_parts *parts)
{
    unsigned char head[HEADER] = {0};
    uint64_t size = parts->base.below->size;
    enum cor_status status =
        cor_parts_read(parts, 0, head, size < sizeof head ? (size_t)size : sizeof head);
    if (status != COR_OK)
        return status;
    uint32_t version = cor_le32(head + VERSION);
    if (version == 3 || version == 4)
        return add_fields(parts, head, FIELDS(new_fields), version, NEW_PAGE, NEW_PAGE);
    // Before there were versions, vendors kept the size of a device tree there.
    if (version > 4)
        version = 0;
    uint64_t page = cor_le32(head + 36);
    if (!is_page(page))
        return cor_parts_corrupt(parts, "no page size");
    return add_fields(parts, head, FIELDS(old_fields), version, page,
                      page < 1660 && version ? (1660 + page - 1) / page * page : page);
}

static enum cor_status find_vendor(struct cor_parts *parts)
{
    unsigned char head[HEADER];
    enum cor_status status = cor_parts_read(parts, 0, head, sizeof head);
    if (status != COR_OK)
        return status;
    uint64_t page = cor_le32(head + 12), header = cor_le32(head + 2096);
    uint32_t version = cor_le32(head + 8);
    if (!is_page(page) || version < 3 || header > HEADER)
        return cor_parts_corrupt(parts, "no page size");
    uint64_t first = (header + page - 1) / page * page;
    bool divided = version >= 4 && cor_le32(head + 2116) > 0;
    if (divided)
        status = divide_ramdisk(parts, head, page, first);
    if (status != COR_OK)
        return status;
    // Then the ramdisk as a whole is no part of its own.
    if (divided)
        return add_fields(parts, head, FIELDS(vendor_fields_divided), version, page, first);
    return add_fields(parts, head, FIELDS(vendor_fields), version, page, first);
}

static struct cor_container *open_boot(const struct cor_format *format, struct cor_stream *below)
{
    return cor_parts_open(format == &cor_format_android_boot ? find_boot : find_vendor, below);
}

const struct cor_format cor_format_android_boot = {
    .name = "android-boot", .magic = {0, 8, "ANDROID!"}, .open = open_boot, .seeks = true};
const struct cor_format cor_format_android_vendor_boot = {
    .name = "android-vendor-boot", .magic = {0, 8, "VNDRBOOT"}, .open = open_boot, .seeks = true};
