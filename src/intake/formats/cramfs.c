// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// cramfs (the kernel's filesystems/cramfs and uapi/linux/cramfs_fs.h), in both byte orders: inodes
// of 12 bytes in front of each name, files in blocks of 4096 bytes that zlib packed.
#include <string.h>
#include <zlib.h>

#include "base/checked.h"
#include "intake/formats/rows.h"
#include "intake/formats/volume.h"

enum { SUPER = 76, INODE = 12, ROOT = 64, BLOCK = 4096, LARGEST_PACKED = 2 * BLOCK };
enum { VERSION_2 = 1, EXTENDED_POINTERS = 0x800, KNOWN_FLAGS = 0xfff };
#define MAGIC        UINT32_C(0x28cd3d45)
#define UNCOMPRESSED UINT32_C(0x80000000)
#define DIRECT       UINT32_C(0x40000000)

struct cramfs {
    struct cor_volume volume;
    uint64_t super; // where the superblock stands; all offsets begin in front of it
    uint64_t size;
    bool big, extended;
    uint64_t pointers, blocks; // of the current file
    uint64_t file_size, held;  // `held`: the block that `plain` is, plus 1
    size_t plain_size;
    unsigned char plain[BLOCK], packed[LARGEST_PACKED];
};

struct inode {
    uint32_t mode, size, name_size, offset;
};

static uint32_t word(const struct cramfs *cramfs, const unsigned char *at)
{
    return cramfs->big ? cor_be32(at) : cor_le32(at);
}

// Bit fields begin at the other end of a word where the bytes do.
static struct inode inode_of(const struct cramfs *cramfs, const unsigned char *raw)
{
    uint32_t first = word(cramfs, raw), second = word(cramfs, raw + 4),
             third = word(cramfs, raw + 8);
    if (cramfs->big)
        return (struct inode){first >> 16, second >> 8, (third >> 26) * 4, (third & 0x3ffffff) * 4};
    return (struct inode){first & 0xffff, second & 0xffffff, (third & 63) * 4, (third >> 6) * 4};
}

static enum cor_status read_inode(struct cramfs *cramfs, uint64_t at, struct inode *ret_inode)
{
    unsigned char raw[INODE];
    if (!cor_range_fits(at, INODE, cramfs->size))
        return cor_volume_fail(&cramfs->volume, COR_TRUNCATED, "it points outside the image");
    enum cor_status status = cor_volume_read_at(&cramfs->volume, at, raw, sizeof raw);
    if (status == COR_OK)
        *ret_inode = inode_of(cramfs, raw);
    return status;
}

// The sum covers the image with its own field as zero.
static enum cor_status check(struct cramfs *cramfs, const unsigned char *super)
{
    static const unsigned char none[4];
    unsigned char bytes[8192];
    uLong sum = crc32(0, super, 32);
    sum = crc32(sum, none, sizeof none);
    for (uint64_t at = cramfs->super + 36; at < cramfs->size;) {
        size_t step = cramfs->size - at < sizeof bytes ? (size_t)(cramfs->size - at) : sizeof bytes;
        enum cor_status status = cor_volume_read_at(&cramfs->volume, at, bytes, step);
        if (status != COR_OK)
            return status;
        sum = crc32(sum, bytes, (uInt)step);
        at += step;
    }
    return sum == word(cramfs, super + 32)
               ? COR_OK
               : cor_volume_fail(&cramfs->volume, COR_MALFORMED,
                                 "its bytes do not have the stored sum");
}

static enum cor_status begin(struct cor_volume *volume, uint64_t *ret_root)
{
    struct cramfs *cramfs = (struct cramfs *)volume;
    unsigned char super[SUPER];
    enum cor_status status = cor_volume_read_at(volume, 0, super, sizeof super);
    if (status == COR_OK && cor_le32(super) != MAGIC && cor_be32(super) != MAGIC)
        status = cor_volume_read_at(volume, cramfs->super = 512, super, sizeof super);
    if (status != COR_OK)
        return status;
    cramfs->big = cor_be32(super) == MAGIC;
    uint32_t flags = word(cramfs, super + 8);
    cramfs->extended = flags & EXTENDED_POINTERS;
    cramfs->size = word(cramfs, super + 4);
    *ret_root = cramfs->super + ROOT;
    if (flags & ~(uint32_t)KNOWN_FLAGS)
        return cor_volume_fail(volume, COR_UNSUPPORTED, "cramfs with unknown features");
    // Old images tell no size.
    if (!(flags & VERSION_2)) {
        cramfs->size = volume->base.below->size;
        return COR_OK;
    }
    if (cramfs->size > volume->base.below->size)
        return cor_volume_fail(volume, COR_TRUNCATED, "the image is cut short");
    volume->base.end = cramfs->size;
    // What is wrong with the whole is told behind what can be read of it.
    if (check(cramfs, super) != COR_OK) {
        volume->late = volume->failure;
        memcpy(volume->late_reason, volume->reason, sizeof volume->late_reason);
        volume->failure = COR_OK;
    }
    return COR_OK;
}

static enum cor_status list(struct cor_volume *volume, uint64_t folder)
{
    struct cramfs *cramfs = (struct cramfs *)volume;
    struct inode inode = {0}, entry = {0};
    char name[64 * 4];
    enum cor_status status = read_inode(cramfs, folder, &inode);
    if (status != COR_OK)
        return status;
    uint64_t at = inode.offset, end = at + inode.size;
    while (status == COR_OK && at < end) {
        uint64_t id = at;
        status = read_inode(cramfs, at, &entry);
        at += INODE;
        if (status == COR_OK && (entry.name_size == 0 || at + entry.name_size > end))
            return cor_volume_fail(volume, COR_MALFORMED, "a folder is corrupt");
        if (status == COR_OK)
            status = cor_volume_read_at(volume, at, name, entry.name_size);
        at += entry.name_size;
        if (status == COR_OK)
            status = cor_volume_add(volume, name, strnlen(name, entry.name_size), id);
    }
    return status;
}

