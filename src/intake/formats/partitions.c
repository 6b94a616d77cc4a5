// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Disk images: partition tables of the PC (MBR, with logical partitions), of UEFI (GPT; UEFI
// specification, chapter 5; its sums are checked) and of Apple (Inside Macintosh: Devices).
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { SECTOR = 512, BIG_SECTOR = 4096, TABLE = 446, ROW = 16, TABLE_END = 510, CODE_END = 440 };
enum { GPT_HEADER = 92, MOST_ENTRIES = 1024, MOST_LOGICAL = 128 };

static uint64_t le64(const unsigned char *p)
{
    return (uint64_t)cor_le32(p + 4) << 32 | cor_le32(p);
}

static bool is_extended(unsigned char type)
{
    return type == 0x05 || type == 0x0f || type == 0x85;
}

// A chain of tables: the first row is a partition, the second the next table.
static enum cor_status add_logical(struct cor_parts *parts, uint64_t first)
{
    unsigned char sector[SECTOR];
    uint64_t at = first;
    for (unsigned number = 5; number < 5 + MOST_LOGICAL; number++) {
        enum cor_status status = cor_parts_read(parts, at * SECTOR, sector, sizeof sector);
        if (status != COR_OK)
            return status;
        const unsigned char *row = sector + TABLE, *next = row + ROW;
        if (cor_le16(sector + TABLE_END) != 0xaa55)
            return cor_parts_corrupt(parts, "a table of logical partitions is corrupt");
        status = cor_parts_overhead(parts, at * SECTOR, SECTOR);
        if (status == COR_OK && row[4] && cor_le32(row + 12))
            status = cor_parts_add(parts, (at + cor_le32(row + 8)) * SECTOR,
                                   (uint64_t)cor_le32(row + 12) * SECTOR, "partition-%u", number);
        if (status != COR_OK || !is_extended(next[4]))
            return status;
        at = first + cor_le32(next + 8);
    }
    return cor_parts_corrupt(parts, "too many logical partitions");
}

static enum cor_status find_mbr(struct cor_parts *parts)
{
    unsigned char sector[SECTOR];
    enum cor_status status = cor_parts_read(parts, 0, sector, sizeof sector);
    if (status == COR_OK)
        status = cor_parts_overhead(parts, CODE_END, SECTOR - CODE_END);
    for (unsigned i = 0; status == COR_OK && i < 4; i++) {
        const unsigned char *row = sector + TABLE + (size_t)ROW * i;
        uint64_t first = cor_le32(row + 8), count = cor_le32(row + 12);
        if (row[4] && is_extended(row[4]))
            status = add_logical(parts, first);
        else if (row[4] && count)
            status = cor_parts_add(parts, first * SECTOR, count * SECTOR, "partition-%u", i + 1);
    }
    return status;
}

static enum cor_status add_entries(struct cor_parts *parts, const unsigned char *table,
                                   uint32_t count, uint32_t entry, uint64_t sector)
{
    static const unsigned char unused[16];
    enum cor_status status = COR_OK;
    for (uint32_t i = 0; status == COR_OK && i < count; i++) {
        const unsigned char *row = table + (size_t)i * entry;
        uint64_t first = le64(row + 32), last = le64(row + 40);
        if (memcmp(row, unused, sizeof unused) == 0)
            continue;
        if (last < first || last >= INT64_MAX / BIG_SECTOR)
            return cor_parts_corrupt(parts, "a partition ends before it begins");
        status = cor_parts_add(parts, first * sector, (last - first + 1) * sector, "partition-%u",
                               i + 1);
    }
    return status;
}

static enum cor_status read_entries(struct cor_parts *parts, const unsigned char *header,
                                    uint64_t sector)
{
    uint32_t count = cor_le32(header + 80), entry = cor_le32(header + 84);
    uint64_t at = le64(header + 72), backup = le64(header + 32);
    if (count > MOST_ENTRIES || entry < 128 || entry > BIG_SECTOR || at > INT64_MAX / BIG_SECTOR ||
        backup > INT64_MAX / BIG_SECTOR)
        return cor_parts_corrupt(parts, "the table's size makes no sense");
    size_t size = (size_t)count * entry;
    unsigned char *table = cor_alloc(size ? size : 1);
    if (!table)
        return cor_container_fail(&parts->base, COR_NOMEM, "out of memory");
    enum cor_status status = cor_parts_read(parts, at * sector, table, size);
    if (status == COR_OK && crc32(0, table, (uInt)size) != cor_le32(header + 88))
        status = cor_parts_corrupt(parts, "the table does not have the stored sum");
    if (status == COR_OK)
        status = cor_parts_overhead(parts, at * sector, size);
    if (status == COR_OK && backup * sector > size)
        status = cor_parts_overhead(parts, backup * sector - size, size + sector);
    if (status == COR_OK)
        status = add_entries(parts, table, count, entry, sector);
    cor_free(table);
    return status;
}

