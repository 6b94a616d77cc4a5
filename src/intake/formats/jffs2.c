// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// JFFS2 (the kernel's uapi/linux/jffs2.h) in both byte orders, without a kernel: all nodes are
// read, and of two that tell the same thing the one with the higher version counts.
#include "intake/formats/jffs2.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/formats/rows.h"

enum { ROOT = 1 };

static enum cor_status begin(struct cor_volume *volume, uint64_t *ret_root)
{
    struct cor_jffs2 *jffs2 = (struct cor_jffs2 *)volume;
    enum cor_status status = cor_jffs2_scan(jffs2);
    if (status != COR_OK)
        return status;
    *ret_root = ROOT;
    if (jffs2->damaged || jffs2->stray) {
        volume->late = COR_MALFORMED;
        snprintf(volume->late_reason, sizeof volume->late_reason,
                 "%llu nodes are damaged, %llu bytes are neither nodes nor padding",
                 (unsigned long long)jffs2->damaged, (unsigned long long)jffs2->stray);
    }
    return COR_OK;
}

static size_t first_dirent(const struct cor_jffs2 *jffs2, uint64_t parent)
{
    size_t low = 0, high = jffs2->dirents.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (jffs2->dirents.items[middle].parent < parent)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum cor_status list(struct cor_volume *volume, uint64_t folder)
{
    const struct cor_jffs2 *jffs2 = (const struct cor_jffs2 *)volume;
    const struct cor_jffs2_dirent *items = jffs2->dirents.items;
    enum cor_status status = COR_OK;
    for (size_t i = first_dirent(jffs2, folder);
         status == COR_OK && i < jffs2->dirents.count && items[i].parent == folder; i++) {
        bool newer = i + 1 < jffs2->dirents.count && items[i + 1].parent == folder &&
                     items[i].name_size == items[i + 1].name_size &&
                     memcmp(items[i].name, items[i + 1].name, items[i].name_size) == 0;
        if (!newer && items[i].ino)
            status = cor_volume_add(volume, items[i].name, items[i].name_size, items[i].ino);
    }
    return status;
}

static const struct cor_jffs2_inode *find_inode(const struct cor_jffs2 *jffs2, uint64_t ino)
{
    size_t low = 0, high = jffs2->inodes.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (jffs2->inodes.items[middle].ino < ino)
            low = middle + 1;
        else
            high = middle;
    }
    return low < jffs2->inodes.count && jffs2->inodes.items[low].ino == ino
               ? &jffs2->inodes.items[low]
               : NULL;
}

static enum cor_status stat_file(struct cor_volume *volume, uint64_t id,
                                 struct cor_volume_file *ret_file)
{
    struct cor_jffs2 *jffs2 = (struct cor_jffs2 *)volume;
    const struct cor_jffs2_inode *inode = find_inode(jffs2, id);
    uint64_t stored = 0;
    if (!inode)
        return cor_volume_fail(volume, COR_MALFORMED, "a name without an inode");
    for (size_t i = 0; i < inode->count && stored < inode->size; i++)
        stored += jffs2->runs.items[inode->first + i].plain_size;
    jffs2->inode = inode;
    jffs2->entered = 0;
    jffs2->heap.count = 0;
    ret_file->kind = cor_volume_kind_of_mode(inode->mode);
    ret_file->mode = inode->mode;
    ret_file->size = inode->size;
    ret_file->sparse = stored < inode->size;
    return COR_OK;
}

static const struct cor_jffs2_run *run_of(const struct cor_jffs2 *jffs2, size_t number)
{
    return &jffs2->runs.items[jffs2->inode->first + number];
}

static bool below(const struct cor_jffs2 *jffs2, size_t a, size_t b)
{
    return run_of(jffs2, jffs2->heap.items[a])->version <
           run_of(jffs2, jffs2->heap.items[b])->version;
}

static void swap(struct cor_jffs2 *jffs2, size_t a, size_t b)
{
    size_t kept = jffs2->heap.items[a];
    jffs2->heap.items[a] = jffs2->heap.items[b];
    jffs2->heap.items[b] = kept;
}

