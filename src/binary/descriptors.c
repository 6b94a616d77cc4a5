// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/descriptors.h"

#include <elf.h>
#include <stdlib.h>

#include "binary/relocations.h"

static int place_order(const void *a, const void *b)
{
    const struct cor_descriptor *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

static enum cor_status read_rows(struct cor_image *image, const struct cor_relocation_rows *table,
                                 struct cor_descriptors *descriptors)
{
    struct cor_symbol_rows rows;
    struct cor_symbol_row symbol;
    enum cor_status status = COR_OK;
    if (table->symbols >= image->section_count ||
        image->sections[table->symbols].type != SHT_SYMTAB ||
        !cor_image_spend(image, table->rows.size))
        return COR_OK;
    cor_symbol_rows_open(image, table->symbols, &rows);
    for (size_t i = 0; i < table->count && status == COR_OK; i++) {
        struct cor_relocation row = cor_relocation_row(image, table, i);
        if (row.type != R_PPC64_ADDR64 || row.symbol >= rows.count ||
            !cor_symbol_row(image, &rows, row.symbol, &symbol) || symbol.place != COR_PLACE_SECTION)
            continue;
        status =
            cor_array_add(&descriptors->items,
                          (struct cor_descriptor){row.offset, symbol.value + (uint64_t)row.addend,
                                                  symbol.section});
    }
    return status;
}

static enum cor_status read_relocatable(struct cor_image *image,
                                        struct cor_descriptors *descriptors)
{
    struct cor_relocation_rows table;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++)
        if (cor_relocation_rows_open(image, i, &table) && table.target == descriptors->section)
            status = read_rows(image, &table, descriptors);
    return status;
}

static enum cor_status read_linked(const struct cor_image *image,
                                   struct cor_descriptors *descriptors)
{
    const struct cor_section *section = &image->sections[descriptors->section];
    enum cor_status status = COR_OK;
    for (size_t at = 0; section->data.size - at >= 8 && status == COR_OK; at += 8)
        status = cor_array_add(
            &descriptors->items,
            (struct cor_descriptor){section->address + at,
                                    cor_image_word(image, section->data.data + at), 0});
    return status;
}

enum cor_status cor_descriptors_open(struct cor_image *image, struct cor_descriptors *descriptors)
{
    *descriptors = (struct cor_descriptors){0};
    const struct cor_section *section = cor_image_named(image, ".opd");
    if (image->machine != EM_PPC64 || !image->wide || !section)
        return COR_OK;
    descriptors->section = (uint32_t)(section - image->sections);
    enum cor_status status = image->type == ET_REL ? read_relocatable(image, descriptors)
                                                   : read_linked(image, descriptors);
    if (descriptors->items.count)
        qsort(descriptors->items.items, descriptors->items.count, sizeof *descriptors->items.items,
              place_order);
    return status;
}

void cor_descriptors_dispose(struct cor_descriptors *descriptors)
{
    cor_array_dispose(&descriptors->items);
}

const struct cor_descriptor *cor_descriptors_find(const struct cor_descriptors *descriptors,
                                                  uint64_t place)
{
    struct cor_descriptor key = {.place = place};
    if (!descriptors->items.count)
        return NULL;
    return bsearch(&key, descriptors->items.items, descriptors->items.count, sizeof key,
                   place_order);
}
