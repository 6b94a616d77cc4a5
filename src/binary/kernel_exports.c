// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/kernel_exports.h"

#include "base/alloc.h"
#include "base/checked.h"
#include "binary/bytes.h"
#include "binary/checksum_table.h"
#include "binary/export_shape.h"
#include "binary/exports.h"
#include "binary/kallsyms.h"
#include "binary/kernel_relocations.h"
#include "binary/order.h"

// Behind the tables stand the checksums, one for each entry, since 7.0 one byte of flags for each,
// and the texts (include/asm-generic/vmlinux.lds.h).
struct columns {
    size_t checksums, width; // 0 when there are none
    size_t flags;
};

struct sums {
    const struct cor_kernel_map *map;
    size_t start; // of the table's rows
    struct cor_checksum_table table;
};

enum { SLACK = 64, GPL_ONLY = 1, MOST_FLAGS = 3 };

static size_t entry_size(const struct cor_export_shape *shape)
{
    return shape->layout.width * shape->layout.fields;
}

static size_t entry_count(const struct cor_export_shape *shape)
{
    size_t count = 0;
    for (size_t i = 0; i < shape->run_count; i++)
        count += shape->runs[i].count;
    return count;
}

static bool are_flags(const struct cor_export_shape *shape, size_t at, size_t count)
{
    bool seen[2] = {false, false};
    if (!cor_range_fits(at, count, shape->map.bytes.size))
        return false;
    for (size_t i = 0; i < count; i++) {
        unsigned char flags = (unsigned char)shape->map.bytes.data[at + i];
        if (flags > MOST_FLAGS)
            return false;
        seen[flags & GPL_ONLY] = true;
    }
    return seen[0] && seen[1];
}

// How far it is from the tables to the first text tells what stands between them.
static struct columns find_columns(const struct cor_export_shape *shape, size_t first_text)
{
    const struct cor_export_run *last = &shape->runs[shape->run_count - 1];
    size_t end = last->start + last->count * entry_size(shape), count = entry_count(shape);
    static const struct {
        size_t checksum, flag;
    } widths[] = {{4, 1}, {0, 1}, {4, 0}, {8, 0}};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        size_t size = count * (widths[i].checksum + widths[i].flag);
        if (first_text < end + size || first_text - end - size > SLACK)
            continue;
        size_t start = widths[i].checksum == 8 ? (end + 7) & ~(size_t)7 : end;
        struct columns columns = {start, widths[i].checksum, 0};
        if (widths[i].flag)
            columns.flags = start + count * widths[i].checksum;
        if (!columns.flags || are_flags(shape, columns.flags, count))
            return columns;
    }
    return (struct columns){0};
}

static size_t find_first_text(const struct cor_export_shape *shape)
{
    size_t first = shape->map.bytes.size;
    struct cor_export_entry entry;
    for (size_t i = 0; i < shape->run_count; i++)
        for (size_t k = 0; k < shape->runs[i].count; k++)
            if (cor_export_entry(&shape->map, &shape->layout,
                                 shape->runs[i].start + k * entry_size(shape), &entry) &&
                (size_t)(entry.name.data - shape->map.bytes.data) < first)
                first = (size_t)(entry.name.data - shape->map.bytes.data);
    return first;
}

// Within a raw image a distance holds whatever its start is.
static struct cor_slice follow(const void *memory, size_t offset, int32_t distance)
{
    const struct sums *from = memory;
    const struct cor_kernel_map *map = from->map;
    size_t at = from->start + offset;
    uint64_t address = at;
    bool placed = cor_kernel_map_address(map, at, &address);
    address += (uint64_t)(int64_t)distance;
    if (!map->wide)
        address &= UINT32_MAX;
    at = (size_t)address;
    if (address % 4 || (placed && !cor_kernel_map_offset(map, address, &at)) ||
        at >= map->bytes.size)
        return cor_slice("", 0);
    return cor_slice(map->bytes.data + at, map->bytes.size - at);
}

static void tell_checksums(const struct cor_export_shape *shape, const struct columns *columns,
                           struct sums *ret)
{
    *ret = (struct sums){.map = &shape->map, .start = columns->checksums};
    ret->table =
        (struct cor_checksum_table){.big = shape->map.big, .follow = follow, .memory = ret};
    size_t size = entry_count(shape) * 4;
    if (columns->width != 4 || !cor_range_fits(ret->start, size, shape->map.bytes.size))
        return;
    ret->table.rows = cor_slice(shape->map.bytes.data + ret->start, size);
    cor_checksum_table_tell(&ret->table);
}

