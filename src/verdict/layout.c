// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "verdict/toolchain_names.h"

const char *cor_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static size_t stem_size(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? (size_t)(dot - name) : strlen(name);
}

bool cor_same_stem(const char *a, const char *b)
{
    const char *x = cor_base_name(a), *y = cor_base_name(b);
    return stem_size(x) == stem_size(y) && memcmp(x, y, stem_size(x)) == 0;
}

bool cor_is_unit_name(const char *name)
{
    static const char *const endings[] = {".c", ".cc", ".cpp", ".cxx", ".C", ".c++", ".CPP", ".cp"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(dot, endings[i]) == 0)
            return true;
    return false;
}

static int place_order(const void *a, const void *b, void *context)
{
    const struct cor_component *component = context;
    const uint32_t *i = a, *k = b;
    const struct cor_symbol *x = &component->defined.items[*i], *y = &component->defined.items[*k];
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    return *i < *k ? -1 : *i > *k;
}

// Linkers gather these away from the rest of their unit.
static bool stands_apart(const struct cor_symbol *symbol)
{
    return strstr(symbol->name->text, ".cold") || strcmp(symbol->name->text, "main") == 0;
}

static bool is_placed(const struct cor_symbol *symbol)
{
    return cor_symbol_is_function(symbol) && !cor_is_runtime_name(cor_name_slice(symbol->name));
}

static uint32_t own_unit(const struct cor_component *component, uint32_t row)
{
    const struct cor_symbol *symbol = &component->defined.items[row];
    if (symbol->file == COR_NONE || symbol->file >= component->files.count ||
        symbol->binding != COR_BIND_LOCAL ||
        !cor_is_unit_name(component->files.items[symbol->file]))
        return COR_NONE;
    return symbol->file;
}

// What lies between two functions of one unit, in the same section, is of that unit.
static void spread_units(const struct cor_component *component, struct cor_layout *layout)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < layout->count; i++) {
        uint32_t row = layout->order[i];
        if (layout->unit[row] == COR_NONE || stands_apart(&component->defined.items[row]))
            continue;
        uint32_t before = last == SIZE_MAX ? COR_NONE : layout->order[last];
        if (before != COR_NONE && layout->unit[before] == layout->unit[row] &&
            component->defined.items[before].section == component->defined.items[row].section)
            for (size_t k = last + 1; k < i; k++)
                if (layout->unit[layout->order[k]] == COR_NONE)
                    layout->unit[layout->order[k]] = layout->unit[row];
        last = i;
    }
}

static enum cor_status fill(const struct cor_component *component, struct cor_layout *layout)
{
    for (size_t i = 0; i < component->defined.count; i++) {
        const struct cor_symbol *symbol = &component->defined.items[i];
        layout->place[i] = layout->unit[i] = COR_NONE;
        if (symbol->binding != COR_BIND_LOCAL &&
            cor_map_put(&layout->rows_of, symbol->name, i) != COR_OK)
            return COR_NOMEM;
        if (!is_placed(symbol))
            continue;
        layout->unit[i] = own_unit(component, (uint32_t)i);
        layout->order[layout->count++] = (uint32_t)i;
    }
    if (layout->count)
        qsort_r(layout->order, layout->count, sizeof *layout->order, place_order,
                (void *)(uintptr_t)component);
    for (size_t i = 0; i < layout->count; i++)
        layout->place[layout->order[i]] = (uint32_t)i;
    spread_units(component, layout);
    return COR_OK;
}

enum cor_status cor_layout_build(const struct cor_component *component, struct cor_layout *layout)
{
    layout->rows = component->defined.count;
    layout->order = cor_alloc_zero(layout->rows, sizeof *layout->order);
    layout->place = cor_alloc_zero(layout->rows, sizeof *layout->place);
    layout->unit = cor_alloc_zero(layout->rows, sizeof *layout->unit);
    if (!layout->order || !layout->place || !layout->unit)
        return COR_NOMEM;
    for (size_t i = 0; i < component->files.count; i++)
        layout->file_names += cor_is_unit_name(component->files.items[i]);
    return fill(component, layout);
}

void cor_layout_dispose(struct cor_layout *layout)
{
    cor_free(layout->order);
    cor_free(layout->place);
    cor_free(layout->unit);
    cor_map_dispose(&layout->rows_of);
}

uint32_t cor_layout_row(const struct cor_layout *layout, const struct cor_component *component,
                        const struct cor_symbol *symbol)
{
    const struct cor_symbol *first = component->defined.items;
    uint64_t row = COR_NONE;
    if (!layout->place)
        return COR_NONE;
    if (first && symbol >= first && symbol < first + component->defined.count)
        return (uint32_t)(symbol - first);
    cor_map_get(&layout->rows_of, symbol->name, &row);
    return (uint32_t)row;
}
