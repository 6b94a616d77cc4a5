// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// VMDK disk images with one sparse extent (VMware's "Virtual Disk Format 5.0"): grains that two
// levels of tables lead to, packed by zlib in the stream-optimised kind.
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/interrupt.h"
#include "intake/formats/disk.h"
#include "intake/formats/rows.h"

enum {
    SECTOR = 512,
    FOOTER = 1024,
    PACKED = 1 << 16,
    MOST_GRAIN = 4 << 20,
    MOST_DESCRIPTOR = 1 << 20
};

struct vmdk {
    struct cor_disk disk;
    uint64_t grain, directory; // bytes in a grain; where the first table stands
    uint32_t per_table;
    bool packed;
    uint64_t held; // the grain that `plain` is, plus 1
    unsigned char *plain, *input;
};

static enum cor_status corrupt(struct vmdk *vmdk)
{
    return cor_container_fail(&vmdk->disk.base, COR_MALFORMED, "its header makes no sense");
}

// What a disk lacks may stand in another one that it builds on.
static enum cor_status read_descriptor(struct vmdk *vmdk, uint64_t at, uint64_t size)
{
    if (at == 0 || size == 0)
        return COR_OK;
    if (size > MOST_DESCRIPTOR)
        return corrupt(vmdk);
    char *text = cor_alloc((size_t)size + 1);
    if (!text)
        return cor_container_fail(&vmdk->disk.base, COR_NOMEM, "out of memory");
    enum cor_status status = cor_disk_find(&vmdk->disk, at, text, (size_t)size);
    text[size] = '\0';
    const char *parent = status == COR_OK ? strstr(text, "\nparentCID=") : NULL;
    if (parent && strncasecmp(parent + 11, "ffffffff", 8) != 0) {
        vmdk->disk.late = COR_UNSUPPORTED;
        vmdk->disk.late_reason = "it builds on another disk image, which is not read";
    }
    cor_free(text);
    return status;
}

static void reach(struct vmdk *vmdk, uint64_t end)
{
    end = (end + SECTOR - 1) / SECTOR * SECTOR;
    if (end > vmdk->disk.base.end)
        vmdk->disk.base.end = end;
}

// The grains that one table leads to.
static void reach_grains(struct vmdk *vmdk, uint64_t table)
{
    unsigned char raw[4], head[12];
    struct cor_stream *below = vmdk->disk.base.below;
    for (uint32_t i = 0; i < vmdk->per_table; i++) {
        if (!cor_stream_read_at(below, table + 4 * (uint64_t)i, raw, sizeof raw))
            return;
        uint64_t at = (uint64_t)cor_le32(raw) * SECTOR, size = vmdk->grain;
        if (cor_le32(raw) <= 1)
            continue;
        if (vmdk->packed)
            size = cor_stream_read_at(below, at, head, sizeof head)
                       ? sizeof head + (uint64_t)cor_le32(head + 8)
                       : 0;
        reach(vmdk, at + size);
    }
}

// Where the last table or grain ends: what follows is not the image's. Tables that share their
// room would be read too often; an image has no room for more of them than this.
static void find_end(struct vmdk *vmdk, uint64_t size)
{
    unsigned char raw[4];
    struct cor_stream *below = vmdk->disk.base.below;
    uint64_t covered = vmdk->grain * vmdk->per_table, tables = (size + covered - 1) / covered;
    uint64_t most = below->size / SECTOR + 1;
    reach(vmdk, vmdk->directory + 4 * (tables < most ? tables : most));
    for (uint64_t i = 0, read = 0; i < tables && read <= most && !cor_interrupted(); i++) {
        if (!cor_stream_read_at(below, vmdk->directory + 4 * i, raw, sizeof raw))
            return;
        uint64_t table = (uint64_t)cor_le32(raw) * SECTOR;
        if (table == 0)
            continue;
        read += (uint64_t)vmdk->per_table * 4 / SECTOR + 1;
        reach(vmdk, table + 4 * (uint64_t)vmdk->per_table);
        reach_grains(vmdk, table);
    }
}

