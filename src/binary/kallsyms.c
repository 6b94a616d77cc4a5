// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/kallsyms.h"

#include "binary/image.h"
#include "binary/kallsyms_tables.h"
#include "binary/order.h"
#include "binary/places.h"

// What nm's letter says. Locals that are no functions are not kept.
static bool describe(char letter, struct cor_symbol *symbol)
{
    symbol->binding = letter >= 'a' && letter <= 'z' ? COR_BIND_LOCAL : COR_BIND_GLOBAL;
    switch (letter) {
    case 'T':
    case 't':
        symbol->type = COR_SYMBOL_FUNCTION;
        return true;
    case 'W':
    case 'w':
        symbol->type = COR_SYMBOL_FUNCTION;
        symbol->binding = COR_BIND_WEAK;
        return true;
    case 'i':
        symbol->type = COR_SYMBOL_IFUNC;
        return true;
    case 'V':
    case 'v':
        symbol->type = COR_SYMBOL_OBJECT;
        symbol->binding = COR_BIND_WEAK;
        return true;
    default:
        symbol->type = letter == 'A' ? COR_SYMBOL_NOTYPE : COR_SYMBOL_OBJECT;
        return symbol->binding == COR_BIND_GLOBAL;
    }
}

static enum cor_status add_all(struct cor_component *component, struct cor_names *names,
                               const struct cor_kallsyms *tables, const struct cor_places *places)
{
    char text[COR_KALLSYMS_LONGEST];
    size_t at = tables->names, size, next;
    enum cor_status status = cor_array_reserve(&component->defined, tables->count);
    for (uint32_t i = 0; i < tables->count && status == COR_OK; i++, at = next) {
        struct cor_symbol symbol = {.section = COR_NONE, .file = COR_NONE, .row = i};
        if (!cor_kallsyms_name(tables, at, text, &size, &next))
            return COR_NOT_FOUND;
        if (size < 2 || !describe(text[0], &symbol))
            continue;
        symbol.address = cor_kallsyms_address(tables, i);
        if (places && text[0] != 'A')
            symbol.section = cor_places_section(places, symbol.address);
        status = cor_names_intern(names, cor_slice(text + 1, size - 1), &symbol.name);
        if (status == COR_OK)
            status = cor_array_add(&component->defined, symbol);
    }
    return status;
}

enum cor_status cor_kallsyms_fill(struct cor_component *component, struct cor_names *names,
                                  const struct cor_kallsyms *tables, struct cor_image *image)
{
    struct cor_places places;
    enum cor_status status = COR_OK;
    if (image)
        status = cor_places_open(image, image->arena, &places);
    if (status == COR_OK)
        status = add_all(component, names, tables, image ? &places : NULL);
    if (status == COR_OK)
        status = cor_symbols_sort(component);
    if (status != COR_OK) {
        component->defined.count = 0;
        return status;
    }
    component->defined_table = COR_TABLE_KALLSYMS;
    return COR_OK;
}

const struct cor_symbol *cor_kallsyms_find_symbol(const struct cor_component *component,
                                                  struct cor_slice name)
{
    size_t low = 0, high = component->defined.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cor_symbol *symbol = &component->defined.items[middle];
        int order = cor_slice_order(cor_name_slice(symbol->name), name);
        if (order == 0)
            return symbol;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
