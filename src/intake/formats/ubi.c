// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// UBI images (the kernel's drivers/mtd/ubi/ubi-media.h): erase blocks in any order, each with a
// header that says which block of which volume it is. A volume is a member that can be read at
// random.
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/array.h"
#include "base/checked.h"
#include "intake/formats/rows.h"

enum {
    HEADER = 64,
    STEP = 512,
    LARGEST_PEB = 8 << 20,
    STATIC = 2,
    RECORD = 172,
    LONGEST_NAME = 127
};
enum { RECORDS = 128 };
#define LAYOUT_VOLUME UINT32_C(0x7fffefff)

struct block {
    uint32_t volume, lnum, data_size, used, pad, sum;
    uint64_t sequence, at; // `at`: where its data begin in the image
    bool is_static, is_copy;
};

// A volume being read; its blocks are in order, one for each number.
struct volume_stream {
    struct cor_stream stream;
    const struct block *blocks;
    size_t count;
    uint64_t block_size, position;
};

struct ubi {
    struct cor_container base;
    uint64_t peb, data_at; // size of an erase block, and where data begin in each
    COR_ARRAY(struct block) blocks;
    size_t next;
    bool begun;
    struct cor_arena names;
    const char *name_of[RECORDS];
    struct volume_stream volume;
    bool cut, has_table;
    uint64_t stray; // erase blocks that are neither empty nor UBI's
};

static enum cor_status no_memory(struct ubi *ubi)
{
    return cor_container_fail(&ubi->base, COR_NOMEM, "out of memory");
}

static uint64_t be64(const unsigned char *p)
{
    return (uint64_t)cor_be32(p) << 32 | cor_be32(p + 4);
}

// CRC-32 that is not inverted at the end.
static bool sum_holds(const void *bytes, size_t size, uint32_t wanted)
{
    return ~(uint32_t)crc32(0, bytes, (uInt)size) == wanted;
}

static bool is_header(const unsigned char *raw, const char *magic)
{
    return memcmp(raw, magic, 4) == 0 && sum_holds(raw, HEADER - 4, cor_be32(raw + HEADER - 4));
}

// The image does not say how large erase blocks are: as large as the first two headers are apart.
static enum cor_status find_size(struct ubi *ubi)
{
    struct cor_stream *below = ubi->base.below;
    unsigned char raw[HEADER];
    if (!cor_stream_read_at(below, 0, raw, sizeof raw) || !is_header(raw, "UBI#"))
        return cor_container_fail(&ubi->base, COR_MALFORMED, "its first header is corrupt");
    ubi->data_at = cor_be32(raw + 20);
    uint64_t header_at = cor_be32(raw + 16);
    ubi->peb = below->size;
    for (uint64_t at = STEP; at <= LARGEST_PEB && at + HEADER <= below->size; at += STEP)
        if (at > ubi->data_at && cor_stream_read_at(below, at, raw, sizeof raw) &&
            is_header(raw, "UBI#") && cor_be32(raw + 20) == ubi->data_at) {
            ubi->peb = at;
            break;
        }
    if (ubi->peb == below->size)
        return cor_container_fail(&ubi->base, COR_TRUNCATED, "only one erase block, cut short");
    if (header_at < HEADER || header_at > ubi->data_at - HEADER || ubi->data_at < 2 * HEADER ||
        ubi->data_at >= ubi->peb)
        return cor_container_fail(&ubi->base, COR_MALFORMED, "its first header makes no sense");
    return COR_OK;
}

static enum cor_status take_block(struct ubi *ubi, uint64_t at, const unsigned char *raw)
{
    const struct block block = {.is_static = raw[5] == STATIC,
                                .is_copy = raw[6] == 1,
                                .volume = cor_be32(raw + 8),
                                .lnum = cor_be32(raw + 12),
                                .data_size = cor_be32(raw + 20),
                                .used = cor_be32(raw + 24),
                                .pad = cor_be32(raw + 28),
                                .sum = cor_be32(raw + 32),
                                .sequence = be64(raw + 40),
                                .at = at + ubi->data_at};
    if (block.pad >= ubi->peb - ubi->data_at || block.data_size > ubi->peb - ubi->data_at)
        return cor_container_fail(&ubi->base, COR_MALFORMED, "a block's length makes no sense");
    return cor_array_add(&ubi->blocks, block) == COR_OK ? COR_OK : no_memory(ubi);
}

