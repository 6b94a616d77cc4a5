// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// UBIFS (the kernel's fs/ubifs/ubifs-media.h): a tree of index nodes leads to nodes that are
// inodes, names and blocks of 4096 bytes. What stands in the journal alone is not read, and told.
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "intake/formats/rows.h"
#include "intake/formats/extents.h"
#include "intake/formats/ubifs.h"

enum { ROOT = 1, MASTER_LEB = 1, LOG_LEB = 3, DEEPEST = 32 };
enum { INODE_NODE = 160, DENT_NODE = 56, DATA_NODE = 48, MASTER_NODE = 512, SUPER_NODE = 4096 };
enum { CRYPTED = 0x40, MOST_NODE = 1 << 20 };

static uint64_t le64(const unsigned char *p)
{
    return (uint64_t)cor_le32(p + 4) << 32 | cor_le32(p);
}

bool cor_ubifs_is_node(const unsigned char *raw, size_t size)
{
    uint32_t length = size >= COR_UBIFS_HEADER ? cor_le32(raw + 16) : 0;
    return length >= COR_UBIFS_HEADER && length <= size &&
           memcmp(raw, "\x31\x18\x10\x06", 4) == 0 &&
           ~(uint32_t)crc32(0, raw + 8, length - 8) == cor_le32(raw + 4);
}

static enum cor_status room(struct cor_ubifs *ubifs, size_t size)
{
    if (size <= ubifs->node_room)
        return COR_OK;
    unsigned char *wider = cor_realloc(ubifs->node, size, 1);
    if (!wider)
        return cor_volume_no_memory(&ubifs->volume);
    ubifs->node = wider;
    ubifs->node_room = size;
    return COR_OK;
}

// Reads a node of this type into `node`; its sum is checked.
static enum cor_status read_node(struct cor_ubifs *ubifs, const struct cor_ubifs_leaf *leaf,
                                 unsigned type, size_t least)
{
    uint64_t at = (uint64_t)leaf->lnum * ubifs->leb_size + leaf->offset;
    if (leaf->size < least || leaf->size > MOST_NODE ||
        !cor_range_fits(leaf->offset, leaf->size, ubifs->leb_size))
        return cor_volume_fail(&ubifs->volume, COR_MALFORMED, "a node's length makes no sense");
    enum cor_status status = room(ubifs, leaf->size);
    if (status == COR_OK)
        status = cor_volume_read_at(&ubifs->volume, at, ubifs->node, leaf->size);
    if (status == COR_OK && (!cor_ubifs_is_node(ubifs->node, leaf->size) ||
                             ubifs->node[20] != type || cor_le32(ubifs->node + 16) < least))
        status = cor_volume_fail(&ubifs->volume, COR_MALFORMED,
                                 "the node at offset %llu does not have the stored sum",
                                 (unsigned long long)at);
    return status;
}

static enum cor_status read_super(struct cor_ubifs *ubifs)
{
    struct cor_ubifs_leaf super = {.size = SUPER_NODE};
    ubifs->leb_size = SUPER_NODE;
    enum cor_status status = read_node(ubifs, &super, COR_UBIFS_SUPER, 108);
    if (status != COR_OK)
        return status;
    ubifs->leb_size = cor_le32(ubifs->node + 36);
    ubifs->size = ubifs->leb_size * cor_le32(ubifs->node + 40);
    uint32_t version = cor_le32(ubifs->node + 80);
    if (ubifs->node[27] != 0 || version > 5)
        return cor_volume_fail(&ubifs->volume, COR_UNSUPPORTED, "UBIFS of an unknown version");
    if (ubifs->leb_size < SUPER_NODE || ubifs->leb_size > 64 << 20)
        return cor_volume_fail(&ubifs->volume, COR_MALFORMED, "its block size makes no sense");
    return COR_OK;
}

