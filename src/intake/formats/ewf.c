// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Expert Witness images (E01) in one file: a chain of sections with sums; tables tell where the
// chunks of the disk stand, each packed by zlib or stored with a sum.
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/checked.h"
#include "intake/formats/disk.h"
#include "intake/formats/rows.h"

enum { FILE_HEADER = 13, SECTION = 76, TABLE_HEADER = 24, VOLUME = 24, MOST_SECTIONS = 1 << 20 };
enum { MOST_CHUNK = 16 << 20, MOST_ENTRIES = 1 << 26 };
#define PACKED UINT32_C(0x80000000)

struct chunk {
    uint64_t at, size;
    bool packed;
};

struct ewf {
    struct cor_disk disk;
    COR_ARRAY(struct chunk) chunks;
    uint64_t sectors_end; // of the last section with chunks
    uint64_t chunk, size;
    uint64_t held; // the chunk that `plain` is, plus 1
    unsigned char *plain, *input;
};

static enum cor_status fail(struct ewf *ewf, enum cor_status status, const char *text)
{
    return cor_container_fail(&ewf->disk.base, status, "%s", text);
}

static enum cor_status read_volume(struct ewf *ewf, uint64_t at)
{
    unsigned char raw[VOLUME];
    enum cor_status status = cor_disk_find(&ewf->disk, at, raw, sizeof raw);
    if (status != COR_OK)
        return status;
    uint64_t sector = cor_le32(raw + 12);
    ewf->chunk = cor_le32(raw + 8) * sector;
    if (ewf->chunk == 0 || ewf->chunk > MOST_CHUNK ||
        !cor_mul_u64(cor_le64(raw + 16), sector, &ewf->size) || ewf->size > INT64_MAX)
        return fail(ewf, COR_MALFORMED, "its volume section makes no sense");
    return COR_OK;
}

// A chunk ends where the next begins, the last where the section with them ends.
static enum cor_status take_entries(struct ewf *ewf, const unsigned char *raw, size_t count,
                                    uint64_t base)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t entry = cor_le32(raw + i * 4);
        uint64_t at = base + (entry & ~PACKED), end = ewf->sectors_end;
        if (i + 1 < count)
            end = base + (cor_le32(raw + (i + 1) * 4) & ~PACKED);
        if (end <= at || end - at > ewf->chunk * 2 + 64)
            return fail(ewf, COR_MALFORMED, "a chunk's length makes no sense");
        const struct chunk chunk = {at, end - at, entry & PACKED};
        if (cor_array_add(&ewf->chunks, chunk) != COR_OK)
            return fail(ewf, COR_NOMEM, "out of memory");
    }
    return COR_OK;
}

static enum cor_status read_table(struct ewf *ewf, uint64_t at, uint64_t size)
{
    unsigned char head[TABLE_HEADER];
    enum cor_status status = cor_disk_find(&ewf->disk, at, head, sizeof head);
    if (status != COR_OK)
        return status;
    size_t count = cor_le32(head), bytes = count * 4 + 4;
    if (count > MOST_ENTRIES || bytes + TABLE_HEADER > size || ewf->chunk == 0 ||
        adler32(1, head, 20) != cor_le32(head + 20))
        return fail(ewf, COR_MALFORMED, "a table makes no sense");
    unsigned char *raw = cor_alloc(bytes);
    if (!raw)
        return fail(ewf, COR_NOMEM, "out of memory");
    status = cor_disk_find(&ewf->disk, at + TABLE_HEADER, raw, bytes);
    if (status == COR_OK && adler32(1, raw, (uInt)(count * 4)) != cor_le32(raw + count * 4))
        status = fail(ewf, COR_MALFORMED, "a table does not have the stored sum");
    if (status == COR_OK)
        status = take_entries(ewf, raw, count, cor_le64(head + 8));
    cor_free(raw);
    return status;
}

struct section {
    char type[17];
    uint64_t at, next, size;
};

static enum cor_status read_section(struct ewf *ewf, uint64_t at, struct section *ret_section)
{
    unsigned char raw[SECTION];
    enum cor_status status = cor_disk_find(&ewf->disk, at, raw, sizeof raw);
    if (status != COR_OK)
        return status;
    if (adler32(1, raw, SECTION - 4) != cor_le32(raw + SECTION - 4))
        return fail(ewf, COR_MALFORMED, "a section does not have the stored sum");
    *ret_section =
        (struct section){.at = at, .next = cor_le64(raw + 16), .size = cor_le64(raw + 24)};
    memcpy(ret_section->type, raw, 16);
    return COR_OK;
}

