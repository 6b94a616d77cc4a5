// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// UDF (ECMA-167, OSTA UDF 1.02 to 2.01 on media with one plain partition), as DVD images have it.
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "intake/formats/rows.h"
#include "intake/formats/volume.h"

enum { ANCHOR = 256, TAG_ANCHOR = 2, TAG_PARTITION = 5, TAG_VOLUME = 6, TAG_END = 8 };
enum { TAG_FILE_SET = 256, TAG_NAME = 257, TAG_FILE = 261, TAG_EXTENDED_FILE = 266 };
enum { BLOCK = 2048, NAME_HEAD = 38, MOST_FOLDER = 64 << 20, MOST_EXTENTS = 65536, LONGEST = 255 };
enum { FOLDER = 4, PLAIN = 5, SYMBOLIC_LINK = 12, DELETED = 4, PARENT = 8, INLINE = 3, LONG = 1 };

struct extent {
    uint64_t from, at, size; // in the file, in the image; `at` 0 for a hole
};

struct udf {
    struct cor_volume volume;
    uint64_t partition, blocks;       // where it begins, in bytes, and how many blocks it has
    COR_ARRAY(struct extent) extents; // of the current file
    uint64_t file_size;
    unsigned file_type;
};

static enum cor_status corrupt(struct udf *udf)
{
    return cor_volume_fail(&udf->volume, COR_MALFORMED, "a UDF descriptor is corrupt");
}

// A descriptor's tag has a sum of its own bytes, its own place left out.
static uint32_t tag_of(const unsigned char *block)
{
    unsigned sum = 0;
    for (size_t i = 0; i < 16; i++)
        sum += i == 4 ? 0 : block[i];
    return (sum & 0xff) == block[4] ? cor_le16(block) : 0;
}

static enum cor_status read_block(struct udf *udf, uint64_t number, unsigned char *block)
{
    if (number >= udf->blocks)
        return cor_volume_fail(&udf->volume, COR_TRUNCATED, "it points outside the image");
    return cor_volume_read_at(&udf->volume, udf->partition + number * BLOCK, block, BLOCK);
}

static enum cor_status read_sequence(struct udf *udf, uint64_t at, uint64_t count,
                                     uint32_t *ret_file_set)
{
    unsigned char block[BLOCK];
    bool volume = false, partition = false;
    for (uint64_t i = 0; i < count && i < 64; i++) {
        enum cor_status status =
            cor_volume_read_at(&udf->volume, (at + i) * BLOCK, block, sizeof block);
        if (status != COR_OK)
            return status;
        uint32_t tag = tag_of(block);
        if (tag == TAG_END)
            break;
        if (tag == TAG_PARTITION) {
            udf->partition = (uint64_t)cor_le32(block + 188) * BLOCK;
            udf->blocks = cor_le32(block + 192);
            partition = true;
        } else if (tag == TAG_VOLUME) {
            *ret_file_set = cor_le32(block + 252);
            volume = true;
            if (cor_le32(block + 212) != BLOCK || cor_le32(block + 268) != 1 || block[440] != 1)
                return cor_volume_fail(&udf->volume, COR_UNSUPPORTED,
                                       "UDF with more than one plain partition");
        }
    }
    return volume && partition ? COR_OK : corrupt(udf);
}

// Copies of what stands in front follow the partition; each tag tells its own place.
static void find_end(struct udf *udf)
{
    enum { BEHIND = 1024 };
    unsigned char tag[16];
    struct cor_stream *below = udf->volume.base.below;
    uint64_t first = udf->partition / BLOCK + udf->blocks;
    udf->volume.base.end = first * BLOCK;
    for (uint64_t i = first; i < first + BEHIND; i++)
        if (cor_stream_read_at(below, i * BLOCK, tag, sizeof tag) && tag_of(tag) &&
            cor_le32(tag + 12) == i)
            udf->volume.base.end = (i + 1) * BLOCK;
}

