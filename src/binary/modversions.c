// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/modversions.h"

#include <elf.h>
#include <stdlib.h>

#include "binary/bytes.h"
#include "binary/checksum_sections.h"

static int import_order(const void *left, const void *right)
{
    const struct cor_import *a = left, *b = right;
    int order = cor_name_order(a->name, b->name);
    return order ? order : (a->crc > b->crc) - (a->crc < b->crc);
}

// struct modversion_info: a checksum as wide as an address, and a name; 64 bytes together.
static enum cor_status read_imports(struct cor_image *image, struct cor_names *names,
                                    struct cor_component *component)
{
    enum { ENTRY = 64 };
    const struct cor_section *section = cor_image_named(image, "__versions");
    enum cor_status status = COR_OK;
    size_t width = image->wide ? 8 : 4;
    if (!section || !cor_image_spend(image, section->data.size))
        return COR_OK;
    for (size_t at = 0; status == COR_OK && at + ENTRY <= section->data.size; at += ENTRY) {
        const char *entry = section->data.data + at;
        size_t length = strnlen(entry + width, ENTRY - width);
        struct cor_import import = {NULL, (uint32_t)cor_image_word(image, entry)};
        if (!length)
            continue;
        status = cor_names_intern(names, cor_slice(entry + width, length), &import.name);
        if (status == COR_OK)
            status = cor_array_add(&component->imports, import);
    }
    if (component->imports.count)
        qsort(component->imports.items, component->imports.count, sizeof *component->imports.items,
              import_order);
    return status;
}

static struct cor_export *export_of(struct cor_component *component, struct cor_slice name)
{
    size_t low = 0, high = component->exports.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = cor_slice_order(cor_name_slice(component->exports.items[middle].name), name);
        if (order == 0)
            return &component->exports.items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

// The symbol stands where the checksum is or, in older kernels, is the checksum. Not even the
// symbol of a row that is relocated stands at a value.
static void read_checksum(struct cor_image *image, const struct cor_symbol_row *row,
                          struct cor_component *component)
{
    static const struct cor_slice prefix = {"__crc_", 6};
    if (row->name.size <= prefix.size || !cor_slice_starts(row->name, prefix))
        return;
    struct cor_export *export =
        export_of(component, cor_slice(row->name.data + prefix.size, row->name.size - prefix.size));
    if (!export || export->has_crc)
        return;
    if (row->place == COR_PLACE_ABSOLUTE) {
        export->crc = (uint32_t)row->value;
        export->has_crc = true;
    } else if (row->place == COR_PLACE_SECTION && row->section < image->section_count) {
        const struct cor_section *section = &image->sections[row->section];
        uint64_t at = row->value - section->address;
        if (cor_checksum_relocated(image, row->section, at, &export->has_crc, &export->crc))
            return;
        if (section->data.size < 4 || at > section->data.size - 4)
            return;
        export->crc = cor_get32(section->data.data + at, image->big);
        export->has_crc = true;
    }
}

enum cor_status cor_modversions_read(struct cor_image *image, const struct cor_symbol_rows *rows,
                                     struct cor_names *names, struct cor_component *component)
{
    struct cor_symbol_row row;
    for (size_t i = 1; component->exports.count && i < rows->count; i++)
        if (cor_symbol_row(image, rows, i, &row))
            read_checksum(image, &row, component);
    return read_imports(image, names, component);
}
