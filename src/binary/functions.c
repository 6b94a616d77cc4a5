// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/functions.h"

#include <elf.h>
#include <stdlib.h>

#include "base/checked.h"
#include "binary/descriptors.h"

static int function_order(const void *a, const void *b)
{
    const struct cor_function *x = a, *y = b;
    if (x->space != y->space)
        return x->space < y->space ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return cor_name_order(y->name, x->name); // the first in name order comes last and wins
}

static uint8_t rank_of(const struct cor_symbol *symbol)
{
    static const uint8_t ranks[] = {
        [COR_BIND_LOCAL] = 1, [COR_BIND_GLOBAL] = 3, [COR_BIND_WEAK] = 2, [COR_BIND_UNIQUE] = 3};
    return cor_symbol_is_function(symbol) ? ranks[symbol->binding] : 0;
}

static bool in_code(const struct cor_image *image, const struct cor_symbol *symbol)
{
    return symbol->section < image->section_count &&
           (image->sections[symbol->section].flags & SHF_EXECINSTR);
}

static uint64_t end_of(uint64_t start, uint64_t size)
{
    return size <= UINT64_MAX - start ? start + size : UINT64_MAX;
}

static enum cor_status add_symbol(struct cor_functions *functions, const struct cor_image *image,
                                  const struct cor_descriptors *descriptors,
                                  const struct cor_symbol *symbol, uint32_t row)
{
    bool function = cor_symbol_is_function(symbol);
    bool label = symbol->type == COR_SYMBOL_NOTYPE && in_code(image, symbol);
    if (!function && !label)
        return COR_OK;
    bool relocatable = image->type == ET_REL;
    if (relocatable && symbol->section == COR_NONE)
        return COR_OK;
    // The lowest bit tells the instruction set, not the place.
    bool odd = image->machine == EM_ARM || image->machine == EM_MIPS;
    struct cor_function item = {.space = relocatable ? symbol->section : 0,
                                .rank = rank_of(symbol),
                                .label = label,
                                .sized = symbol->size > 0,
                                .start = symbol->address & ~(uint64_t)(odd && function),
                                .name = symbol->name,
                                .row = row};
    if (descriptors->section && symbol->section == descriptors->section) {
        const struct cor_descriptor *found = cor_descriptors_find(descriptors, symbol->address);
        if (!found)
            return COR_OK;
        item.space = found->space;
        item.start = found->start;
    }
    item.end = end_of(item.start, symbol->size);
    return cor_array_add(&functions->items, item);
}

// Drops labels inside of functions, and lets what has no size end where the next one starts.
static void settle(struct cor_functions *functions)
{
    struct cor_function *items = functions->items.items;
    size_t kept = 0;
    uint64_t covered = 0;
    for (size_t i = 0; i < functions->items.count; i++) {
        if (kept == 0 || items[i].space != items[kept - 1].space)
            covered = 0;
        if (items[i].label && items[i].start < covered)
            continue;
        if (!items[i].label && items[i].end > covered)
            covered = items[i].end;
        items[kept++] = items[i];
    }
    functions->items.count = kept;
    for (size_t i = kept, next = kept; i-- > 0;) {
        // `next` is the first item of a later start in the same space, or `kept`.
        if (i + 1 < kept && (items[i + 1].space != items[i].space))
            next = kept;
        else if (i + 1 < kept && items[i + 1].start != items[i].start)
            next = i + 1;
        if (items[i].end == items[i].start)
            items[i].end = next < kept ? items[next].start : UINT64_MAX;
    }
}

enum cor_status cor_functions_open(struct cor_image *image, const struct cor_component *component,
                                   struct cor_functions *functions)
{
    struct cor_descriptors descriptors;
    *functions = (struct cor_functions){0};
    enum cor_status status = cor_descriptors_open(image, &descriptors);
    for (size_t i = 0; i < component->defined.count && status == COR_OK; i++)
        status = add_symbol(functions, image, &descriptors, &component->defined.items[i],
                            cor_u32_clamp(i));
    cor_descriptors_dispose(&descriptors);
    if (functions->items.count)
        qsort(functions->items.items, functions->items.count, sizeof *functions->items.items,
              function_order);
    settle(functions);
    return status;
}

void cor_functions_dispose(struct cor_functions *functions)
{
    cor_array_dispose(&functions->items);
}

static size_t first_of(const struct cor_functions *functions, uint32_t space)
{
    size_t low = 0, high = functions->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (functions->items.items[middle].space < space)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void cor_function_sweep_begin(struct cor_function_sweep *sweep,
                              const struct cor_functions *functions, uint32_t space)
{
    sweep->functions = functions;
    sweep->next = first_of(functions, space);
    sweep->end = space == UINT32_MAX ? functions->items.count : first_of(functions, space + 1);
    sweep->open.count = 0;
    sweep->passed = 0;
}

void cor_function_sweep_dispose(struct cor_function_sweep *sweep)
{
    cor_array_dispose(&sweep->open);
}

enum cor_status cor_function_sweep_to(struct cor_function_sweep *sweep, uint64_t place,
                                      const struct cor_function **ret_function, uint64_t *ret_gap)
{
    const struct cor_function *items = sweep->functions->items.items;
    while (sweep->next < sweep->end && items[sweep->next].start <= place) {
        if (cor_array_add(&sweep->open, sweep->next) != COR_OK)
            return COR_NOMEM;
        sweep->next++;
    }
    while (sweep->open.count && items[sweep->open.items[sweep->open.count - 1]].end <= place) {
        uint64_t end = items[sweep->open.items[--sweep->open.count]].end;
        sweep->passed = end > sweep->passed ? end : sweep->passed;
    }
    *ret_function = sweep->open.count ? &items[sweep->open.items[sweep->open.count - 1]] : NULL;
    *ret_gap = sweep->passed;
    return COR_OK;
}