static enum cor_status begin(struct cor_volume *volume, uint64_t *ret_root)
{
    struct udf *udf = (struct udf *)volume;
    unsigned char block[BLOCK];
    uint32_t file_set = 0;
    enum cor_status status =
        cor_volume_read_at(volume, (uint64_t)ANCHOR * BLOCK, block, sizeof block);
    if (status != COR_OK)
        return status;
    if (tag_of(block) != TAG_ANCHOR)
        return cor_volume_fail(volume, COR_UNSUPPORTED, "UDF without an anchor at block 256");
    status = read_sequence(udf, cor_le32(block + 20), cor_le32(block + 16) / BLOCK, &file_set);
    if (status == COR_OK)
        status = read_block(udf, file_set, block);
    if (status == COR_OK && tag_of(block) != TAG_FILE_SET)
        status = corrupt(udf);
    *ret_root = cor_le32(block + 404);
    if (status == COR_OK)
        find_end(udf);
    return status;
}

static enum cor_status add_extent(struct udf *udf, uint64_t *from, uint64_t at, uint64_t size)
{
    const struct extent extent = {*from, at, size};
    if (udf->extents.count == MOST_EXTENTS)
        return corrupt(udf);
    *from += size;
    return cor_array_add(&udf->extents, extent) == COR_OK ? COR_OK
                                                          : cor_volume_no_memory(&udf->volume);
}

// Short ones are 8 bytes, long ones 16; the upper two bits of a length say what it is.
static enum cor_status take_extents(struct udf *udf, const unsigned char *raw, size_t size,
                                    size_t step)
{
    uint64_t from = 0;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i + step <= size; i += step) {
        uint32_t length = cor_le32(raw + i), kind = length >> 30;
        uint64_t number = cor_le32(raw + i + 4);
        length &= 0x3fffffff;
        if (length == 0)
            break;
        if (kind == 3)
            return cor_volume_fail(&udf->volume, COR_UNSUPPORTED, "a file in too many pieces");
        if (kind == 0 && !cor_range_fits(number * BLOCK, length, udf->blocks * BLOCK))
            return cor_volume_fail(&udf->volume, COR_TRUNCATED, "it points outside the image");
        status = add_extent(udf, &from, kind == 0 ? udf->partition + number * BLOCK : 0, length);
    }
    if (status == COR_OK && from < udf->file_size)
        status = add_extent(udf, &from, 0, udf->file_size - from);
    return status;
}

static enum cor_status read_entry(struct udf *udf, uint64_t number)
{
    unsigned char block[BLOCK];
    uint64_t from = 0;
    enum cor_status status = read_block(udf, number, block);
    if (status != COR_OK)
        return status;
    uint32_t tag = tag_of(block);
    if (tag != TAG_FILE && tag != TAG_EXTENDED_FILE)
        return corrupt(udf);
    size_t head = tag == TAG_FILE ? 176 : 216;
    uint64_t attributes = cor_le32(block + head - 8), size = cor_le32(block + head - 4);
    unsigned kind = block[34] & 7;
    if (!cor_range_fits(attributes, size, BLOCK - head))
        return corrupt(udf);
    head += attributes;
    udf->file_size = (uint64_t)cor_le32(block + 60) << 32 | cor_le32(block + 56);
    udf->file_type = block[27];
    udf->extents.count = 0;
    if (kind == INLINE)
        return udf->file_size <= size
                   ? add_extent(udf, &from, udf->partition + number * BLOCK + head, udf->file_size)
                   : corrupt(udf);
    return kind <= LONG ? take_extents(udf, block + head, size, kind == LONG ? 16 : 8)
                        : cor_volume_fail(&udf->volume, COR_UNSUPPORTED,
                                          "a kind of extents that is not supported");
}

static enum cor_status read_file(struct cor_volume *volume, uint64_t at, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct udf *udf = (struct udf *)volume;
    size_t low = 0, high = udf->extents.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (udf->extents.items[middle].from + udf->extents.items[middle].size <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == udf->extents.count)
        return corrupt(udf);
    const struct extent *extent = &udf->extents.items[low];
    uint64_t skip = at - extent->from;
    if (size > extent->size - skip)
        size = (size_t)(extent->size - skip);
    *ret_got = size;
    if (extent->at == 0) {
        memset(buffer, 0, size);
        return COR_OK;
    }
    volume->data.plain = udf->extents.items[0].size >= udf->file_size;
    volume->data.plain_at = udf->extents.items[0].at;
    return cor_volume_read_at(volume, extent->at + skip, buffer, size);
}