// The last one written counts.
static enum cor_status read_master(struct cor_ubifs *ubifs, struct cor_ubifs_leaf *ret_root,
                                   uint32_t *ret_log)
{
    unsigned char raw[MASTER_NODE];
    bool found = false;
    for (uint32_t leb = MASTER_LEB; !found && leb < MASTER_LEB + 2; leb++)
        for (uint64_t at = 0; at + sizeof raw <= ubifs->leb_size; at += 8) {
            if (!cor_stream_read_at(ubifs->volume.base.below, leb * ubifs->leb_size + at, raw,
                                    sizeof raw))
                break;
            if (memcmp(raw, "\x31\x18\x10\x06", 4) != 0)
                continue;
            if (!cor_ubifs_is_node(raw, sizeof raw) || raw[20] != COR_UBIFS_MASTER)
                continue;
            found = true;
            *ret_log = cor_le32(raw + 44);
            *ret_root = (struct cor_ubifs_leaf){.lnum = cor_le32(raw + 48),
                                                .offset = cor_le32(raw + 52),
                                                .size = cor_le32(raw + 56)};
        }
    return found ? COR_OK
                 : cor_volume_fail(&ubifs->volume, COR_MALFORMED, "no master node is sound");
}

struct level {
    struct cor_ubifs_leaf node;
    uint32_t level;
};

// The tree is walked with a stack: deeper nodes are of a lower level each, and there cannot be
// more of them than the image has room for.
static enum cor_status take_index(struct cor_ubifs *ubifs, const struct level *at,
                                  struct cor_ubifs_stack *stack)
{
    enum cor_status status = read_node(ubifs, &at->node, COR_UBIFS_INDEX, 28);
    if (status != COR_OK)
        return status;
    size_t count = cor_le16(ubifs->node + 24), level = cor_le16(ubifs->node + 26);
    size_t branch = count ? (cor_le32(ubifs->node + 16) - 28) / count : 20;
    if (branch < 20 || level > DEEPEST || (at->level != UINT32_MAX && level != at->level))
        return cor_volume_fail(&ubifs->volume, COR_MALFORMED, "the index is corrupt");
    for (size_t i = 0; i < count; i++) {
        const unsigned char *raw = ubifs->node + 28 + i * branch;
        const struct cor_ubifs_leaf leaf = {.lnum = cor_le32(raw),
                                            .offset = cor_le32(raw + 4),
                                            .size = cor_le32(raw + 8),
                                            .ino = cor_le32(raw + branch - 8),
                                            .key = cor_le32(raw + branch - 4),
                                            .level = level ? (uint32_t)level - 1 : 0};
        if (level ? cor_array_add(stack, leaf) != COR_OK
                  : cor_array_add(&ubifs->leaves, leaf) != COR_OK)
            return cor_volume_no_memory(&ubifs->volume);
    }
    return COR_OK;
}

static enum cor_status read_index(struct cor_ubifs *ubifs, const struct cor_ubifs_leaf *root)
{
    struct cor_ubifs_stack stack = {0};
    uint64_t left = ubifs->volume.base.below->size / 28;
    struct level at = {*root, UINT32_MAX};
    enum cor_status status = take_index(ubifs, &at, &stack);
    while (status == COR_OK && stack.count) {
        at.node = stack.items[--stack.count];
        at.level = at.node.level;
        if (left-- == 0 || ubifs->leaves.count > ubifs->volume.base.below->size / 20) {
            status = cor_volume_fail(&ubifs->volume, COR_MALFORMED, "the index is endless");
            break;
        }
        status = take_index(ubifs, &at, &stack);
        // What other branches lead to is still read.
        if (status == COR_MALFORMED || status == COR_TRUNCATED) {
            ubifs->lost_branches++;
            ubifs->volume.failure = COR_OK;
            status = COR_OK;
        }
    }
    cor_array_dispose(&stack);
    return status;
}

static int leaf_order(const void *a, const void *b)
{
    const struct cor_ubifs_leaf *left = a, *right = b;
    if (left->ino != right->ino)
        return left->ino < right->ino ? -1 : 1;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    if (left->lnum != right->lnum)
        return left->lnum < right->lnum ? -1 : 1;
    return left->offset < right->offset ? -1 : left->offset > right->offset;
}

