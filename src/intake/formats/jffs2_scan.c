// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// JFFS2 is a log: nodes with sums, at multiples of 4, anywhere in the image.
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/interrupt.h"
#include "intake/formats/jffs2.h"

enum { CHUNK = 256 << 10, HEADER = 12, DIRENT = 40, INODE = 68, LONGEST_NAME = 255 };
enum { TYPE_DIRENT = 0xe001, TYPE_INODE = 0xe002, IS_VALID = 0x2000, LARGEST_RUN = 16 << 20 };

static uint32_t half(const struct cor_jffs2 *jffs2, const unsigned char *at)
{
    return jffs2->big ? (uint32_t)at[0] << 8 | at[1] : cor_le16(at);
}

static uint32_t word(const struct cor_jffs2 *jffs2, const unsigned char *at)
{
    return jffs2->big ? cor_be32(at) : cor_le32(at);
}

// CRC-32 that begins with 0 and is not inverted at the end.
static uint32_t sum_of(const void *bytes, size_t size)
{
    return ~(uint32_t)crc32(UINT32_MAX, bytes, (uInt)size);
}

static enum cor_status take_dirent(struct cor_jffs2 *jffs2, const unsigned char *node, uint64_t at,
                                   size_t size)
{
    size_t name_size = node[28];
    char name[LONGEST_NAME + 1];
    if (size < DIRENT + name_size || word(jffs2, node + 32) != sum_of(node, 32)) {
        jffs2->damaged++;
        return COR_OK;
    }
    enum cor_status status = cor_volume_read_at(&jffs2->volume, at + DIRENT, name, name_size);
    if (status != COR_OK)
        return status;
    if (word(jffs2, node + 36) != sum_of(name, name_size)) {
        jffs2->damaged++;
        return COR_OK;
    }
    const struct cor_jffs2_dirent dirent = {
        .parent = word(jffs2, node + 12),
        .version = word(jffs2, node + 16),
        .ino = word(jffs2, node + 20),
        .name = cor_arena_text(&jffs2->volume.tree.names, cor_slice(name, name_size)),
        .name_size = name_size};
    if (!dirent.name || cor_array_add(&jffs2->dirents, dirent) != COR_OK)
        return cor_volume_no_memory(&jffs2->volume);
    return COR_OK;
}

static enum cor_status take_inode(struct cor_jffs2 *jffs2, const unsigned char *node, uint64_t at,
                                  size_t size)
{
    const struct cor_jffs2_run run = {.ino = word(jffs2, node + 12),
                                      .version = word(jffs2, node + 16),
                                      .mode = word(jffs2, node + 20),
                                      .file_size = word(jffs2, node + 28),
                                      .offset = word(jffs2, node + 44),
                                      .packed_size = word(jffs2, node + 48),
                                      .plain_size = word(jffs2, node + 52),
                                      .compression = node[56],
                                      .data_at = at + INODE};
    bool holds = word(jffs2, node + 64) == sum_of(node, 60) && size - INODE >= run.packed_size &&
                 (run.compression == COR_JFFS2_ZERO || run.plain_size <= LARGEST_RUN) &&
                 run.offset <= UINT32_MAX - run.plain_size;
    if (!holds) {
        jffs2->damaged++;
        return COR_OK;
    }
    return cor_array_add(&jffs2->runs, run) == COR_OK ? COR_OK
                                                      : cor_volume_no_memory(&jffs2->volume);
}

// Whether a node begins here; then its length.
static size_t node_at(const struct cor_jffs2 *jffs2, const unsigned char *bytes)
{
    if (half(jffs2, bytes) != 0x1985 || word(jffs2, bytes + 8) != sum_of(bytes, 8))
        return 0;
    size_t size = word(jffs2, bytes + 4);
    return size >= HEADER ? size : 0;
}

static enum cor_status take_node(struct cor_jffs2 *jffs2, const unsigned char *head, uint64_t at,
                                 size_t size)
{
    unsigned char node[INODE];
    uint32_t type = half(jffs2, head + 2);
    size_t wanted = type == TYPE_DIRENT ? DIRENT : type == TYPE_INODE ? INODE : HEADER;
    // What the kernel marked as obsolete is another type.
    if (wanted == HEADER)
        return COR_OK;
    if (size < wanted) {
        jffs2->damaged++;
        return COR_OK;
    }
    enum cor_status status = cor_volume_read_at(&jffs2->volume, at, node, wanted);
    if (status != COR_OK)
        return status;
    return type == TYPE_DIRENT ? take_dirent(jffs2, node, at, size)
                               : take_inode(jffs2, node, at, size);
}