// Characters of 8 or 16 bits, as the first byte says.
static size_t utf8_of(const unsigned char *raw, size_t size, char *text)
{
    size_t used = 0, wide = size && raw[0] == 16;
    for (size_t i = 1; i + wide < size; i += 1 + wide) {
        unsigned c = wide ? (unsigned)raw[i] << 8 | raw[i + 1] : raw[i];
        if (c < 0x80)
            text[used++] = (char)c;
        else if (c < 0x800) {
            text[used++] = (char)(0xc0 | c >> 6);
            text[used++] = (char)(0x80 | (c & 63));
        } else {
            text[used++] = (char)(0xe0 | c >> 12);
            text[used++] = (char)(0x80 | (c >> 6 & 63));
            text[used++] = (char)(0x80 | (c & 63));
        }
    }
    return used;
}

static enum cor_status list_names(struct udf *udf, const unsigned char *bytes, size_t size)
{
    enum cor_status status = COR_OK;
    for (size_t at = 0; status == COR_OK && at + NAME_HEAD <= size;) {
        const unsigned char *raw = bytes + at;
        char name[LONGEST * 3 + 1];
        size_t length = raw[19], skip = NAME_HEAD + cor_le16(raw + 36);
        if (tag_of(raw) != TAG_NAME || skip + length > size - at)
            return corrupt(udf);
        if (!(raw[18] & (DELETED | PARENT)))
            status = cor_volume_add(&udf->volume, name, utf8_of(raw + skip, length, name),
                                    cor_le32(raw + 24));
        at += (skip + length + 3) & ~(size_t)3;
    }
    return status;
}

static enum cor_status list(struct cor_volume *volume, uint64_t folder)
{
    struct udf *udf = (struct udf *)volume;
    enum cor_status status = read_entry(udf, folder);
    if (status != COR_OK)
        return status;
    if (udf->file_size > MOST_FOLDER)
        return corrupt(udf);
    size_t size = (size_t)udf->file_size;
    unsigned char *bytes = cor_alloc(size);
    if (!bytes)
        return cor_volume_no_memory(volume);
    for (size_t at = 0; status == COR_OK && at < size;) {
        size_t got = 0;
        status = read_file(volume, at, bytes + at, size - at, &got);
        at += got;
    }
    if (status == COR_OK)
        status = list_names(udf, bytes, size);
    cor_free(bytes);
    return status;
}

static enum cor_status stat_file(struct cor_volume *volume, uint64_t id,
                                 struct cor_volume_file *ret_file)
{
    struct udf *udf = (struct udf *)volume;
    enum cor_status status = read_entry(udf, id);
    ret_file->kind = udf->file_type == FOLDER          ? COR_ENTRY_FOLDER
                     : udf->file_type == PLAIN         ? COR_ENTRY_FILE
                     : udf->file_type == SYMBOLIC_LINK ? COR_ENTRY_SYMLINK
                                                       : COR_ENTRY_SPECIAL;
    ret_file->size = udf->file_type == PLAIN ? udf->file_size : 0;
    ret_file->sparse = udf->file_size > volume->base.below->size;
    return status;
}

static void dispose(struct cor_volume *volume)
{
    cor_array_dispose(&((struct udf *)volume)->extents);
}

static struct cor_container *open_udf(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_volume_kind kind = {.size = sizeof(struct udf),
                                                .begin = begin,
                                                .list = list,
                                                .stat = stat_file,
                                                .read = read_file,
                                                .dispose = dispose};
    (void)format;
    return cor_volume_open(&kind, below);
}

// In the sequence that begins at block 16.
static unsigned bid(const unsigned char *head, size_t size)
{
    for (size_t at = 32768; at + 6 <= size; at += BLOCK)
        if (memcmp(head + at + 1, "NSR02", 5) == 0 || memcmp(head + at + 1, "NSR03", 5) == 0)
            return 40;
    return 0;
}

const struct cor_format cor_format_udf = {
    .name = "udf", .bid = bid, .open = open_udf, .seeks = true};
