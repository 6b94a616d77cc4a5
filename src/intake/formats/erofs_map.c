// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The index of a packed file: one entry for each logical cluster. A cluster is the head of a run,
// which begins somewhere in it, or belongs to the run before. Entries take 8 bytes each, or, in
// the compact index, 4 or 2 bytes on average, in packs that share one block number.
#include <string.h>

#include "intake/formats/erofs.h"

enum { MAP_HEADER = 8, PLAIN = 0, HEAD1 = 1, NONHEAD = 2, HEAD2 = 3 };
enum {
    COMPACT_2B = 0x1,
    BIG_CLUSTER_1 = 0x2,
    BIG_CLUSTER_2 = 0x4,
    TAIL_INLINE = 0x8,
    ROTATED = 0x10,
    FRAGMENT = 0x20,
    BLOCK_COUNT = 0x800,
    WHOLE_IS_FRAGMENT = 0x80
};

struct entry {
    unsigned type;
    uint32_t offset; // of the run's begin in the cluster; of others: the distance back, or a count
    uint32_t block;  // of heads
    bool counts;     // `offset` is the number of blocks that the run takes
};

struct map {
    struct cor_erofs *erofs;
    struct cor_erofs_file *file;
    uint32_t advise, algorithms, cluster_bits, tail_size;
    bool compact;
    uint64_t table, count, end; // of the entries
    uint64_t packs[3];          // how many entries are in packs of 4, 2, 4 bytes each
};

static uint64_t aligned(uint64_t value, uint64_t to)
{
    return (value + to - 1) & ~(to - 1);
}

static enum cor_status corrupt(struct map *map)
{
    return cor_volume_fail(&map->erofs->volume, COR_MALFORMED, "the index of a file is corrupt");
}

static enum cor_status read_full(struct map *map, uint64_t number, struct entry *ret_entry)
{
    unsigned char raw[8];
    enum cor_status status =
        cor_volume_read_at(&map->erofs->volume, map->table + number * 8, raw, sizeof raw);
    *ret_entry = (struct entry){
        .type = cor_le16(raw) & 3, .offset = cor_le16(raw + 2), .block = cor_le32(raw + 4)};
    if (ret_entry->type == NONHEAD) {
        ret_entry->offset = cor_le16(raw + 4);
        ret_entry->counts = ret_entry->offset & BLOCK_COUNT;
        ret_entry->offset &= ~(uint32_t)BLOCK_COUNT;
    }
    return status;
}

// One pack: so many entries of so many bits, and the number of a block.
struct pack {
    unsigned char raw[32];
    size_t count, bits;
};

static uint32_t bits_of(const struct pack *pack, size_t number)
{
    size_t at = number * pack->bits;
    uint32_t value = 0;
    for (size_t i = 0; i < 4 && at / 8 + i < sizeof pack->raw; i++)
        value |= (uint32_t)pack->raw[at / 8 + i] << (8 * i);
    return value >> (at % 8) & ((UINT32_C(1) << pack->bits) - 1);
}

// The blocks of the heads in front of this one in the pack, and its own.
static enum cor_status blocks_before(struct map *map, const struct pack *pack, size_t number,
                                     uint32_t *ret_blocks)
{
    bool big = map->advise & (BIG_CLUSTER_1 | BIG_CLUSTER_2);
    uint32_t mask = (UINT32_C(1) << map->cluster_bits) - 1, blocks = big ? 0 : 1;
    int64_t i = (int64_t)number;
    while (i > 0) {
        uint32_t value = bits_of(pack, (size_t)--i), low = value & mask;
        if ((value >> map->cluster_bits & 3) != NONHEAD) {
            blocks++;
            continue;
        }
        if (!big) {
            i -= low;
            blocks += i >= 0;
        } else if (low & BLOCK_COUNT) {
            i--;
            blocks += low & ~(uint32_t)BLOCK_COUNT;
        } else if (low <= 1)
            return corrupt(map);
        else
            i -= (int64_t)low - 2;
    }
    *ret_blocks = blocks;
    return COR_OK;
}

static enum cor_status read_compact(struct map *map, uint64_t number, struct entry *ret_entry)
{
    struct pack pack = {.count = 2, .bits = 16};
    uint64_t at = map->table, inside = number;
    if (inside >= map->packs[0]) {
        at += map->packs[0] * 4;
        inside -= map->packs[0];
        if (inside < map->packs[1])
            pack.count = 16, pack.bits = 14;
        else {
            at += map->packs[1] * 2;
            inside -= map->packs[1];
        }
    }
    size_t size = pack.count == 16 ? 32 : 8, here = (size_t)(inside % pack.count);
    at += inside / pack.count * size;
    enum cor_status status = cor_volume_read_at(&map->erofs->volume, at, pack.raw, size);
    if (status != COR_OK)
        return status;
    map->end = at + size;
    uint32_t value = bits_of(&pack, here), low = value & ((UINT32_C(1) << map->cluster_bits) - 1);
    *ret_entry = (struct entry){.type = value >> map->cluster_bits & 3, .offset = low};
    if (ret_entry->type == NONHEAD) {
        // The last of a pack tells the distance forwards, which nobody needs here.
        ret_entry->counts = low & BLOCK_COUNT;
        ret_entry->offset = low & ~(uint32_t)BLOCK_COUNT;
        return COR_OK;
    }
    uint32_t blocks = 0;
    status = blocks_before(map, &pack, here, &blocks);
    ret_entry->block = cor_le32(pack.raw + size - 4) + blocks;
    return status;
}