// Whether blocks of the journal that the log names hold nodes.
static bool has_journal(struct cor_ubifs *ubifs, uint32_t log)
{
    struct cor_stream *below = ubifs->volume.base.below;
    unsigned char raw[64], node[COR_UBIFS_HEADER];
    uint64_t begin = (uint64_t)log * ubifs->leb_size;
    for (uint64_t at = 0; at + sizeof raw <= ubifs->leb_size; at += 8) {
        if (!cor_stream_read_at(below, begin + at, raw, sizeof raw))
            return false;
        if (!cor_ubifs_is_node(raw, sizeof raw) || raw[20] != COR_UBIFS_REFERENCE)
            continue;
        uint64_t bud = (uint64_t)cor_le32(raw + 24) * ubifs->leb_size + cor_le32(raw + 28);
        if (cor_stream_read_at(below, bud, node, sizeof node) &&
            memcmp(node, "\x31\x18\x10\x06", 4) == 0)
            return true;
    }
    return false;
}

static void tell_faults(struct cor_ubifs *ubifs, uint32_t log)
{
    struct cor_volume *volume = &ubifs->volume;
    bool journal = log >= LOG_LEB && has_journal(ubifs, log);
    bool cut = ubifs->size > volume->base.below->size;
    if (!journal && !cut && !ubifs->lost_branches)
        return;
    volume->late = cut ? COR_TRUNCATED : journal ? COR_UNSUPPORTED : COR_MALFORMED;
    const char *text = cut       ? "the file system is cut short"
                       : journal ? "its journal holds changes that are not read"
                                 : "a part of the index is corrupt";
    memcpy(volume->late_reason, text, strlen(text) + 1);
}

static enum cor_status begin(struct cor_volume *volume, uint64_t *ret_root)
{
    struct cor_ubifs *ubifs = (struct cor_ubifs *)volume;
    struct cor_ubifs_leaf root;
    uint32_t log;
    enum cor_status status = read_super(ubifs);
    if (status == COR_OK)
        status = read_master(ubifs, &root, &log);
    if (status == COR_OK)
        status = read_index(ubifs, &root);
    if (status != COR_OK)
        return status;
    if (ubifs->leaves.count > 1)
        qsort(ubifs->leaves.items, ubifs->leaves.count, sizeof *ubifs->leaves.items, leaf_order);
    tell_faults(ubifs, log);
    *ret_root = ROOT;
    return COR_OK;
}

