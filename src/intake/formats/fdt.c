// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The one place that knows libfdt: device trees, and the FIT images of U-Boot, which are device
// trees that hold images, or say where behind them they stand.
#include <libfdt.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { HEADER = 40, LARGEST = 512 << 20 };

static bool number_of(const void *tree, int node, const char *name, uint64_t *ret_number)
{
    int size;
    const void *value = fdt_getprop(tree, node, name, &size);
    if (!value || size != 4)
        return false;
    *ret_number = cor_be32(value);
    return true;
}

// Inside the tree, behind it (rounded up to 4), or at an absolute place.
static enum cor_status add_image(struct cor_parts *parts, const unsigned char *tree, int node)
{
    int length;
    uint64_t offset, size, total = fdt_totalsize(tree);
    const char *name = fdt_get_name(tree, node, NULL);
    const unsigned char *data = fdt_getprop(tree, node, "data", &length);
    if (data)
        return cor_parts_add(parts, (uint64_t)(data - tree), (uint64_t)length, "%s", name);
    if (!number_of(tree, node, "data-size", &size))
        return COR_OK;
    if (number_of(tree, node, "data-offset", &offset))
        offset += (total + 3) & ~UINT64_C(3);
    else if (!number_of(tree, node, "data-position", &offset))
        return COR_OK;
    if (offset + size > parts->base.end)
        parts->base.end = offset + size;
    return cor_parts_add(parts, offset, size, "%s", name);
}

static enum cor_status add_images(struct cor_parts *parts, const unsigned char *tree)
{
    int node, images = fdt_path_offset(tree, "/images");
    enum cor_status status = COR_OK;
    if (images < 0)
        return COR_OK;
    for (node = fdt_first_subnode(tree, images); status == COR_OK && node >= 0;
         node = fdt_next_subnode(tree, node))
        status = add_image(parts, tree, node);
    return status;
}

static enum cor_status find(struct cor_parts *parts)
{
    unsigned char head[HEADER];
    enum cor_status status = cor_parts_read(parts, 0, head, sizeof head);
    if (status != COR_OK)
        return status;
    size_t size = cor_be32(head + 4);
    if (size > LARGEST || size > parts->base.below->size)
        return cor_container_fail(&parts->base, COR_TRUNCATED, "the device tree is cut short");
    unsigned char *tree = cor_alloc(size);
    if (!tree)
        return cor_container_fail(&parts->base, COR_NOMEM, "out of memory");
    parts->base.end = size;
    status = cor_parts_read(parts, 0, tree, size);
    if (status == COR_OK && fdt_check_full(tree, size) != 0)
        status = cor_parts_corrupt(parts, "the device tree is corrupt");
    if (status == COR_OK)
        status = cor_parts_overhead(parts, 0, size);
    if (status == COR_OK)
        status = add_images(parts, tree);
    cor_free(tree);
    return status;
}

static struct cor_container *open_fdt(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

static unsigned bid(const unsigned char *head, size_t size)
{
    if (size < HEADER)
        return 0;
    uint32_t total = cor_be32(head + 4), version = cor_be32(head + 20);
    bool sound = total >= HEADER && cor_be32(head + 8) < total && cor_be32(head + 12) < total &&
                 version >= 16 && version < 32 && cor_be32(head + 24) <= version;
    return sound ? 64 : 0;
}

const struct cor_format cor_format_dtb = {.name = "dtb",
                                          .magic = {0, 4, "\xd0\x0d\xfe\xed"},
                                          .bid = bid,
                                          .open = open_fdt,
                                          .seeks = true};
