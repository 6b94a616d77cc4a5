// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/exports.h"

#include <elf.h>
#include <stdlib.h>

#include "base/map.h"
#include "binary/bytes.h"
#include "binary/checksum_sections.h"
#include "binary/relocations.h"

static bool begins(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

// A linked module has __ksymtab and __ksymtab_gpl; before that link each symbol has a section
// ___ksymtab+NAME or ___ksymtab_gpl+NAME.
static bool is_table(const char *section, bool *ret_gpl)
{
    static const struct {
        const char *name;
        bool gpl, whole;
    } tables[] = {
        {"__ksymtab", false, true},
        {"__ksymtab_gpl", true, true},
        {"__ksymtab_unused", false, true},
        {"__ksymtab_unused_gpl", true, true},
        {"__ksymtab_gpl_future", false, true},
        {"___ksymtab+", false, false},
        {"___ksymtab_gpl+", true, false},
        {"___ksymtab_unused+", false, false},
        {"___ksymtab_unused_gpl+", true, false},
        {"___ksymtab_gpl_future+", false, false},
        {"__ksymtab.", false, false},
        {"__ksymtab_gpl.", true, false},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (tables[i].whole ? strcmp(section, tables[i].name) == 0
                            : begins(section, tables[i].name)) {
            *ret_gpl = tables[i].gpl;
            return true;
        }
    }
    return false;
}

static bool any_table(const struct cor_image *image)
{
    bool gpl;
    for (size_t i = 0; i < image->section_count; i++)
        if (is_table(image->sections[i].name, &gpl) ||
            begins(image->sections[i].name, ".vmksymbolexports"))
            return true;
    return false;
}

static enum cor_status add_export(struct cor_component *component, struct cor_names *names,
                                  struct cor_slice text, bool gpl, const char *namespace_)
{
    const struct cor_name *name;
    enum cor_status status = cor_names_intern(names, text, &name);
    if (status != COR_OK)
        return status;
    return cor_array_add(
        &component->exports,
        (struct cor_export){.name = name, .gpl_only = gpl, .namespace_ = namespace_});
}

static enum cor_status add_by_symbol(struct cor_image *image, const struct cor_symbol_row *row,
                                     struct cor_names *names, struct cor_component *component)
{
    static const struct cor_slice prefix = {"__ksymtab_", 10};
    bool gpl;
    if (row->place != COR_PLACE_SECTION || row->section >= image->section_count ||
        row->name.size <= prefix.size || !cor_slice_starts(row->name, prefix) ||
        !is_table(image->sections[row->section].name, &gpl))
        return COR_OK;
    struct cor_slice name = {row->name.data + prefix.size, row->name.size - prefix.size};
    return add_export(component, names, name, gpl, NULL);
}

// "__kstrtabns_NAME" marks the place of the namespace's text, which is empty for most.
static enum cor_status note_namespace(struct cor_image *image, const struct cor_symbol_row *row,
                                      struct cor_names *names, struct cor_map *places)
{
    static const struct cor_slice prefix = {"__kstrtabns_", 12};
    const struct cor_name *name;
    struct cor_slice text;
    if (row->place != COR_PLACE_SECTION || row->section >= image->section_count ||
        row->name.size <= prefix.size || !cor_slice_starts(row->name, prefix))
        return COR_OK;
    struct cor_slice strings = image->sections[row->section].data;
    uint64_t at = row->value - image->sections[row->section].address;
    if (!cor_string_at(strings, at, &text) || !text.size)
        return COR_OK;
    enum cor_status status = cor_names_intern(
        names, cor_slice(row->name.data + prefix.size, row->name.size - prefix.size), &name);
    if (status != COR_OK)
        return status;
    return cor_map_put(places, name, (uint64_t)(text.data - image->bytes));
}

static enum cor_status set_namespaces(const struct cor_image *image, const struct cor_map *places,
                                      struct cor_component *component)
{
    uint64_t place;
    for (size_t i = 0; i < component->exports.count; i++) {
        struct cor_export *export = &component->exports.items[i];
        if (!cor_map_get(places, export->name, &place))
            continue;
        export->namespace_ =
            cor_arena_text(&component->arena, cor_slice_text(image->bytes + place));
        if (!export->namespace_)
            return COR_NOMEM;
    }
    return COR_OK;
}

static enum cor_status read_by_symbols(struct cor_image *image, const struct cor_symbol_rows *rows,
                                       struct cor_names *names, struct cor_component *component)
{
    struct cor_map places;
    struct cor_symbol_row row;
    enum cor_status status = COR_OK;
    cor_map_init(&places);
    for (size_t i = 1; i < rows->count && status == COR_OK; i++) {
        if (!cor_symbol_row(image, rows, i, &row))
            continue;
        status = add_by_symbol(image, &row, names, component);
        if (status == COR_OK)
            status = note_namespace(image, &row, names, &places);
    }
    if (status == COR_OK)
        status = set_namespaces(image, &places, component);
    cor_map_dispose(&places);
    return status;
}

// One relocation row of an export table that points into __ksymtab_strings.
struct pointer {
    uint64_t offset;
    struct cor_slice text;
};

static int pointer_order(const void *a, const void *b)
{
    const struct pointer *x = a, *y = b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

static bool read_pointer(struct cor_image *image, const struct cor_relocation_rows *table,
                         const struct cor_symbol_rows *rows, size_t index, struct pointer *ret)
{
    struct cor_symbol_row symbol;
    struct cor_relocation row = cor_relocation_row(image, table, index);
    const struct cor_section *target = &image->sections[table->target];
    if (row.symbol >= rows->count || !cor_symbol_row(image, rows, row.symbol, &symbol) ||
        symbol.place != COR_PLACE_SECTION || symbol.section >= image->section_count ||
        strcmp(image->sections[symbol.section].name, "__ksymtab_strings") != 0)
        return false;
    size_t width = image->wide ? 8 : 4;
    if (!table->addends && row.offset <= target->data.size &&
        target->data.size - row.offset >= width)
        row.addend = (int64_t)cor_image_word(image, target->data.data + row.offset);
    ret->offset = row.offset;
    return cor_string_at(image->sections[symbol.section].data, symbol.value + (uint64_t)row.addend,
                         &ret->text);
}

// An entry is: value, name, and since Linux 5.4 namespace; all pointers, or all 32-bit distances.
// So the name and the namespace of one entry stand next to each other.
static enum cor_status add_pointers(struct cor_component *component, struct cor_names *names,
                                    const struct pointer *items, size_t count, bool gpl)
{
    for (size_t i = 0; i < count; i++) {
        const char *namespace_ = NULL;
        struct cor_slice name = items[i].text;
        bool paired = i + 1 < count && items[i + 1].offset - items[i].offset <= 8 &&
                      (i + 2 >= count || items[i + 2].offset - items[i + 1].offset >
                                             items[i + 1].offset - items[i].offset);
        if (paired && items[++i].text.size) {
            namespace_ = cor_arena_text(&component->arena, items[i].text);
            if (!namespace_)
                return COR_NOMEM;
        }
        enum cor_status status = add_export(component, names, name, gpl, namespace_);
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

static enum cor_status read_table(struct cor_image *image, const struct cor_relocation_rows *table,
                                  const struct cor_symbol_rows *rows, struct cor_names *names,
                                  struct cor_component *component, bool gpl)
{
    COR_ARRAY(struct pointer) pointers = {0};
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < table->count && status == COR_OK; i++) {
        struct pointer pointer;
        if (read_pointer(image, table, rows, i, &pointer))
            status = cor_array_add(&pointers, pointer);
    }
    if (status == COR_OK && pointers.count) {
        qsort(pointers.items, pointers.count, sizeof *pointers.items, pointer_order);
        status = add_pointers(component, names, pointers.items, pointers.count, gpl);
    }
    cor_array_dispose(&pointers);
    return status;
}

// A module stripped of its local symbols keeps the table's own rows.
static enum cor_status read_by_rows(struct cor_image *image, const struct cor_symbol_rows *rows,
                                    struct cor_names *names, struct cor_component *component)
{
    enum cor_status status = COR_OK;
    struct cor_relocation_rows table;
    bool gpl;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++)
        if (cor_relocation_rows_open(image, i, &table) && table.target > 0 &&
            table.target < image->section_count &&
            is_table(image->sections[table.target].name, &gpl) &&
            cor_image_spend(image, table.rows.size))
            status = read_table(image, &table, rows, names, component, gpl);
    return status;
}

// A linked kernel's entries hold their pointers themselves.
struct layout {
    size_t size; // of one entry
    size_t name; // where its name's pointer stands
    size_t namespace_;
    bool distance; // a pointer is a 32-bit distance from its own place
};

static uint64_t pointer_at(const struct cor_image *image, const struct cor_section *table,
                           const struct layout *layout, size_t at)
{
    const char *place = table->data.data + at;
    uint64_t address = 0;
    if (!layout->distance)
        address = cor_image_word(image, place);
    else
        address = table->address + at + (uint64_t)(int64_t)(int32_t)cor_get32(place, image->big);
    return image->wide ? address : address & UINT32_MAX;
}

static bool entry_text(const struct cor_image *image, const struct cor_section *table,
                       const struct cor_section *strings, const struct layout *layout, size_t at,
                       struct cor_slice *ret_text)
{
    uint64_t address = pointer_at(image, table, layout, at);
    return address >= strings->address &&
           cor_string_at(strings->data, address - strings->address, ret_text);
}

// Assembly leaves the namespace's pointer out.
static bool is_null(const struct cor_image *image, const struct cor_section *table,
                    const struct layout *layout, size_t at)
{
    const char *place = table->data.data + at;
    return (layout->distance ? cor_get32(place, image->big) : cor_image_word(image, place)) == 0;
}

static bool is_name(struct cor_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] <= ' ' || text.data[i] > '~')
            return false;
    return text.size > 0;
}

