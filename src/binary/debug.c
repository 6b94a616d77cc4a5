// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/debug.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "binary/order.h"

bool cor_debug_fits(const struct cor_component *component, const struct cor_component *debug,
                    const char *name, const void *bytes, size_t size)
{
    if (component->elf_machine != debug->elf_machine || component->elf_class != debug->elf_class)
        return false;
    if (component->build_id && debug->build_id)
        return strcmp(component->build_id, debug->build_id) == 0;
    return component->debuglink && strcmp(component->debuglink, name) == 0 &&
           crc32_z(0, bytes, size) == component->debuglink_crc;
}

static int row_order(const void *a, const void *b)
{
    const struct cor_symbol *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (order)
        return order;
    return (x->row > y->row) - (x->row < y->row);
}

// The counted rows of .dynsym, in place of the debug file's own.
static enum cor_status copy_dynamic(const struct cor_component *component,
                                    struct cor_component *debug)
{
    debug->dynamic.count = 0;
    if (cor_array_reserve(&debug->dynamic, component->undefined.count) != COR_OK)
        return COR_NOMEM;
    for (size_t i = 0; i < component->undefined.count; i++)
        debug->dynamic.items[debug->dynamic.count++] = component->undefined.items[i];
    if (cor_array_reserve(&debug->dynamic, component->defined.count) != COR_OK)
        return COR_NOMEM;
    for (size_t i = 0; i < component->defined.count; i++)
        debug->dynamic.items[debug->dynamic.count++] = component->defined.items[i];
    if (debug->dynamic.count)
        qsort(debug->dynamic.items, debug->dynamic.count, sizeof *debug->dynamic.items, row_order);
    return COR_OK;
}

// A section that the debug file knows by another index is added under a new one.
static void join_sections(struct cor_component *component, const struct cor_component *debug,
                          uint32_t *numbers)
{
    size_t old = component->sections.count;
    for (size_t i = 0; i < debug->sections.count; i++) {
        const char *name = debug->sections.items[i];
        numbers[i] = (uint32_t)i;
        if (i < old && strcmp(component->sections.items[i], name) == 0)
            continue;
        numbers[i] = (uint32_t)component->sections.count;
        component->sections.items[component->sections.count++] = name;
    }
}

static void renumber(struct cor_symbol *symbols, size_t count, const uint32_t *numbers)
{
    for (size_t i = 0; i < count; i++)
        if (symbols[i].section != COR_NONE)
            symbols[i].section = numbers[symbols[i].section];
}

#define MOVE(to, from)                                                                             \
    do {                                                                                           \
        cor_array_dispose(to);                                                                     \
        (to)->items = (from)->items;                                                               \
        (to)->count = (from)->count;                                                               \
        (to)->capacity = (from)->capacity;                                                         \
        (from)->items = NULL;                                                                      \
        (from)->count = (from)->capacity = 0;                                                      \
    } while (0)

static void take(struct cor_component *component, struct cor_component *debug,
                 const uint32_t *numbers)
{
    renumber(debug->undefined.items, debug->undefined.count, numbers);
    renumber(debug->defined.items, debug->defined.count, numbers);
    MOVE(&component->undefined, &debug->undefined);
    MOVE(&component->defined, &debug->defined);
    MOVE(&component->dynamic, &debug->dynamic);
    MOVE(&component->files, &debug->files);
    component->undefined_table = component->defined_table = COR_TABLE_SYMTAB;
    component->sorted = debug->sorted;
    cor_arena_adopt(&component->arena, &debug->arena);
}

enum cor_status cor_debug_join(struct cor_component *component, struct cor_component *debug)
{
    if (component->defined_table != COR_TABLE_NONE || debug->defined_table != COR_TABLE_SYMTAB)
        return COR_NOT_FOUND;
    uint32_t *numbers = cor_alloc_zero(debug->sections.count, sizeof *numbers);
    enum cor_status status = numbers ? copy_dynamic(component, debug) : COR_NOMEM;
    if (status == COR_OK)
        status = cor_symbols_mark_exported(debug);
    if (status == COR_OK)
        status = cor_array_reserve(&component->sections, debug->sections.count);
    if (status == COR_OK) {
        join_sections(component, debug, numbers);
        take(component, debug, numbers);
        cor_symbols_join_versions(component);
    }
    cor_free(numbers);
    return status;
}