static enum cor_status read_blocks(struct ubi *ubi)
{
    struct cor_stream *below = ubi->base.below;
    enum cor_status status = COR_OK;
    uint64_t count = below->size / ubi->peb;
    for (uint64_t i = 0; status == COR_OK && i < count; i++) {
        unsigned char raw[HEADER];
        uint64_t at = i * ubi->peb, end = at + ubi->peb;
        if (!cor_stream_read_at(below, at, raw, sizeof raw))
            return cor_container_fail(&ubi->base, COR_IO, "%s", below->reason);
        bool own = is_header(raw, "UBI#");
        uint64_t header_at = at + (own ? cor_be32(raw + 16) : 0);
        if (own && !cor_range_fits(header_at, HEADER, end))
            own = false;
        if (own && cor_stream_read_at(below, header_at, raw, sizeof raw) && is_header(raw, "UBI!"))
            status = take_block(ubi, at, raw);
        else
            ubi->stray += cor_stream_padding(below, own ? at + HEADER : at, end) < end;
    }
    // What is left is a block that was cut, or something else behind the image.
    ubi->base.end = below->size;
    ubi->cut = cor_stream_padding(below, count * ubi->peb, below->size) < below->size;
    return status;
}

static int block_order(const void *a, const void *b)
{
    const struct block *left = a, *right = b;
    if (left->volume != right->volume)
        return left->volume < right->volume ? -1 : 1;
    if (left->lnum != right->lnum)
        return left->lnum < right->lnum ? -1 : 1;
    return left->sequence > right->sequence ? -1 : left->sequence < right->sequence;
}

// Whether the block's data have their sum; blocks that were being copied, and those of static
// volumes, have one.
static bool data_hold(struct ubi *ubi, const struct block *block)
{
    unsigned char bytes[8192];
    uLong sum = 0;
    for (uint64_t at = 0; at < block->data_size;) {
        size_t step =
            block->data_size - at < sizeof bytes ? (size_t)(block->data_size - at) : sizeof bytes;
        if (!cor_stream_read_at(ubi->base.below, block->at + at, bytes, step))
            return false;
        sum = crc32(sum, bytes, (uInt)step);
        at += step;
    }
    return ~(uint32_t)sum == block->sum;
}

// Of several copies the newest counts, unless it was not finished.
static void drop_old_copies(struct ubi *ubi)
{
    size_t kept = 0;
    struct block *items = ubi->blocks.items;
    for (size_t i = 0; i < ubi->blocks.count; i++) {
        bool same = kept && items[kept - 1].volume == items[i].volume &&
                    items[kept - 1].lnum == items[i].lnum;
        if (!same)
            items[kept++] = items[i];
        else if (items[kept - 1].is_copy && !data_hold(ubi, &items[kept - 1]))
            items[kept - 1] = items[i];
    }
    ubi->blocks.count = kept;
}

static enum cor_status read_names(struct ubi *ubi)
{
    unsigned char record[RECORD];
    const struct block *table = NULL;
    for (size_t i = 0; !table && i < ubi->blocks.count; i++)
        if (ubi->blocks.items[i].volume == LAYOUT_VOLUME)
            table = &ubi->blocks.items[i];
    ubi->has_table = table != NULL;
    for (size_t i = 0; table && i < RECORDS; i++) {
        if ((i + 1) * RECORD > ubi->peb - ubi->data_at ||
            !cor_stream_read_at(ubi->base.below, table->at + i * RECORD, record, sizeof record))
            break;
        size_t size = (size_t)record[14] << 8 | record[15];
        if (!sum_holds(record, RECORD - 4, cor_be32(record + RECORD - 4)) || size == 0 ||
            size > LONGEST_NAME || memchr(record + 16, '/', size))
            continue;
        ubi->name_of[i] = cor_arena_text(&ubi->names, cor_slice((const char *)record + 16, size));
        if (!ubi->name_of[i])
            return no_memory(ubi);
    }
    return COR_OK;
}

static enum cor_status begin(struct ubi *ubi)
{
    ubi->begun = true;
    enum cor_status status = find_size(ubi);
    if (status == COR_OK)
        status = read_blocks(ubi);
    if (status != COR_OK)
        return status;
    if (ubi->blocks.count > 1)
        qsort(ubi->blocks.items, ubi->blocks.count, sizeof *ubi->blocks.items, block_order);
    drop_old_copies(ubi);
    return read_names(ubi);
}

static const struct block *find_block(const struct volume_stream *volume, uint64_t lnum)
{
    size_t low = 0, high = volume->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (volume->blocks[middle].lnum < lnum)
            low = middle + 1;
        else
            high = middle;
    }
    return low < volume->count && volume->blocks[low].lnum == lnum ? &volume->blocks[low] : NULL;
}

// Blocks that are not there read as erased flash.
static enum cor_status volume_at(struct cor_stream *stream, uint64_t offset, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct volume_stream *volume = (struct volume_stream *)stream;
    uint64_t left = offset < stream->size ? stream->size - offset : 0;
    size_t done = 0;
    if (size > left)
        size = (size_t)left;
    while (done < size) {
        uint64_t lnum = (offset + done) / volume->block_size;
        uint64_t skip = (offset + done) % volume->block_size;
        size_t step = volume->block_size - skip < size - done ? (size_t)(volume->block_size - skip)
                                                              : size - done;
        const struct block *block = find_block(volume, lnum);
        if (!block)
            memset(buffer + done, 0xff, step);
        else if (!cor_stream_read_at(stream->below, block->at + skip, buffer + done, step))
            return cor_stream_fail(stream, COR_TRUNCATED, "a block is cut short");
        done += step;
    }
    *ret_got = done;
    return COR_OK;
}