// A stream-optimised image has a second header at its end, which tells where the tables are.
static enum cor_status begin(struct cor_disk *disk, uint64_t *ret_size)
{
    struct vmdk *vmdk = (struct vmdk *)disk;
    unsigned char head[SECTOR];
    uint64_t size = disk->base.below->size, bytes;
    enum cor_status status = cor_disk_find(disk, 0, head, sizeof head);
    if (status != COR_OK)
        return status;
    uint64_t descriptor = cor_le64(head + 28), length = cor_le64(head + 36);
    bool footer = cor_le64(head + 56) == UINT64_MAX;
    if (footer) {
        status =
            size < FOOTER ? COR_TRUNCATED : cor_disk_find(disk, size - FOOTER, head, sizeof head);
        if (status != COR_OK || memcmp(head, "KDMV", 4) != 0 || cor_le64(head + 56) == UINT64_MAX)
            return cor_container_fail(&disk->base, COR_TRUNCATED,
                                      "no footer at its end: cut short, or bytes follow it");
    }
    vmdk->packed = cor_le32(head + 8) & PACKED;
    vmdk->per_table = cor_le32(head + 44);
    if (!cor_mul_u64(cor_le64(head + 20), SECTOR, &vmdk->grain) || vmdk->grain == 0 ||
        vmdk->grain > MOST_GRAIN || !cor_mul_u64(cor_le64(head + 12), SECTOR, ret_size) ||
        *ret_size > INT64_MAX || !cor_mul_u64(cor_le64(head + 56), SECTOR, &vmdk->directory) ||
        vmdk->per_table == 0 || vmdk->per_table > 65536 ||
        !cor_mul_u64(descriptor, SECTOR, &descriptor) || !cor_mul_u64(length, SECTOR, &bytes))
        return corrupt(vmdk);
    vmdk->plain = cor_alloc((size_t)vmdk->grain);
    vmdk->input = cor_alloc((size_t)vmdk->grain * 2);
    if (!vmdk->plain || !vmdk->input)
        return cor_container_fail(&disk->base, COR_NOMEM, "out of memory");
    if (!footer)
        find_end(vmdk, *ret_size);
    return read_descriptor(vmdk, descriptor, bytes);
}

// Where a grain stands; 0 for one of zeros.
static enum cor_status find_grain(struct vmdk *vmdk, uint64_t number, uint64_t *ret_at)
{
    unsigned char raw[4];
    uint64_t table = number / vmdk->per_table, entry = number % vmdk->per_table;
    enum cor_status status =
        cor_disk_fetch(&vmdk->disk, vmdk->directory + table * 4, raw, sizeof raw);
    uint64_t at = (uint64_t)cor_le32(raw) * SECTOR;
    *ret_at = 0;
    if (status != COR_OK || at == 0)
        return status;
    status = cor_disk_fetch(&vmdk->disk, at + entry * 4, raw, sizeof raw);
    if (status == COR_OK && cor_le32(raw) > 1)
        *ret_at = (uint64_t)cor_le32(raw) * SECTOR;
    return status;
}

static enum cor_status unpack(struct vmdk *vmdk, uint64_t at)
{
    unsigned char head[12];
    uLongf got = vmdk->grain;
    enum cor_status status = cor_disk_fetch(&vmdk->disk, at, head, sizeof head);
    if (status != COR_OK)
        return status;
    uint32_t size = cor_le32(head + 8);
    if (size > vmdk->grain * 2)
        return cor_stream_fail(&vmdk->disk.data, COR_MALFORMED, "a grain's length makes no sense");
    status = cor_disk_fetch(&vmdk->disk, at + sizeof head, vmdk->input, size);
    if (status == COR_OK && uncompress(vmdk->plain, &got, vmdk->input, size) != Z_OK)
        status = cor_stream_fail(&vmdk->disk.data, COR_MALFORMED, "a packed grain is corrupt");
    if (status == COR_OK)
        memset(vmdk->plain + got, 0, (size_t)vmdk->grain - got);
    return status;
}

static enum cor_status hold(struct vmdk *vmdk, uint64_t number)
{
    uint64_t at;
    vmdk->held = 0;
    enum cor_status status = find_grain(vmdk, number, &at);
    if (status != COR_OK)
        return status;
    if (at == 0)
        memset(vmdk->plain, 0, (size_t)vmdk->grain);
    else if (vmdk->packed)
        status = unpack(vmdk, at);
    else
        status = cor_disk_fetch(&vmdk->disk, at, vmdk->plain, (size_t)vmdk->grain);
    if (status == COR_OK)
        vmdk->held = number + 1;
    return status;
}

static enum cor_status read_disk(struct cor_disk *disk, uint64_t at, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct vmdk *vmdk = (struct vmdk *)disk;
    uint64_t number = at / vmdk->grain, skip = at % vmdk->grain, there = vmdk->grain - skip;
    enum cor_status status = vmdk->held == number + 1 ? COR_OK : hold(vmdk, number);
    if (status != COR_OK)
        return status;
    *ret_got = size < there ? size : (size_t)there;
    memcpy(buffer, vmdk->plain + skip, *ret_got);
    return COR_OK;
}

static void dispose(struct cor_disk *disk)
{
    cor_free(((struct vmdk *)disk)->plain);
    cor_free(((struct vmdk *)disk)->input);
}

static struct cor_container *open_vmdk(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_disk_kind kind = {
        .size = sizeof(struct vmdk), .begin = begin, .read = read_disk, .dispose = dispose};
    (void)format;
    return cor_disk_open(&kind, below);
}

static unsigned bid(const unsigned char *head, size_t size)
{
    uint32_t version = size >= SECTOR ? cor_le32(head + 4) : 0;
    return version >= 1 && version <= 3 ? 48 : 0;
}

const struct cor_format cor_format_vmdk = {
    .name = "vmdk", .magic = {0, 4, "KDMV"}, .bid = bid, .open = open_vmdk, .seeks = true};
