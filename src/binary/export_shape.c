// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/export_shape.h"

#include "base/checked.h"
#include "binary/bytes.h"
#include "binary/kallsyms.h"

enum { FEWEST = 16, LONGEST_NAME = 512, FARTHEST_APART = 64, PAGE = 4096, MOST_PLACES = 64 };

static uint64_t number_at(const struct cor_kernel_map *map, size_t at, size_t width)
{
    const char *place = map->bytes.data + at;
    return width == 8 ? cor_get64(place, map->big) : cor_get32(place, map->big);
}

// The place in the file that a field points at, which for a value may lie behind the file's end.
static bool target(const struct cor_kernel_map *map, const struct cor_export_layout *layout,
                   size_t at, size_t *ret_offset)
{
    uint64_t number = number_at(map, at, layout->width);
    if (!layout->distance)
        return cor_kernel_map_offset(map, number, ret_offset);
    *ret_offset = at + (size_t)(ptrdiff_t)(int32_t)number;
    return true;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '$';
}

static bool text_at(const struct cor_kernel_map *map, size_t at, struct cor_slice *ret_text)
{
    size_t size = 0;
    if (at >= map->bytes.size)
        return false;
    const char *text = map->bytes.data + at;
    size_t room = map->bytes.size - at;
    while (size < room && size < LONGEST_NAME && is_name_byte(text[size]))
        size++;
    *ret_text = cor_slice(text, size);
    return size < room && text[size] == '\0';
}

static size_t entry_size(const struct cor_export_layout *layout)
{
    return layout->width * layout->fields;
}

bool cor_export_entry(const struct cor_kernel_map *map, const struct cor_export_layout *layout,
                      size_t at, struct cor_export_entry *ret_entry)
{
    struct cor_export_entry entry = {.namespace_ = {"", 0}};
    size_t offset, field = at + layout->width;
    if (!cor_range_fits(at, entry_size(layout), map->bytes.size) ||
        !target(map, layout, field, &offset) || !text_at(map, offset, &entry.name) ||
        entry.name.size < 2)
        return false;
    field += layout->width;
    // Assembly leaves the namespace's pointer out.
    if (layout->fields == 3 && number_at(map, field, layout->width) != 0 &&
        (!target(map, layout, field, &offset) || !text_at(map, offset, &entry.namespace_)))
        return false;
    entry.address = number_at(map, at, layout->width);
    if (layout->distance) {
        uint64_t place = at;
        (void)cor_kernel_map_address(map, at, &place);
        entry.address = place + (uint64_t)(int64_t)(int32_t)entry.address;
        if (!map->wide)
            entry.address &= UINT32_MAX;
    }
    *ret_entry = entry;
    return true;
}

static size_t run_length(const struct cor_kernel_map *map, const struct cor_export_layout *layout,
                         size_t at, size_t most)
{
    struct cor_export_entry entry;
    size_t count = 0;
    while (count < most && cor_export_entry(map, layout, at, &entry)) {
        count++;
        at += entry_size(layout);
    }
    return count;
}

// Most names must be symbols with that address; data is none in kernels that keep functions alone.
// Arrays of names, which there are too, have names for values.
static bool names_symbols(const struct cor_kernel_map *map, const struct cor_export_layout *layout,
                          const struct cor_export_run *run, const struct cor_component *component)
{
    struct cor_export_entry entry;
    size_t known = 0;
    for (size_t i = 0; i < run->count; i++) {
        const struct cor_symbol *symbol = NULL;
        if (cor_export_entry(map, layout, run->start + i * entry_size(layout), &entry))
            symbol = cor_kallsyms_find_symbol(component, entry.name);
        known += symbol && (!map->count || symbol->address == entry.address);
    }
    return known * 2 >= run->count;
}

static void add_following(struct cor_export_shape *shape)
{
    while (shape->run_count < COR_EXPORT_RUNS) {
        const struct cor_export_run *last = &shape->runs[shape->run_count - 1];
        size_t end = last->start + last->count * entry_size(&shape->layout), at = end;
        size_t count = 0;
        for (; at < end + FARTHEST_APART && count < 2; at += 4)
            count = run_length(&shape->map, &shape->layout, at, SIZE_MAX);
        if (count < 2)
            return;
        shape->runs[shape->run_count++] = (struct cor_export_run){at - 4, count};
    }
}