// The first leaf of this inode whose key is not less.
static size_t first_leaf(const struct cor_ubifs *ubifs, uint64_t ino, uint32_t key)
{
    size_t low = 0, high = ubifs->leaves.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cor_ubifs_leaf *leaf = &ubifs->leaves.items[middle];
        if (leaf->ino < ino || (leaf->ino == ino && leaf->key < key))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum cor_status list(struct cor_volume *volume, uint64_t folder)
{
    struct cor_ubifs *ubifs = (struct cor_ubifs *)volume;
    enum cor_status status = COR_OK;
    const uint32_t first = (uint32_t)COR_UBIFS_DENT << 29, end = first + (UINT32_C(1) << 29);
    for (size_t i = first_leaf(ubifs, folder, first); status == COR_OK && i < ubifs->leaves.count;
         i++) {
        const struct cor_ubifs_leaf *leaf = &ubifs->leaves.items[i];
        if (leaf->ino != folder || leaf->key >= end)
            break;
        status = read_node(ubifs, leaf, COR_UBIFS_DENT, DENT_NODE);
        if (status != COR_OK)
            break;
        size_t size = cor_le16(ubifs->node + 50);
        if (DENT_NODE + size > cor_le32(ubifs->node + 16))
            return cor_volume_fail(volume, COR_MALFORMED, "a name makes no sense");
        status = cor_volume_add(volume, (const char *)ubifs->node + DENT_NODE, size,
                                le64(ubifs->node + 40));
    }
    return status;
}

// The target of a symbolic link stands behind its inode.
static enum cor_status take_target(struct cor_ubifs *ubifs, struct cor_volume_file *ret_file)
{
    size_t size = cor_le32(ubifs->node + 112);
    if (size > COR_UBIFS_BLOCK || INODE_NODE + size > cor_le32(ubifs->node + 16))
        return cor_volume_fail(&ubifs->volume, COR_MALFORMED, "a link makes no sense");
    memset(ubifs->plain, 0, sizeof ubifs->plain);
    memcpy(ubifs->plain, ubifs->node + INODE_NODE, size);
    ubifs->held = 1;
    ret_file->size = ubifs->file_size = size;
    return COR_OK;
}

static enum cor_status stat_file(struct cor_volume *volume, uint64_t id,
                                 struct cor_volume_file *ret_file)
{
    struct cor_ubifs *ubifs = (struct cor_ubifs *)volume;
    size_t first = first_leaf(ubifs, id, 0);
    if (first == ubifs->leaves.count || ubifs->leaves.items[first].ino != id ||
        ubifs->leaves.items[first].key >> 29 != COR_UBIFS_INODE)
        return cor_volume_fail(volume, COR_MALFORMED, "a name without an inode");
    enum cor_status status =
        read_node(ubifs, &ubifs->leaves.items[first], COR_UBIFS_INODE, INODE_NODE);
    if (status != COR_OK)
        return status;
    if (cor_le32(ubifs->node + 108) & CRYPTED)
        return cor_volume_fail(volume, COR_ENCRYPTED, "encrypted");
    ubifs->ino = (uint32_t)id;
    ubifs->held = 0;
    ret_file->mode = cor_le32(ubifs->node + 104);
    ret_file->kind = cor_volume_kind_of_mode(ret_file->mode);
    ret_file->size = ubifs->file_size = le64(ubifs->node + 48);
    if (ret_file->kind == COR_ENTRY_SYMLINK)
        return take_target(ubifs, ret_file);
    // Blocks that are not there are holes.
    size_t blocks = first_leaf(ubifs, id, (uint32_t)COR_UBIFS_DENT << 29) -
                    first_leaf(ubifs, id, (uint32_t)COR_UBIFS_DATA << 29);
    ret_file->sparse = ret_file->size > (uint64_t)blocks * COR_UBIFS_BLOCK;
    return COR_OK;
}

static enum cor_status take_block(struct cor_ubifs *ubifs, uint64_t number)
{
    const uint32_t key = (uint32_t)COR_UBIFS_DATA << 29 | (uint32_t)number;
    size_t at = first_leaf(ubifs, ubifs->ino, key);
    memset(ubifs->plain, 0, sizeof ubifs->plain);
    if (number >> 29 || at == ubifs->leaves.count || ubifs->leaves.items[at].ino != ubifs->ino ||
        ubifs->leaves.items[at].key != key)
        return COR_OK;
    enum cor_status status = read_node(ubifs, &ubifs->leaves.items[at], COR_UBIFS_DATA, DATA_NODE);
    if (status != COR_OK)
        return status;
    size_t size = cor_le32(ubifs->node + 40), packed = cor_le32(ubifs->node + 16) - DATA_NODE;
    if (size > COR_UBIFS_BLOCK)
        return cor_volume_fail(&ubifs->volume, COR_MALFORMED, "a block's length makes no sense");
    return cor_ubifs_unpack(ubifs, cor_le16(ubifs->node + 44), ubifs->node + DATA_NODE, packed,
                            size);
}

static enum cor_status read_file(struct cor_volume *volume, uint64_t at, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct cor_ubifs *ubifs = (struct cor_ubifs *)volume;
    uint64_t number = at / COR_UBIFS_BLOCK;
    if (ubifs->held != number + 1) {
        ubifs->held = 0;
        enum cor_status status = take_block(ubifs, number);
        if (status != COR_OK)
            return status;
        ubifs->held = number + 1;
    }
    size_t skip = (size_t)(at % COR_UBIFS_BLOCK), there = COR_UBIFS_BLOCK - skip;
    *ret_got = size < there ? size : there;
    memcpy(buffer, ubifs->plain + skip, *ret_got);
    return COR_OK;
}

static void dispose(struct cor_volume *volume)
{
    struct cor_ubifs *ubifs = (struct cor_ubifs *)volume;
    cor_array_dispose(&ubifs->leaves);
    cor_free(ubifs->node);
}

static struct cor_container *open_ubifs(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_volume_kind kind = {.size = sizeof(struct cor_ubifs),
                                                .begin = begin,
                                                .list = list,
                                                .stat = stat_file,
                                                .read = read_file,
                                                .dispose = dispose};
    (void)format;
    return cor_volume_open(&kind, below);
}

static unsigned bid(const unsigned char *head, size_t size)
{
    return cor_ubifs_is_node(head, size) && head[20] == COR_UBIFS_SUPER ? 72 : 0;
}

const struct cor_format cor_format_ubifs = {
    .name = "ubifs", .extent = cor_extent_ubifs, .bid = bid, .open = open_ubifs, .seeks = true};