static enum cor_status volume_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                   size_t *ret_got)
{
    struct volume_stream *volume = (struct volume_stream *)stream;
    enum cor_status status = volume_at(stream, volume->position, buffer, size, ret_got);
    volume->position += *ret_got;
    return status;
}

static void volume_close(struct cor_stream *stream)
{
    (void)stream;
}

// What is wrong with a static volume: it is whole, and every block has a sum.
static const char *fault_of(struct ubi *ubi, const struct block *blocks, size_t count)
{
    if (!blocks->is_static)
        return NULL;
    if (blocks->used != count || blocks[count - 1].lnum + 1 != count)
        return "blocks of this volume are missing";
    for (size_t i = 0; i < count; i++)
        if (!data_hold(ubi, &blocks[i]))
            return "a block of this volume does not have the stored sum";
    return NULL;
}

static uint64_t size_of(const struct ubi *ubi, const struct block *blocks, size_t count)
{
    uint64_t block_size = ubi->peb - ubi->data_at - blocks->pad, size = 0;
    if (!blocks->is_static)
        return ((uint64_t)blocks[count - 1].lnum + 1) * block_size;
    for (size_t i = 0; i < count; i++)
        size = blocks[i].lnum * block_size + blocks[i].data_size;
    return size;
}

static enum cor_status describe(struct ubi *ubi, const struct block *blocks, size_t count,
                                struct cor_entry *ret_entry)
{
    uint32_t number = blocks->volume;
    const char *name = number < RECORDS && ubi->name_of[number]
                           ? ubi->name_of[number]
                           : cor_arena_printf(&ubi->names, "volume-%u", (unsigned)number);
    if (!name)
        return no_memory(ubi);
    cor_stream_reset(&ubi->volume.stream, size_of(ubi, blocks, count));
    ubi->volume.stream.meter = ubi->base.meter;
    ubi->volume.blocks = blocks;
    ubi->volume.count = count;
    ubi->volume.block_size = ubi->peb - ubi->data_at - blocks->pad;
    ubi->volume.position = 0;
    *ret_entry = (struct cor_entry){.name = name,
                                    .kind = COR_ENTRY_FILE,
                                    .data = &ubi->volume.stream,
                                    .unread_reason = fault_of(ubi, blocks, count)};
    ret_entry->sparse = ubi->volume.stream.size > ubi->base.below->size;
    ret_entry->unread = ret_entry->unread_reason ? COR_MALFORMED : COR_OK;
    return COR_OK;
}

static enum cor_status ubi_end(struct ubi *ubi)
{
    if (ubi->cut)
        return cor_container_fail(&ubi->base, COR_TRUNCATED, "its last erase block is cut short");
    if (!ubi->has_table)
        return cor_container_fail(&ubi->base, COR_TRUNCATED, "no table of volumes, cut short");
    return COR_END;
}

static enum cor_status ubi_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct ubi *ubi = (struct ubi *)base;
    enum cor_status status = ubi->begun ? COR_OK : begin(ubi);
    if (status != COR_OK)
        return status;
    const struct block *items = ubi->blocks.items;
    size_t first = ubi->next;
    if (first == ubi->blocks.count || items[first].volume >= LAYOUT_VOLUME)
        return ubi->stray == 0
                   ? ubi_end(ubi)
                   : cor_container_fail(base, COR_MALFORMED,
                                        "%llu erase blocks are neither empty nor a volume's",
                                        (unsigned long long)ubi->stray);
    while (ubi->next < ubi->blocks.count && items[ubi->next].volume == items[first].volume)
        ubi->next++;
    return describe(ubi, items + first, ubi->next - first, ret_entry);
}

static void ubi_close(struct cor_container *base)
{
    struct ubi *ubi = (struct ubi *)base;
    cor_array_dispose(&ubi->blocks);
    cor_arena_dispose(&ubi->names);
    cor_free(ubi->volume.stream.window);
    cor_free(ubi);
}

static struct cor_container *open_ubi(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_container_kind kind = {ubi_next, ubi_close};
    static const struct cor_stream_kind stream_kind = {volume_pull, volume_at, volume_close};
    struct ubi *ubi = cor_alloc_zero(1, sizeof *ubi);
    (void)format;
    if (!ubi)
        return NULL;
    ubi->base = (struct cor_container){.kind = &kind, .below = below};
    ubi->volume.stream = (struct cor_stream){.kind = &stream_kind, .below = below};
    cor_arena_init(&ubi->names);
    return &ubi->base;
}

const struct cor_format cor_format_ubi = {
    .name = "ubi", .magic = {0, 5, "UBI#\1"}, .open = open_ubi, .seeks = true};
