// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/mapping.h"

#include <elf.h>
#include <stdlib.h>

static int mark_order(const void *a, const void *b)
{
    const struct cor_mapping_mark *x = a, *y = b;
    if (x->space != y->space)
        return x->space < y->space ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->content - y->content;
}

// "$a", "$t", "$x", "$d", each perhaps with ".anything" behind it.
static enum cor_content content_of(const struct cor_symbol_row *row)
{
    if (row->binding != STB_LOCAL || row->type != STT_NOTYPE || row->name.size < 2 ||
        row->name.data[0] != '$' || (row->name.size > 2 && row->name.data[2] != '.'))
        return COR_CONTENT_UNKNOWN;
    switch (row->name.data[1]) {
    case 'a':
    case 'x':
        return COR_CONTENT_CODE;
    case 't':
        return COR_CONTENT_COMPRESSED;
    case 'd':
        return COR_CONTENT_DATA;
    default:
        return COR_CONTENT_UNKNOWN;
    }
}

static enum cor_status add_marks(struct cor_image *image, size_t section,
                                 struct cor_mapping *mapping)
{
    struct cor_symbol_rows rows;
    struct cor_symbol_row row;
    enum cor_status status = COR_OK;
    cor_symbol_rows_open(image, section, &rows);
    if (!cor_image_spend(image, rows.rows.size))
        return COR_OK;
    for (size_t i = 1; i < rows.count && status == COR_OK; i++) {
        if (!cor_symbol_row(image, &rows, i, &row) || row.place != COR_PLACE_SECTION)
            continue;
        enum cor_content content = content_of(&row);
        if (content != COR_CONTENT_UNKNOWN)
            status = cor_array_add(
                &mapping->marks, (struct cor_mapping_mark){image->type == ET_REL ? row.section : 0,
                                                           (uint8_t)content, row.value});
    }
    return status;
}

enum cor_status cor_mapping_open(struct cor_image *image, struct cor_mapping *mapping)
{
    enum cor_status status = COR_OK;
    *mapping = (struct cor_mapping){0};
    if (image->machine != EM_ARM && image->machine != EM_AARCH64)
        return COR_OK;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++)
        if (image->sections[i].type == SHT_SYMTAB)
            status = add_marks(image, i, mapping);
    if (mapping->marks.count)
        qsort(mapping->marks.items, mapping->marks.count, sizeof *mapping->marks.items, mark_order);
    return status;
}

void cor_mapping_dispose(struct cor_mapping *mapping)
{
    cor_array_dispose(&mapping->marks);
}

enum cor_content cor_mapping_at(const struct cor_mapping *mapping, uint32_t space, uint64_t place,
                                uint64_t *ret_start)
{
    const struct cor_mapping_mark *marks = mapping->marks.items;
    size_t low = 0, high = mapping->marks.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks[middle].space < space ||
            (marks[middle].space == space && marks[middle].start <= place))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || marks[low - 1].space != space)
        return COR_CONTENT_UNKNOWN;
    *ret_start = marks[low - 1].start;
    return (enum cor_content)marks[low - 1].content;
}
