// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/extents.h"

#include <string.h>

#include "base/checked.h"
#include "base/interrupt.h"

static uint64_t le64(const unsigned char *p)
{
    return (uint64_t)cor_le32(p + 4) << 32 | cor_le32(p);
}

static uint64_t be32(const unsigned char *p)
{
    return cor_be32(p);
}

static uint64_t product(uint64_t count, uint64_t unit)
{
    uint64_t end;
    return cor_mul_u64(count, unit, &end) ? end : 0;
}

static uint64_t sum(uint64_t a, uint64_t b)
{
    uint64_t end;
    return cor_add_u64(a, b, &end) ? end : 0;
}

uint64_t cor_extent_7z(const unsigned char *head, size_t size)
{
    return size < 32 ? 0 : sum(sum(le64(head + 12), le64(head + 20)), 32);
}

// Sectors of real mode, then the rest in paragraphs of 16 bytes.
uint64_t cor_extent_bzimage(const unsigned char *head, size_t size)
{
    if (size < 0x250)
        return 0;
    uint64_t sectors = head[0x1f1] ? head[0x1f1] : 4;
    return (sectors + 1) * 512 + (uint64_t)cor_le32(head + 0x1f4) * 16;
}

uint64_t cor_extent_cab(const unsigned char *head, size_t size)
{
    return size < 12 ? 0 : cor_le32(head + 8);
}

uint64_t cor_extent_iso9660(const unsigned char *head, size_t size)
{
    enum { VOLUME = 32768, BLOCKS = 80, BLOCK_SIZE = 128 };
    return size < VOLUME + 2048
               ? 0
               : product(cor_le32(head + VOLUME + BLOCKS), cor_le16(head + VOLUME + BLOCK_SIZE));
}

uint64_t cor_extent_exfat(const unsigned char *head, size_t size)
{
    return size < 512 || head[108] > 12 ? 0 : product(le64(head + 72), UINT64_C(1) << head[108]);
}

uint64_t cor_extent_ext(const unsigned char *head, size_t size)
{
    const unsigned char *super = head + 1024;
    if (size < 2048 || cor_le32(super + 24) > 6)
        return 0;
    bool wide = cor_le32(super + 96) & 0x80;
    uint64_t blocks = cor_le32(super + 4);
    if (wide)
        blocks |= (uint64_t)cor_le32(super + 0x150) << 32;
    return product(blocks, UINT64_C(1024) << cor_le32(super + 24));
}

uint64_t cor_extent_fat(const unsigned char *head, size_t size)
{
    if (size < 512)
        return 0;
    uint64_t sectors = cor_le16(head + 19);
    return product(sectors ? sectors : cor_le32(head + 32), cor_le16(head + 11));
}

uint64_t cor_extent_hfs_plus(const unsigned char *head, size_t size)
{
    return size < 2048 ? 0 : product(be32(head + 1024 + 44), be32(head + 1024 + 40));
}

// A copy of the first sector stands behind the last one.
uint64_t cor_extent_ntfs(const unsigned char *head, size_t size)
{
    return size < 512 ? 0 : product(sum(le64(head + 40), 1), cor_le16(head + 11));
}

uint64_t cor_extent_ubifs(const unsigned char *head, size_t size)
{
    return size < 44 ? 0 : product(cor_le32(head + 36), cor_le32(head + 40));
}

uint64_t cor_rar5_end(struct cor_stream *stream, uint64_t at)
{
    enum { END_MARK = 5, LONGEST = 64 };
    unsigned char mark[2];
    bool is_mark = cor_stream_read_at(stream, at, mark, sizeof mark) && mark[1] == END_MARK &&
                   mark[0] > 0 && mark[0] <= LONGEST;
    return is_mark && cor_range_fits(at + 1, mark[0], stream->size) ? at + 1 + mark[0] : at;
}

enum { DIRECTORY_END = 22, STEP = 64 << 10 };

// The directory must lie in front of its end, and begin like one.
static bool is_directory_end(struct cor_stream *stream, const unsigned char *end, uint64_t at)
{
    unsigned char magic[4];
    uint64_t size = cor_le32(end + 12);
    if (cor_le16(end + 10) == 0)
        return size == 0;
    if (cor_le16(end + 10) == 0xffff || size == UINT32_MAX)
        return true; // the large form stands in front
    return size <= at && cor_stream_read_at(stream, at - size, magic, sizeof magic) &&
           memcmp(magic, "PK\1\2", 4) == 0;
}

uint64_t cor_zip_end(struct cor_stream *stream)
{
    unsigned char bytes[STEP + DIRECTORY_END];
    for (uint64_t to = stream->size; to >= DIRECTORY_END && !cor_interrupted();) {
        uint64_t from = to > STEP ? to - STEP : 0;
        size_t size =
            (size_t)(stream->size - from < sizeof bytes ? stream->size - from : sizeof bytes);
        if (!cor_stream_read_at(stream, from, bytes, size))
            return 0;
        for (size_t i = size < DIRECTORY_END ? 0 : size - DIRECTORY_END + 1; i-- > 0;)
            if (memcmp(bytes + i, "PK\5\6", 4) == 0 &&
                is_directory_end(stream, bytes + i, from + i))
                return from + i + DIRECTORY_END + cor_le16(bytes + i + 20);
        if (from == 0)
            break;
        to = from;
    }
    return 0;
}