static enum cor_status enter(struct cor_jffs2 *jffs2, size_t number)
{
    if (cor_array_add(&jffs2->heap, number) != COR_OK)
        return cor_volume_no_memory(&jffs2->volume);
    for (size_t at = jffs2->heap.count - 1; at && below(jffs2, (at - 1) / 2, at); at = (at - 1) / 2)
        swap(jffs2, at, (at - 1) / 2);
    return COR_OK;
}

static void leave_first(struct cor_jffs2 *jffs2)
{
    size_t count = --jffs2->heap.count, at = 0;
    jffs2->heap.items[0] = jffs2->heap.items[count];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count)
            return;
        if (child + 1 < count && below(jffs2, child, child + 1))
            child++;
        if (!below(jffs2, at, child))
            return;
        swap(jffs2, at, child);
        at = child;
    }
}

// The run whose bytes count at `at`, or NULL for a hole; and up to where that is so.
static enum cor_status run_at(struct cor_jffs2 *jffs2, uint64_t at,
                              const struct cor_jffs2_run **ret_run, uint64_t *ret_end)
{
    const struct cor_jffs2_inode *inode = jffs2->inode;
    while (jffs2->entered < inode->count && run_of(jffs2, jffs2->entered)->offset <= at) {
        enum cor_status status = enter(jffs2, jffs2->entered++);
        if (status != COR_OK)
            return status;
    }
    *ret_run = NULL;
    *ret_end = jffs2->entered < inode->count ? run_of(jffs2, jffs2->entered)->offset : UINT64_MAX;
    for (; jffs2->heap.count; leave_first(jffs2)) {
        const struct cor_jffs2_run *run = run_of(jffs2, jffs2->heap.items[0]);
        uint64_t end = (uint64_t)run->offset + run->plain_size;
        if (end <= at)
            continue;
        *ret_run = run;
        *ret_end = end < *ret_end ? end : *ret_end;
        break;
    }
    return COR_OK;
}

static enum cor_status read_file(struct cor_volume *volume, uint64_t at, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct cor_jffs2 *jffs2 = (struct cor_jffs2 *)volume;
    const struct cor_jffs2_run *run;
    uint64_t end;
    enum cor_status status = run_at(jffs2, at, &run, &end);
    if (status != COR_OK)
        return status;
    if (size > end - at)
        size = (size_t)(end - at);
    *ret_got = size;
    if (!run || run->compression == COR_JFFS2_ZERO) {
        memset(buffer, 0, size);
        return COR_OK;
    }
    if (jffs2->unpacked != run)
        status = cor_jffs2_unpack(jffs2, run);
    if (status == COR_OK)
        memcpy(buffer, jffs2->plain + (at - run->offset), size);
    return status;
}

static void dispose(struct cor_volume *volume)
{
    struct cor_jffs2 *jffs2 = (struct cor_jffs2 *)volume;
    cor_array_dispose(&jffs2->dirents);
    cor_array_dispose(&jffs2->runs);
    cor_array_dispose(&jffs2->inodes);
    cor_array_dispose(&jffs2->heap);
    cor_free(jffs2->plain);
    cor_free(jffs2->packed);
}

static struct cor_container *open_jffs2(const struct cor_format *format, struct cor_stream *stream)
{
    static const struct cor_volume_kind kind = {.size = sizeof(struct cor_jffs2),
                                                .begin = begin,
                                                .list = list,
                                                .stat = stat_file,
                                                .read = read_file,
                                                .dispose = dispose};
    (void)format;
    return cor_volume_open(&kind, stream);
}

static unsigned bid(const unsigned char *head, size_t size)
{
    if (size < 12)
        return 0;
    bool little = head[0] == 0x85 && head[1] == 0x19, big = head[0] == 0x19 && head[1] == 0x85;
    uint32_t type = little ? cor_le16(head + 2) : (uint32_t)head[2] << 8 | head[3];
    uint32_t length = little ? cor_le32(head + 4) : cor_be32(head + 4);
    bool known = type == 0xe001 || type == 0xe002 || type == 0x2003 || type == 0x2004 ||
                 type == 0x2006 || type == 0xe008 || type == 0xe009;
    return (little || big) && known && length >= 12 && length < 1 << 24 ? 48 : 0;
}

const struct cor_format cor_format_jffs2 = {
    .name = "jffs2", .bid = bid, .open = open_jffs2, .seeks = true};