static void set_columns(const struct cor_export_shape *shape, const struct columns *columns,
                        const struct sums *sums, size_t index, struct cor_export *export)
{
    const struct cor_kernel_map *map = &shape->map;
    if (columns->flags)
        export->gpl_only = (map->bytes.data[columns->flags + index] & GPL_ONLY) != 0;
    if (columns->width == 8)
        export->crc = (uint32_t)cor_get64(
            map->bytes.data + columns->checksums + index * columns->width, map->big);
    export->has_crc = columns->width == 8 || cor_checksum_at(&sums->table, index, &export->crc);
}

static enum cor_status add_entry(struct cor_component *component, struct cor_names *names,
                                 const struct cor_export_entry *entry, bool gpl)
{
    struct cor_export export = {.gpl_only = gpl, .address = entry->address, .has_address = true};
    enum cor_status status = cor_names_intern(names, entry->name, &export.name);
    if (status == COR_OK && entry->namespace_.size) {
        export.namespace_ = cor_arena_text(&component->arena, entry->namespace_);
        status = export.namespace_ ? COR_OK : COR_NOMEM;
    }
    return status == COR_OK ? cor_array_add(&component->exports, export) : status;
}

// Each table is in the order of its names, and the one for GPL modules stands second: where the
// order starts anew, it begins.
static enum cor_status add_all(struct cor_component *component, struct cor_names *names,
                               const struct cor_export_shape *shape)
{
    const struct columns columns = find_columns(shape, find_first_text(shape));
    struct cor_slice last = {"", 0};
    struct sums sums;
    enum cor_status status = COR_OK;
    tell_checksums(shape, &columns, &sums);
    size_t index = 0;
    bool gpl = false;
    for (size_t i = 0; i < shape->run_count; i++)
        for (size_t k = 0; status == COR_OK && k < shape->runs[i].count; k++, index++) {
            struct cor_export_entry entry;
            size_t at = shape->runs[i].start + k * entry_size(shape);
            if (!cor_export_entry(&shape->map, &shape->layout, at, &entry))
                continue;
            gpl |= cor_slice_order(entry.name, last) < 0;
            last = entry.name;
            status = add_entry(component, names, &entry, gpl);
            if (status == COR_OK)
                set_columns(shape, &columns, &sums, index,
                            &component->exports.items[component->exports.count - 1]);
        }
    return status;
}

// Exported, and no function: a kernel that keeps its functions alone does not name it.
static enum cor_status add_data(struct cor_component *component)
{
    size_t known = component->defined.count;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < component->exports.count; i++) {
        const struct cor_export *export = &component->exports.items[i];
        struct cor_component view = *component;
        view.defined.count = known;
        if (!export->has_address || cor_kallsyms_find_symbol(&view, cor_name_slice(export->name)))
            continue;
        struct cor_symbol symbol = {.name = export->name,
                                    .address = export->address,
                                    .row = COR_NONE,
                                    .section = COR_NONE,
                                    .file = COR_NONE,
                                    .binding = COR_BIND_GLOBAL,
                                    .type = COR_SYMBOL_OBJECT};
        status = cor_array_add(&component->defined, symbol);
    }
    if (status == COR_OK && component->defined.count > known)
        status = cor_symbols_sort(component);
    return status == COR_OK ? cor_symbols_mark_exported(component) : status;
}

static enum cor_status read_shape(struct cor_component *component, struct cor_names *names,
                                  const struct cor_kernel_map *map)
{
    struct cor_export_shape shape;
    enum cor_status status = COR_OK;
    if (!component->exports.count && cor_export_shape_find(map, component, &shape)) {
        component->has_export_table = true;
        status = add_all(component, names, &shape);
        if (status == COR_OK)
            cor_exports_sort(component);
    }
    return status == COR_OK ? add_data(component) : status;
}

enum cor_status cor_kernel_exports_elf(struct cor_component *component, struct cor_names *names,
                                       const struct cor_kernel_map *map)
{
    return read_shape(component, names, map);
}

enum cor_status cor_kernel_exports_raw(struct cor_component *component, struct cor_names *names,
                                       const struct cor_kallsyms *tables)
{
    struct cor_kernel_map map = {.bytes = tables->bytes, .wide = tables->wide, .big = tables->big};
    uint64_t start;
    enum cor_status status = read_shape(component, names, &map);
    if (status != COR_OK || component->exports.count)
        return status;
    char *copy = cor_alloc(map.bytes.size);
    if (!copy)
        return COR_NOMEM;
    memcpy(copy, map.bytes.data, map.bytes.size);
    if (cor_kernel_relocate(tables, copy, &start)) {
        cor_kernel_map_raw(cor_slice(copy, map.bytes.size), map.wide, map.big, start, &map);
        status = read_shape(component, names, &map);
    }
    cor_free(copy);
    return status;
}
