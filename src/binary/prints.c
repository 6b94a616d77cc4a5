// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/prints.h"

#include <elf.h>
#include <stdlib.h>

#include "base/checked.h"
#include "binary/printer.h"

static bool holds(const struct cor_function *item, uint32_t space, uint64_t place)
{
    return item->space == space && item->start <= place && place < item->end;
}

// The last item that does not begin behind the place.
static size_t item_at(const struct cor_printer *printer, uint32_t space, uint64_t place)
{
    const struct cor_function *items = printer->functions.items.items;
    size_t low = 0, high = printer->functions.items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = items[middle].space != space ? items[middle].space < space
                                                   : items[middle].start <= place;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : SIZE_MAX;
}

enum cor_status cor_printer_add(struct cor_printer *printer, uint32_t space, uint64_t place,
                                uint32_t hash)
{
    const struct cor_function *items = printer->functions.items.items;
    if (!hash)
        return COR_OK;
    if (printer->last >= printer->functions.items.count ||
        !holds(&items[printer->last], space, place)) {
        size_t found = item_at(printer, space, place);
        if (found == SIZE_MAX || !holds(&items[found], space, place))
            return COR_OK;
        printer->last = found;
    }
    return cor_array_add(&printer->uses,
                         (struct cor_print_use){cor_u32_clamp(printer->last), hash});
}

uint32_t cor_printer_function(const struct cor_printer *printer, uint32_t space, uint64_t place)
{
    size_t found = item_at(printer, space, place);
    const struct cor_function *items = printer->functions.items.items;
    if (found == SIZE_MAX || items[found].space != space || items[found].start != place)
        return 0;
    return cor_print_name(cor_name_slice(items[found].name));
}

// The text that ends with a NUL; empty when it is none.
static struct cor_slice text_of(struct cor_slice from)
{
    enum { LONGEST = 4096 };
    size_t size = from.size < LONGEST ? from.size : LONGEST;
    const char *end = size ? memchr(from.data, 0, size) : NULL;
    for (const char *at = from.data; end && at < end; at++)
        if ((unsigned char)*at < 32 && *at != '\n' && *at != '\t' && *at != '\r' && *at != 1 &&
            *at != 27)
            return cor_slice("", 0);
    return end ? cor_slice(from.data, (size_t)(end - from.data)) : cor_slice("", 0);
}

enum cor_status cor_printer_add_text(struct cor_printer *printer, uint32_t space, uint64_t place,
                                     struct cor_slice from)
{
    printer->words.count = 0;
    enum cor_status status = cor_print_add_words(&printer->words, text_of(from));
    for (size_t i = 0; i < printer->words.count && status == COR_OK; i++)
        status = cor_printer_add(printer, space, place, printer->words.items[i]);
    return status;
}