static bool find_runs(struct cor_export_shape *shape, const struct cor_component *component)
{
    const struct cor_export_layout *layout = &shape->layout;
    for (size_t at = 0; at < shape->map.bytes.size; at += 4) {
        struct cor_export_entry entry;
        if (!cor_export_entry(&shape->map, layout, at, &entry))
            continue;
        struct cor_export_run run = {at, run_length(&shape->map, layout, at, SIZE_MAX)};
        if (run.count < FEWEST)
            continue;
        if (!names_symbols(&shape->map, layout, &run, component)) {
            at += (run.count - 1) * entry_size(layout);
            continue;
        }
        shape->runs[0] = run;
        shape->run_count = 1;
        add_following(shape);
        return true;
    }
    return false;
}

// Where a raw image starts is the address of a symbol less the place that its entry tells.
static bool place_by_distances(struct cor_export_shape *shape,
                               const struct cor_component *component)
{
    uint64_t start = 0;
    unsigned agreeing = 0;
    for (size_t i = 0; i < shape->runs[0].count && agreeing < 8; i++) {
        struct cor_export_entry entry;
        size_t at = shape->runs[0].start + i * entry_size(&shape->layout);
        const struct cor_symbol *symbol = NULL;
        if (cor_export_entry(&shape->map, &shape->layout, at, &entry))
            symbol = cor_kallsyms_find_symbol(component, entry.name);
        if (!symbol)
            continue;
        agreeing = agreeing && symbol->address - entry.address == start ? agreeing + 1 : 1;
        start = symbol->address - entry.address;
    }
    if (agreeing < 8)
        return false;
    cor_kernel_map_raw(shape->map.bytes, shape->map.wide, shape->map.big, start, &shape->map);
    return true;
}

// Whether the entry at `at` is the symbol's, and others stand behind it or before it.
static bool is_entry_of(const struct cor_export_shape *shape, size_t at,
                        const struct cor_symbol *symbol)
{
    const struct cor_export_layout *layout = &shape->layout;
    struct cor_export_entry entry;
    size_t before = FEWEST * entry_size(layout);
    return cor_export_entry(&shape->map, layout, at, &entry) &&
           cor_slice_same(entry.name, cor_name_slice(symbol->name)) &&
           (run_length(&shape->map, layout, at, FEWEST) == FEWEST ||
            (at >= before && run_length(&shape->map, layout, at - before, FEWEST) == FEWEST));
}

// The names may share their ends with longer ones. Every place of the symbol's name and every
// number that is its address are tried.
static bool place_by_symbol(struct cor_export_shape *shape, const struct cor_symbol *symbol)
{
    const struct cor_kernel_map unplaced = shape->map;
    const struct cor_name *name = symbol->name;
    const char *bytes = unplaced.bytes.data, *end = bytes + unplaced.bytes.size, *text = bytes;
    size_t width = shape->layout.width;
    for (unsigned tried = 0; tried < MOST_PLACES && (text = memmem(text, (size_t)(end - text),
                                                                   name->text, name->size + 1));
         tried++, text++) {
        for (size_t at = 0; at + width * 2 <= unplaced.bytes.size; at += 4) {
            uint64_t start = number_at(&unplaced, at + width, width) - (size_t)(text - bytes);
            if (start % PAGE != 0 || number_at(&unplaced, at, width) != symbol->address)
                continue;
            cor_kernel_map_raw(unplaced.bytes, unplaced.wide, unplaced.big, start, &shape->map);
            if (is_entry_of(shape, at, symbol))
                return true;
        }
    }
    shape->map = unplaced;
    return false;
}

// Whole addresses tell the start by a name whose place in the file is known.
static bool place_by_addresses(struct cor_export_shape *shape,
                               const struct cor_component *component)
{
    static const char *const everywhere[] = {"kfree", "vfree", "msleep", "schedule"};
    for (size_t i = 0; i < sizeof everywhere / sizeof *everywhere; i++) {
        const struct cor_symbol *symbol =
            cor_kallsyms_find_symbol(component, cor_slice_text(everywhere[i]));
        if (symbol && place_by_symbol(shape, symbol))
            return true;
    }
    return false;
}

bool cor_export_shape_find(const struct cor_kernel_map *map, const struct cor_component *component,
                           struct cor_export_shape *ret_shape)
{
    const size_t word = map->wide ? 8 : 4;
    const struct cor_export_layout layouts[] = {
        {4, 3, true}, {4, 2, true}, {word, 3, false}, {word, 2, false}};
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        struct cor_export_shape shape = {.map = *map, .layout = layouts[i]};
        if (!map->count && !layouts[i].distance && !place_by_addresses(&shape, component))
            continue;
        if (!find_runs(&shape, component))
            continue;
        if (!map->count && layouts[i].distance && !place_by_distances(&shape, component))
            continue;
        *ret_shape = shape;
        return true;
    }
    return false;
}
