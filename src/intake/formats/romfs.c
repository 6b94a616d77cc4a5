// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// romfs (the kernel's filesystems/romfs): big-endian headers of 16 bytes with a name each, in
// lists; every header, and the beginning of the image, has a sum.
#include <string.h>

#include "base/checked.h"
#include "intake/formats/rows.h"
#include "intake/formats/volume.h"

enum { HEADER = 16, SUMMED = 512, NAME_STEP = 16, LONGEST_NAME = 4096, TYPE = 7, EXECUTABLE = 8 };
enum { HARD_LINK = 0, FOLDER = 1, PLAIN = 2, SYMBOLIC_LINK = 3, MOST_LINKS = 8 };

struct romfs {
    struct cor_volume volume;
    uint64_t size;      // of the image, as it says
    uint64_t data;      // of the current file
    uint64_t remaining; // headers that may still be read: lists may not be endless
};

struct header {
    uint64_t at, next, info, size, data;
    unsigned type;
    bool is_program;
    char name[LONGEST_NAME];
    size_t name_size;
};

static uint32_t sum_of(const unsigned char *bytes, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 4 <= size; i += 4)
        sum += cor_be32(bytes + i);
    return sum;
}

// Reads a name, which ends with a zero and is padded to 16 bytes, and adds it to the sum.
static enum cor_status read_name(struct romfs *romfs, struct header *header, uint32_t *sum)
{
    for (size_t at = 0; at < LONGEST_NAME; at += NAME_STEP) {
        unsigned char *piece = (unsigned char *)header->name + at;
        enum cor_status status =
            cor_volume_read_at(&romfs->volume, header->at + HEADER + at, piece, NAME_STEP);
        if (status != COR_OK)
            return status;
        *sum += sum_of(piece, NAME_STEP);
        const unsigned char *end = memchr(piece, 0, NAME_STEP);
        if (!end)
            continue;
        header->name_size = (size_t)(end - (unsigned char *)header->name);
        header->data = header->at + HEADER + at + NAME_STEP;
        return COR_OK;
    }
    return cor_volume_fail(&romfs->volume, COR_MALFORMED, "a name does not end");
}

static enum cor_status read_header(struct romfs *romfs, uint64_t at, struct header *header)
{
    unsigned char raw[HEADER];
    header->at = at;
    enum cor_status status = cor_volume_read_at(&romfs->volume, at, raw, sizeof raw);
    if (status != COR_OK)
        return status;
    uint32_t sum = sum_of(raw, sizeof raw);
    status = read_name(romfs, header, &sum);
    if (status == COR_OK && sum != 0)
        status = cor_volume_fail(&romfs->volume, COR_MALFORMED,
                                 "the header at offset %llu does not have the stored sum",
                                 (unsigned long long)at);
    header->next = cor_be32(raw) & ~UINT32_C(15);
    header->type = cor_be32(raw) & TYPE;
    header->is_program = cor_be32(raw) & EXECUTABLE;
    header->info = cor_be32(raw + 4);
    header->size = cor_be32(raw + 8);
    return status;
}

static enum cor_status begin(struct cor_volume *volume, uint64_t *ret_root)
{
    struct romfs *romfs = (struct romfs *)volume;
    unsigned char head[SUMMED] = {0};
    struct header name = {.at = 0};
    uint32_t sum = 0;
    uint64_t there = volume->base.below->size;
    enum cor_status status =
        cor_volume_read_at(volume, 0, head, there < sizeof head ? (size_t)there : sizeof head);
    if (status != COR_OK)
        return status;
    romfs->size = cor_be32(head + 8);
    if (sum_of(head, romfs->size < SUMMED ? (size_t)romfs->size : SUMMED) != 0)
        return cor_volume_fail(volume, COR_MALFORMED, "its beginning does not have the stored sum");
    if (romfs->size > there)
        return cor_volume_fail(volume, COR_TRUNCATED, "the image is cut short");
    romfs->remaining = romfs->size / HEADER;
    volume->base.end = romfs->size;
    status = read_name(romfs, &name, &sum);
    *ret_root = name.data;
    return status;
}

static enum cor_status list(struct cor_volume *volume, uint64_t folder)
{
    struct romfs *romfs = (struct romfs *)volume;
    struct header header = {.next = folder};
    enum cor_status status = COR_OK;
    while (status == COR_OK && header.next) {
        if (romfs->remaining-- == 0)
            return cor_volume_fail(volume, COR_MALFORMED, "a list of entries is endless");
        status = read_header(romfs, header.next, &header);
        if (status == COR_OK)
            status = cor_volume_add(volume, header.name, header.name_size, header.at);
    }
    return status;
}

static enum cor_status stat_file(struct cor_volume *volume, uint64_t id,
                                 struct cor_volume_file *ret_file)
{
    static const enum cor_entry_kind kinds[] = {
        [FOLDER] = COR_ENTRY_FOLDER, [PLAIN] = COR_ENTRY_FILE, [SYMBOLIC_LINK] = COR_ENTRY_SYMLINK,
        [4] = COR_ENTRY_SPECIAL,     [5] = COR_ENTRY_SPECIAL,  [6] = COR_ENTRY_SPECIAL,
        [7] = COR_ENTRY_SPECIAL};
    struct romfs *romfs = (struct romfs *)volume;
    struct header header = {.info = id};
    enum cor_status status = COR_OK;
    for (unsigned i = 0; status == COR_OK && header.type == HARD_LINK; i++) {
        if (i == MOST_LINKS)
            return cor_volume_fail(volume, COR_MALFORMED, "a hard link leads nowhere");
        status = read_header(romfs, header.info, &header);
    }
    if (status != COR_OK)
        return status;
    bool has_data = header.type == PLAIN || header.type == SYMBOLIC_LINK;
    if (has_data && !cor_range_fits(header.data, header.size, romfs->size))
        return cor_volume_fail(volume, COR_TRUNCATED, "its data lie outside the image");
    romfs->data = header.data;
    *ret_file = (struct cor_volume_file){.kind = kinds[header.type],
                                         .id = header.type == FOLDER ? header.info : header.at,
                                         .size = header.size,
                                         .mode = header.is_program ? 0755 : 0644};
    return COR_OK;
}

static enum cor_status read_file(struct cor_volume *volume, uint64_t at, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct romfs *romfs = (struct romfs *)volume;
    enum cor_status status = cor_volume_read_at(volume, romfs->data + at, buffer, size);
    if (status != COR_OK)
        return status;
    volume->data.plain = true;
    volume->data.plain_at = romfs->data;
    *ret_got = size;
    return COR_OK;
}

static struct cor_container *open_romfs(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_volume_kind kind = {.size = sizeof(struct romfs),
                                                .begin = begin,
                                                .list = list,
                                                .stat = stat_file,
                                                .read = read_file};
    (void)format;
    return cor_volume_open(&kind, below);
}

const struct cor_format cor_format_romfs = {
    .name = "romfs", .magic = {0, 8, "-rom1fs-"}, .open = open_romfs, .seeks = true};