// A name need not begin where a string begins: linkers let strings share their ends.
static bool layout_fits(const struct cor_image *image, const struct cor_section *table,
                        const struct cor_section *strings, const struct layout *layout)
{
    struct cor_slice text;
    if (!table->data.size || table->data.size % layout->size)
        return false;
    for (size_t at = 0; at < table->data.size; at += layout->size) {
        if (!entry_text(image, table, strings, layout, at + layout->name, &text) || !is_name(text))
            return false;
        if (layout->namespace_ && !is_null(image, table, layout, at + layout->namespace_) &&
            !entry_text(image, table, strings, layout, at + layout->namespace_, &text))
            return false;
    }
    return true;
}

// Since Linux 7.0 there is one table, and a byte for each of its entries.
static void set_flags(const struct cor_image *image, size_t index, struct cor_export *export)
{
    enum { GPL_ONLY = 1 };
    const struct cor_section *flags = cor_image_named(image, "__kflagstab");
    if (flags && index < flags->data.size)
        export->gpl_only = (flags->data.data[index] & GPL_ONLY) != 0;
}

static enum cor_status read_layout(struct cor_image *image, const struct cor_section *table,
                                   const struct cor_section *strings, const struct layout *layout,
                                   bool gpl, struct cor_names *names,
                                   struct cor_component *component)
{
    struct cor_checksum_section memory;
    struct cor_checksum_table sums;
    enum cor_status status = COR_OK;
    cor_checksum_section_open(image, table, &memory, &sums);
    for (size_t at = 0; at < table->data.size && status == COR_OK; at += layout->size) {
        struct cor_slice name = {"", 0}, text = {"", 0};
        const char *namespace_ = NULL;
        if (!entry_text(image, table, strings, layout, at + layout->name, &name))
            continue;
        if (layout->namespace_ &&
            entry_text(image, table, strings, layout, at + layout->namespace_, &text) &&
            text.size && !(namespace_ = cor_arena_text(&component->arena, text)))
            return COR_NOMEM;
        status = add_export(component, names, name, gpl, namespace_);
        if (status != COR_OK)
            break;
        struct cor_export *export = &component->exports.items[component->exports.count - 1];
        export->address = pointer_at(image, table, layout, at);
        export->has_address = true;
        set_flags(image, at / layout->size, export);
        export->has_crc = cor_checksum_at(&sums, at / layout->size, &export->crc);
    }
    return status;
}