static bool is_padding(const unsigned char *bytes)
{
    return memcmp(bytes, "\xff\xff\xff\xff", 4) == 0 || memcmp(bytes, "\0\0\0\0", 4) == 0;
}

// Nodes within `chunk`, which stands at `from`; *ret_next is where to go on.
static enum cor_status scan_chunk(struct cor_jffs2 *jffs2, const unsigned char *chunk, size_t got,
                                  uint64_t from, uint64_t *stray, uint64_t *ret_next)
{
    struct cor_volume *volume = &jffs2->volume;
    enum cor_status status = COR_OK;
    size_t at = 0;
    while (status == COR_OK && at + HEADER <= got) {
        size_t size = node_at(jffs2, chunk + at);
        if (!size) {
            *stray += is_padding(chunk + at) ? 0 : 4;
            at += 4;
            continue;
        }
        if (!cor_range_fits(from + at, size, volume->base.below->size))
            return cor_volume_fail(volume, COR_TRUNCATED, "a node is cut short");
        status = take_node(jffs2, chunk + at, from + at, size);
        jffs2->stray += *stray; // what follows the last node is told as a trailer
        *stray = 0;
        volume->base.end = from + at + size;
        at += (size + 3) & ~(size_t)3;
        if (at >= got)
            break;
    }
    *ret_next = from + at;
    return status;
}

static enum cor_status scan(struct cor_jffs2 *jffs2, unsigned char *chunk)
{
    struct cor_stream *below = jffs2->volume.base.below;
    enum cor_status status = COR_OK;
    uint64_t stray = 0;
    for (uint64_t at = 0; status == COR_OK && at + HEADER <= below->size;) {
        size_t size = below->size - at < CHUNK ? (size_t)(below->size - at) : CHUNK;
        if (cor_interrupted())
            return cor_volume_fail(&jffs2->volume, COR_INTERRUPTED, "interrupted");
        status = cor_volume_read_at(&jffs2->volume, at, chunk, size);
        if (status == COR_OK && at == 0)
            jffs2->big = chunk[0] == 0x19;
        if (status == COR_OK)
            status = scan_chunk(jffs2, chunk, size, at, &stray, &at);
    }
    return status;
}

static int dirent_order(const void *a, const void *b)
{
    const struct cor_jffs2_dirent *left = a, *right = b;
    if (left->parent != right->parent)
        return left->parent < right->parent ? -1 : 1;
    int order = cor_slice_order(cor_slice(left->name, left->name_size),
                                cor_slice(right->name, right->name_size));
    if (order)
        return order;
    return left->version < right->version ? -1 : left->version > right->version;
}

static int run_order(const void *a, const void *b)
{
    const struct cor_jffs2_run *left = a, *right = b;
    if (left->ino != right->ino)
        return left->ino < right->ino ? -1 : 1;
    if (left->offset != right->offset)
        return left->offset < right->offset ? -1 : 1;
    return left->version < right->version ? -1 : left->version > right->version;
}

static enum cor_status make_inodes(struct cor_jffs2 *jffs2)
{
    uint32_t newest = 0;
    for (size_t i = 0; i < jffs2->runs.count; i++) {
        const struct cor_jffs2_run *run = &jffs2->runs.items[i];
        size_t count = jffs2->inodes.count;
        if (count == 0 || jffs2->inodes.items[count - 1].ino != run->ino) {
            const struct cor_jffs2_inode inode = {.ino = run->ino, .first = i};
            if (cor_array_add(&jffs2->inodes, inode) != COR_OK)
                return cor_volume_no_memory(&jffs2->volume);
            newest = 0;
            count++;
        }
        struct cor_jffs2_inode *inode = &jffs2->inodes.items[count - 1];
        if (inode->count++ == 0 || run->version >= newest) {
            newest = run->version;
            inode->mode = run->mode;
            inode->size = run->file_size;
        }
    }
    return COR_OK;
}

enum cor_status cor_jffs2_scan(struct cor_jffs2 *jffs2)
{
    unsigned char *chunk = cor_alloc(CHUNK);
    enum cor_status status = chunk ? scan(jffs2, chunk) : cor_volume_no_memory(&jffs2->volume);
    cor_free(chunk);
    if (status == COR_TRUNCATED) { // what there is counts
        jffs2->damaged++;
        jffs2->volume.failure = COR_OK;
        status = COR_OK;
    }
    if (status != COR_OK)
        return status;
    if (jffs2->dirents.count > 1)
        qsort(jffs2->dirents.items, jffs2->dirents.count, sizeof *jffs2->dirents.items,
              dirent_order);
    if (jffs2->runs.count > 1)
        qsort(jffs2->runs.items, jffs2->runs.count, sizeof *jffs2->runs.items, run_order);
    return make_inodes(jffs2);
}