static int use_order(const void *a, const void *b)
{
    const struct cor_print_use *x = a, *y = b;
    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static int row_order(const void *a, const void *b)
{
    const struct cor_name *name = a;
    const struct cor_symbol *symbol = b;
    return cor_name_order(name, symbol->name);
}

// "f.cold" is a part of `f`, where there is one `f` alone: the row of that, or COR_NONE.
static uint32_t whole_of(const struct cor_printer *printer, const struct cor_function *item)
{
    const struct cor_component *component = printer->component;
    const char *dot = strchr(item->name->text + 1, '.');
    if (!item->name->size || !dot)
        return COR_NONE;
    const struct cor_name *name = cor_names_find(
        printer->names, cor_slice(item->name->text, (size_t)(dot - item->name->text)));
    const struct cor_symbol *first = component->defined.items;
    const struct cor_symbol *found =
        name ? bsearch(name, first, component->defined.count, sizeof *first, row_order) : NULL;
    if (!found || (found > first && found[-1].name == name) ||
        (found + 1 < first + component->defined.count && found[1].name == name))
        return COR_NONE;
    return (uint32_t)(found - first);
}

// The item whose code begins where that of `row` does, else COR_NONE. Rows of one start share it.
static enum cor_status items_of_rows(struct cor_printer *printer, uint32_t *item_of)
{
    const struct cor_function *items = printer->functions.items.items;
    for (size_t i = printer->functions.items.count; i-- > 0;) {
        bool same = i + 1 < printer->functions.items.count &&
                    items[i + 1].space == items[i].space && items[i + 1].start == items[i].start;
        item_of[items[i].row] = same ? item_of[items[i + 1].row] : cor_u32_clamp(i);
    }
    return COR_OK;
}

// Uses of a part are uses of the whole, too.
static enum cor_status add_parts(struct cor_printer *printer, const uint32_t *item_of)
{
    const struct cor_function *items = printer->functions.items.items;
    size_t count = printer->uses.count;
    for (size_t i = 0; i < count; i++) {
        struct cor_print_use use = printer->uses.items[i];
        uint32_t whole = whole_of(printer, &items[use.item]);
        if (whole == COR_NONE || item_of[whole] == COR_NONE)
            continue;
        use.item = item_of[whole];
        if (cor_array_add(&printer->uses, use) != COR_OK)
            return COR_NOMEM;
    }
    return COR_OK;
}

static uint32_t size_of(const struct cor_function *item)
{
    return item->sized ? cor_u32_clamp(item->end - item->start) : 0;
}

static enum cor_status make_prints(struct cor_printer *printer, const uint32_t *item_of)
{
    struct cor_component *component = printer->component;
    const struct cor_function *items = printer->functions.items.items;
    size_t count = printer->functions.items.count;
    const struct cor_print **prints = cor_arena_alloc(&printer->scratch, count, sizeof *prints);
    cor_print_list list = {0};
    enum cor_status status = prints ? COR_OK : COR_NOMEM;
    for (size_t i = 0, use = 0; status == COR_OK && i < count; i++) {
        list.count = 0;
        for (; status == COR_OK && use < printer->uses.count && printer->uses.items[use].item == i;
             use++)
            status = cor_array_add(&list, printer->uses.items[use].hash);
        if (status == COR_OK &&
            !(prints[i] = cor_print_make(&component->arena, &list, NULL, size_of(&items[i]))))
            status = COR_NOMEM;
    }
    for (size_t i = 0; status == COR_OK && i < count; i++)
        component->defined.items[items[i].row].print = prints[item_of[items[i].row]];
    cor_array_dispose(&list);
    return status;
}

static enum cor_status settle(struct cor_printer *printer)
{
    size_t rows = printer->component->defined.count;
    uint32_t *item_of = cor_arena_alloc(&printer->scratch, rows, sizeof *item_of);
    if (!item_of)
        return COR_NOMEM;
    for (size_t i = 0; i < rows; i++)
        item_of[i] = COR_NONE;
    enum cor_status status = items_of_rows(printer, item_of);
    if (status == COR_OK)
        status = add_parts(printer, item_of);
    if (printer->uses.count)
        qsort(printer->uses.items, printer->uses.count, sizeof *printer->uses.items, use_order);
    return status == COR_OK ? make_prints(printer, item_of) : status;
}

static bool can_decode(const struct cor_image *image)
{
    return image->machine == EM_X86_64 || image->machine == EM_386 ||
           (image->machine == EM_AARCH64 && !image->big);
}

enum cor_status cor_prints_read(struct cor_component *component, struct cor_names *names,
                                const void *bytes, size_t size)
{
    struct cor_printer printer = {.component = component, .names = names, .last = SIZE_MAX};
    cor_arena_init(&printer.scratch);
    enum cor_status status = cor_image_open(&printer.image, &printer.scratch, bytes, size, NULL);
    bool relocatable = printer.image.type == ET_REL;
    if (status == COR_OK && printer.image.section_count &&
        (relocatable || can_decode(&printer.image))) {
        status = cor_functions_open(&printer.image, component, &printer.functions);
        if (status == COR_OK)
            status = relocatable ? cor_print_rows(&printer) : cor_print_linked(&printer);
        if (status == COR_OK && (relocatable || printer.uses.count))
            status = settle(&printer);
    }
    cor_functions_dispose(&printer.functions);
    cor_array_dispose(&printer.uses);
    cor_array_dispose(&printer.words);
    cor_arena_dispose(&printer.scratch);
    return status == COR_NOMEM ? status : COR_OK;
}