static enum cor_status stat_file(struct cor_volume *volume, uint64_t id,
                                 struct cor_volume_file *ret_file)
{
    struct cramfs *cramfs = (struct cramfs *)volume;
    struct inode inode = {0};
    enum cor_status status = read_inode(cramfs, id, &inode);
    if (status != COR_OK)
        return status;
    ret_file->kind = cor_volume_kind_of_mode(inode.mode);
    ret_file->mode = inode.mode;
    ret_file->size = cramfs->file_size = inode.size;
    cramfs->pointers = inode.offset;
    cramfs->blocks = ((uint64_t)inode.size + BLOCK - 1) / BLOCK;
    cramfs->held = 0;
    return COR_OK;
}

static enum cor_status pointer(struct cramfs *cramfs, uint64_t number, uint32_t *ret_pointer)
{
    unsigned char raw[4];
    enum cor_status status =
        cor_volume_read_at(&cramfs->volume, cramfs->pointers + 4 * number, raw, sizeof raw);
    if (status == COR_OK)
        *ret_pointer = word(cramfs, raw);
    return status;
}

struct place {
    uint64_t at, end;
    bool packed;
};

// A block ends where its pointer says, and begins where the one before ends.
static enum cor_status locate(struct cramfs *cramfs, uint64_t number, struct place *ret_place)
{
    uint32_t here, before = 0;
    unsigned char raw[2];
    enum cor_status status = pointer(cramfs, number, &here);
    if (status == COR_OK && number > 0)
        status = pointer(cramfs, number - 1, &before);
    if (status != COR_OK)
        return status;
    *ret_place = (struct place){cramfs->pointers + 4 * cramfs->blocks, here, true};
    if (number > 0)
        ret_place->at = before;
    if (!cramfs->extended)
        return COR_OK;
    ret_place->packed = !(here & UNCOMPRESSED);
    if (!(here & DIRECT) || (number > 0 && before & DIRECT))
        return cor_volume_fail(&cramfs->volume, COR_UNSUPPORTED,
                               "cramfs with a mixture of block pointers");
    ret_place->at = (uint64_t)(here & ~(UNCOMPRESSED | DIRECT)) * 4;
    ret_place->end = ret_place->at + BLOCK;
    if (!ret_place->packed)
        return COR_OK;
    status = cor_volume_read_at(&cramfs->volume, ret_place->at, raw, sizeof raw);
    ret_place->at += 2;
    ret_place->end = ret_place->at + (cramfs->big ? (uint32_t)raw[0] << 8 | raw[1] : cor_le16(raw));
    return status;
}

static enum cor_status unpack(struct cramfs *cramfs, uint64_t number)
{
    struct place place;
    uint64_t left = cramfs->file_size - number * BLOCK;
    uLongf wanted = left < BLOCK ? (uLongf)left : BLOCK, got = BLOCK;
    enum cor_status status = locate(cramfs, number, &place);
    if (status != COR_OK)
        return status;
    if (place.end < place.at || place.end - place.at > LARGEST_PACKED)
        return cor_volume_fail(&cramfs->volume, COR_MALFORMED, "a block's length makes no sense");
    size_t size = (size_t)(place.end - place.at);
    if (!place.packed)
        size = wanted;
    cramfs->plain_size = wanted;
    if (size == 0) {
        memset(cramfs->plain, 0, sizeof cramfs->plain);
        return COR_OK;
    }
    unsigned char *to = place.packed ? cramfs->packed : cramfs->plain;
    status = cor_volume_read_at(&cramfs->volume, place.at, to, size);
    if (status == COR_OK && place.packed &&
        (uncompress(cramfs->plain, &got, cramfs->packed, size) != Z_OK || got != wanted))
        status = cor_volume_fail(&cramfs->volume, COR_MALFORMED, "a compressed block is corrupt");
    return status;
}

static enum cor_status read_file(struct cor_volume *volume, uint64_t at, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct cramfs *cramfs = (struct cramfs *)volume;
    uint64_t number = at / BLOCK;
    if (cramfs->held != number + 1) {
        cramfs->held = 0;
        enum cor_status status = unpack(cramfs, number);
        if (status != COR_OK)
            return status;
        cramfs->held = number + 1;
    }
    size_t skip = (size_t)(at % BLOCK), there = cramfs->plain_size - skip;
    *ret_got = size < there ? size : there;
    memcpy(buffer, cramfs->plain + skip, *ret_got);
    return COR_OK;
}

static struct cor_container *open_cramfs(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_volume_kind kind = {.size = sizeof(struct cramfs),
                                                .begin = begin,
                                                .list = list,
                                                .stat = stat_file,
                                                .read = read_file};
    (void)format;
    return cor_volume_open(&kind, below);
}

// At the beginning, or behind room for a boot sector.
static unsigned bid(const unsigned char *head, size_t size)
{
    for (size_t at = 0; at <= 512 && at + SUPER <= size; at += 512)
        if ((cor_le32(head + at) == MAGIC || cor_be32(head + at) == MAGIC) &&
            memcmp(head + at + 16, "Compressed ROMFS", 16) == 0)
            return 80;
    return 0;
}

const struct cor_format cor_format_cramfs = {
    .name = "cramfs", .bid = bid, .open = open_cramfs, .seeks = true};