static enum cor_status take_section(struct ewf *ewf, const struct section *section)
{
    if (strcmp(section->type, "volume") == 0 || strcmp(section->type, "disk") == 0)
        return read_volume(ewf, section->at + SECTION);
    if (strcmp(section->type, "sectors") == 0)
        ewf->sectors_end = section->next;
    if (strcmp(section->type, "table") == 0 && section->size > SECTION)
        return read_table(ewf, section->at + SECTION, section->size - SECTION);
    return COR_OK;
}

static enum cor_status read_sections(struct ewf *ewf)
{
    struct section section = {.next = FILE_HEADER};
    for (size_t i = 0; i < MOST_SECTIONS; i++) {
        uint64_t before = section.next;
        enum cor_status status = read_section(ewf, section.next, &section);
        if (status == COR_OK)
            status = take_section(ewf, &section);
        if (status != COR_OK)
            return status;
        ewf->disk.base.end = section.at + SECTION;
        if (strcmp(section.type, "done") == 0)
            return COR_OK;
        if (strcmp(section.type, "next") == 0)
            return fail(ewf, COR_UNSUPPORTED, "it goes on in another file, not read");
        if (section.next <= before)
            break;
    }
    return fail(ewf, COR_MALFORMED, "its chain of sections makes no sense");
}

static enum cor_status begin(struct cor_disk *disk, uint64_t *ret_size)
{
    struct ewf *ewf = (struct ewf *)disk;
    enum cor_status status = read_sections(ewf);
    if (status != COR_OK)
        return status;
    if (ewf->chunk == 0 || (ewf->size + ewf->chunk - 1) / ewf->chunk > ewf->chunks.count)
        return fail(ewf, COR_TRUNCATED, "chunks are missing, cut short");
    ewf->plain = cor_alloc((size_t)ewf->chunk * 2 + 64);
    ewf->input = cor_alloc((size_t)ewf->chunk * 2 + 64);
    if (!ewf->plain || !ewf->input)
        return fail(ewf, COR_NOMEM, "out of memory");
    *ret_size = ewf->size;
    return COR_OK;
}

static enum cor_status hold(struct ewf *ewf, uint64_t number)
{
    const struct chunk *chunk = &ewf->chunks.items[number];
    uint64_t left = ewf->size - number * ewf->chunk;
    uLongf wanted = left < ewf->chunk ? left : ewf->chunk, got = ewf->chunk;
    size_t size = (size_t)chunk->size;
    unsigned char *to = chunk->packed ? ewf->input : ewf->plain;
    ewf->held = 0;
    if (!chunk->packed && size > wanted + 4)
        size = wanted + 4;
    enum cor_status status = cor_disk_fetch(&ewf->disk, chunk->at, to, size);
    if (status != COR_OK)
        return status;
    // What follows a packed chunk, up to the next one, is not part of it.
    bool sound =
        chunk->packed
            ? uncompress2(ewf->plain, &got, ewf->input, &(uLong){size}) == Z_OK && got >= wanted
            : size == wanted + 4 &&
                  adler32(1, ewf->plain, (uInt)wanted) == cor_le32(ewf->plain + wanted);
    if (!sound)
        return cor_stream_fail(&ewf->disk.data, COR_MALFORMED,
                               "a chunk does not have the stored sum");
    ewf->held = number + 1;
    return COR_OK;
}

static enum cor_status read_disk(struct cor_disk *disk, uint64_t at, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct ewf *ewf = (struct ewf *)disk;
    uint64_t number = at / ewf->chunk, skip = at % ewf->chunk, there = ewf->chunk - skip;
    enum cor_status status = ewf->held == number + 1 ? COR_OK : hold(ewf, number);
    if (status != COR_OK)
        return status;
    *ret_got = size < there ? size : (size_t)there;
    memcpy(buffer, ewf->plain + skip, *ret_got);
    return COR_OK;
}

static void dispose(struct cor_disk *disk)
{
    struct ewf *ewf = (struct ewf *)disk;
    cor_array_dispose(&ewf->chunks);
    cor_free(ewf->plain);
    cor_free(ewf->input);
}

static struct cor_container *open_ewf(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_disk_kind kind = {
        .size = sizeof(struct ewf), .begin = begin, .read = read_disk, .dispose = dispose};
    (void)format;
    return cor_disk_open(&kind, below);
}

// The first file of an image.
static unsigned bid(const unsigned char *head, size_t size)
{
    return size >= FILE_HEADER + SECTION && cor_le16(head + 9) == 1 ? 80 : 0;
}

const struct cor_format cor_format_ewf = {.name = "ewf",
                                          .magic = {0, 8, "EVF\x09\x0d\x0a\xff\0"},
                                          .bid = bid,
                                          .open = open_ewf,
                                          .seeks = true};