static enum cor_status read_linked(struct cor_image *image, struct cor_names *names,
                                   struct cor_component *component)
{
    const size_t word = image->wide ? 8 : 4;
    const struct layout layouts[] = {{12, 4, 8, true},
                                     {8, 4, 0, true},
                                     {word * 3, word, word * 2, false},
                                     {word * 2, word, 0, false}};
    const struct cor_section *strings = cor_image_named(image, "__ksymtab_strings");
    enum cor_status status = COR_OK;
    bool gpl;
    for (size_t i = 0; strings && i < image->section_count && status == COR_OK; i++) {
        const struct cor_section *table = &image->sections[i];
        if (!is_table(table->name, &gpl) || !cor_image_spend(image, table->data.size))
            continue;
        for (size_t k = 0; k < sizeof layouts / sizeof *layouts; k++) {
            if (!layout_fits(image, table, strings, &layouts[k]))
                continue;
            status = read_layout(image, table, strings, &layouts[k], gpl, names, component);
            break;
        }
    }
    return status;
}

static int export_order(const void *a, const void *b)
{
    const struct cor_export *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    return order ? order : x->gpl_only - y->gpl_only;
}

void cor_exports_sort(struct cor_component *component)
{
    if (component->exports.count)
        qsort(component->exports.items, component->exports.count, sizeof *component->exports.items,
              export_order);
}

enum cor_status cor_exports_read(struct cor_image *image, const struct cor_symbol_rows *rows,
                                 struct cor_names *names, struct cor_component *component)
{
    if (!any_table(image))
        return COR_OK;
    component->has_export_table = true;
    enum cor_status status = read_by_symbols(image, rows, names, component);
    if (status == COR_OK && !component->exports.count)
        status = image->type == ET_REL ? read_by_rows(image, rows, names, component)
                                       : read_linked(image, names, component);
    cor_exports_sort(component);
    return status;
}