static enum cor_status find_gpt(struct cor_parts *parts)
{
    unsigned char header[SECTOR];
    uint64_t sector = SECTOR;
    enum cor_status status = cor_parts_read(parts, sector, header, sizeof header);
    if (status == COR_OK && memcmp(header, "EFI PART", 8) != 0)
        status = cor_parts_read(parts, sector = BIG_SECTOR, header, sizeof header);
    if (status != COR_OK)
        return status;
    uint32_t size = cor_le32(header + 12), wanted = cor_le32(header + 16);
    memset(header + 16, 0, 4);
    if (size < GPT_HEADER || size > sizeof header || crc32(0, header, size) != wanted)
        return cor_parts_corrupt(parts, "the header does not have the stored sum");
    status = cor_parts_overhead(parts, CODE_END, 2 * sector - CODE_END);
    return status == COR_OK ? read_entries(parts, header, sector) : status;
}

static enum cor_status find_apple(struct cor_parts *parts)
{
    unsigned char sector[SECTOR];
    uint64_t count = 1;
    enum cor_status status = cor_parts_overhead(parts, 0, SECTOR);
    for (uint64_t i = 1; status == COR_OK && i <= count; i++) {
        status = cor_parts_read(parts, i * SECTOR, sector, sizeof sector);
        if (status != COR_OK)
            return status;
        if (memcmp(sector, "PM", 2) != 0)
            return cor_parts_corrupt(parts, "the partition map is corrupt");
        if (i == 1)
            count = cor_be32(sector + 4) < MOST_ENTRIES ? cor_be32(sector + 4) : MOST_ENTRIES;
        uint64_t at = (uint64_t)cor_be32(sector + 8) * SECTOR;
        uint64_t size = (uint64_t)cor_be32(sector + 12) * SECTOR;
        if (memcmp(sector + 48, "Apple_partition_map", 19) == 0)
            status = cor_parts_overhead(parts, at, size);
        else if (memcmp(sector + 48, "Apple_HFS", 9) == 0)
            status = cor_parts_add(parts, at, size, "partition-%u", (unsigned)i);
    }
    return status;
}

static struct cor_container *open_table(const struct cor_format *format, struct cor_stream *below)
{
    cor_parts_find_fn *find = format == &cor_format_mbr   ? find_mbr
                              : format == &cor_format_gpt ? find_gpt
                                                          : find_apple;
    return cor_parts_open(find, below);
}

static unsigned bid_mbr(const unsigned char *head, size_t size)
{
    unsigned used = 0;
    if (size < 1024)
        return 0;
    for (const unsigned char *row = head + TABLE; row < head + TABLE_END; row += ROW) {
        if (row[0] != 0 && row[0] != 0x80)
            return 0;
        if (row[4] == 0)
            continue;
        if (cor_le32(row + 8) == 0 || cor_le32(row + 12) == 0)
            return 0;
        used++;
    }
    return used ? 22 : 0;
}

// Less than an ISO image bids: a hybrid's files are what its first partition holds.
static unsigned bid_gpt(const unsigned char *head, size_t size)
{
    bool here = size >= 2 * SECTOR && memcmp(head + SECTOR, "EFI PART", 8) == 0;
    bool wide = size >= 2 * BIG_SECTOR && memcmp(head + BIG_SECTOR, "EFI PART", 8) == 0;
    return here || wide ? 44 : 0;
}

// Blocks of other sizes are of optical media, whose ISO image is what is read.
static unsigned bid_apple(const unsigned char *head, size_t size)
{
    return size >= 2 * SECTOR && head[2] == 2 && head[3] == 0 &&
                   memcmp(head + SECTOR, "PM\0\0", 4) == 0
               ? 40
               : 0;
}

const struct cor_format cor_format_mbr = {.name = "mbr",
                                          .magic = {TABLE_END, 2, "\x55\xaa"},
                                          .bid = bid_mbr,
                                          .open = open_table,
                                          .seeks = true};
const struct cor_format cor_format_gpt = {
    .name = "gpt", .bid = bid_gpt, .open = open_table, .seeks = true};
const struct cor_format cor_format_apm = {
    .name = "apm", .magic = {0, 2, "ER"}, .bid = bid_apple, .open = open_table, .seeks = true};