static enum cor_status read_entry(struct map *map, uint64_t number, struct entry *ret_entry)
{
    if (map->compact)
        return read_compact(map, number, ret_entry);
    map->end = map->table + (number + 1) * 8;
    return read_full(map, number, ret_entry);
}

static enum cor_status read_header(struct map *map)
{
    unsigned char raw[MAP_HEADER];
    struct cor_erofs_file *file = map->file;
    uint64_t at = aligned(file->inode.body, 8);
    enum cor_status status = cor_volume_read_at(&map->erofs->volume, at, raw, sizeof raw);
    if (status != COR_OK)
        return status;
    file->runs.count = file->next = 0;
    file->held = NULL;
    file->has_fragment = false;
    if (raw[7] & WHOLE_IS_FRAGMENT) {
        file->has_fragment = true;
        file->fragment_from = 0;
        file->fragment_at = ((uint64_t)cor_le32(raw + 4) << 32 | cor_le32(raw)) ^ UINT64_C(1) << 63;
        return COR_END;
    }
    map->advise = cor_le16(raw + 4);
    map->algorithms = raw[6];
    map->cluster_bits = map->erofs->block_bits + (raw[7] & 7);
    map->tail_size = map->advise & TAIL_INLINE ? cor_le16(raw + 2) : 0;
    file->has_fragment = map->advise & FRAGMENT;
    file->fragment_at = cor_le32(raw);
    map->table = at + MAP_HEADER + (map->compact ? 0 : 8);
    map->count = (file->inode.size + (UINT64_C(1) << map->cluster_bits) - 1) >> map->cluster_bits;
    return COR_OK;
}

// The first packs of 4 bytes an entry fill up to a multiple of 32; the rest has 2 bytes an entry
// as far as whole packs go.
static void find_packs(struct map *map)
{
    uint64_t first = (32 - map->table % 32) / 4 % 8;
    map->packs[0] = map->count;
    if (!(map->advise & COMPACT_2B) || first >= map->count)
        return;
    map->packs[0] = first;
    map->packs[1] = (map->count - first) & ~UINT64_C(15);
    map->packs[2] = map->count - map->packs[0] - map->packs[1];
}

static enum cor_status add_head(struct map *map, uint64_t number, const struct entry *entry)
{
    struct cor_erofs_file *file = map->file;
    uint64_t from = (number << map->cluster_bits) + entry->offset;
    uint64_t blocks = UINT64_C(1) << (map->cluster_bits - map->erofs->block_bits);
    if (entry->offset >= UINT32_C(1) << map->cluster_bits || from > file->inode.size ||
        (file->runs.count == 0 && from != 0))
        return corrupt(map);
    if (file->runs.count)
        file->runs.items[file->runs.count - 1].to = from;
    if (from == file->inode.size) // a head that only ends the run before
        return COR_OK;
    const struct cor_erofs_run run = {
        .from = from,
        .to = file->inode.size,
        .at = (uint64_t)entry->block << map->erofs->block_bits,
        .size = blocks << map->erofs->block_bits,
        .way = entry->type != PLAIN    ? COR_EROFS_PACKED
               : map->advise & ROTATED ? COR_EROFS_ROTATED
                                       : COR_EROFS_STORED,
        .algorithm = (uint8_t)(entry->type == HEAD2 ? map->algorithms >> 4 : map->algorithms & 15)};
    return cor_array_add(&file->runs, run) == COR_OK ? COR_OK
                                                     : cor_volume_no_memory(&map->erofs->volume);
}

static enum cor_status read_entries(struct map *map)
{
    struct cor_erofs_file *file = map->file;
    enum cor_status status = COR_OK;
    bool after_head = false;
    for (uint64_t i = 0; status == COR_OK && i < map->count; i++) {
        struct entry entry;
        status = read_entry(map, i, &entry);
        if (status != COR_OK)
            return status;
        if (entry.type != NONHEAD)
            status = add_head(map, i, &entry);
        else if (file->runs.count == 0)
            status = corrupt(map);
        else if (after_head && entry.counts)
            file->runs.items[file->runs.count - 1].size = (uint64_t)entry.offset
                                                          << map->erofs->block_bits;
        after_head = entry.type != NONHEAD;
    }
    return status;
}

enum cor_status cor_erofs_map(struct cor_erofs *erofs, struct cor_erofs_file *file)
{
    struct map map = {.erofs = erofs, .file = file, .compact = file->inode.layout == 3};
    enum cor_status status = read_header(&map);
    if (status == COR_END)
        return COR_OK;
    if (status != COR_OK)
        return status;
    if (map.count > erofs->volume.base.below->size / 2)
        return cor_volume_fail(&erofs->volume, COR_MALFORMED, "a file's size makes no sense");
    if (map.compact && map.cluster_bits > 14)
        return cor_volume_fail(&erofs->volume, COR_UNSUPPORTED, "an index of an unknown kind");
    if (map.compact)
        find_packs(&map);
    status = read_entries(&map);
    if (status != COR_OK || file->runs.count == 0)
        return status != COR_OK ? status : corrupt(&map);
    struct cor_erofs_run *last = &file->runs.items[file->runs.count - 1];
    if (file->has_fragment) {
        file->fragment_from = last->from;
        file->runs.count--;
    } else if (map.tail_size) {
        last->at = map.end;
        last->size = map.tail_size;
    }
    return COR_OK;
}
