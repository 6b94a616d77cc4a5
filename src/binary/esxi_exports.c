// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// .vmksymbolexports holds pairs of a name's address and a type, .vmksymbolaliases pairs of the
// addresses of two names: what is exported, and what it is called outside. Both the same: the name
// is another module's. In a module the addresses are filled in by relocation rows.
#include "binary/esxi_exports.h"

#include <elf.h>

#include "binary/exports.h"
#include "binary/relocations.h"

struct reader {
    struct cor_image *image;
    struct cor_names *names;
    struct cor_component *component;
    size_t section; // the table's
    struct cor_slice bytes;
    size_t word;
};

// The text that one relocation row makes a pointer to.
static bool row_text(struct cor_image *image, const struct cor_relocation_rows *table,
                     const struct cor_symbol_rows *rows, size_t index, uint64_t *ret_offset,
                     struct cor_slice *ret_text)
{
    struct cor_relocation row = cor_relocation_row(image, table, index);
    const struct cor_section *target = &image->sections[table->target];
    struct cor_symbol_row symbol;
    if (row.symbol >= rows->count || !cor_symbol_row(image, rows, row.symbol, &symbol) ||
        symbol.place != COR_PLACE_SECTION || symbol.section >= image->section_count)
        return false;
    size_t width = image->wide ? 8 : 4;
    if (!table->addends && row.offset <= target->data.size &&
        target->data.size - row.offset >= width)
        row.addend = (int64_t)cor_image_word(image, target->data.data + row.offset);
    *ret_offset = row.offset;
    return cor_string_at(image->sections[symbol.section].data, symbol.value + (uint64_t)row.addend,
                         ret_text) &&
           ret_text->size > 0;
}

static void fill_from_rows(const struct reader *reader, const struct cor_relocation_rows *table,
                           struct cor_slice *texts)
{
    struct cor_symbol_rows rows;
    struct cor_slice text;
    uint64_t offset;
    if (table->symbols >= reader->image->section_count ||
        reader->image->sections[table->symbols].type != SHT_SYMTAB)
        return;
    cor_symbol_rows_open(reader->image, table->symbols, &rows);
    for (size_t i = 0; i < table->count; i++)
        if (row_text(reader->image, table, &rows, i, &offset, &text) &&
            offset < reader->bytes.size && offset % reader->word == 0)
            texts[offset / reader->word] = text;
}

static void fill_in_place(const struct reader *reader, struct cor_slice *texts)
{
    for (size_t i = 0; i < reader->bytes.size / reader->word; i++) {
        uint64_t address = cor_image_word(reader->image, reader->bytes.data + i * reader->word);
        struct cor_slice text;
        if (cor_string_at(cor_image_at(reader->image, address), 0, &text) && text.size)
            texts[i] = text;
    }
}

// The texts that the words of a table point at; empty ones where a word is no pointer.
static enum cor_status read_texts(struct reader *reader, const struct cor_section *section,
                                  struct cor_slice **ret_texts)
{
    struct cor_relocation_rows table;
    reader->section = (size_t)(section - reader->image->sections);
    reader->bytes = section->data;
    struct cor_slice *texts =
        cor_arena_alloc(reader->image->arena, section->data.size / reader->word + 1, sizeof *texts);
    if (!texts)
        return COR_NOMEM;
    if (reader->image->type != ET_REL)
        fill_in_place(reader, texts);
    for (size_t i = 0; i < reader->image->section_count; i++)
        if (reader->image->type == ET_REL && cor_relocation_rows_open(reader->image, i, &table) &&
            table.target == reader->section && cor_image_spend(reader->image, table.rows.size))
            fill_from_rows(reader, &table, texts);
    *ret_texts = texts;
    return COR_OK;
}

static enum cor_status add(struct reader *reader, struct cor_slice name, struct cor_slice target)
{
    struct cor_export export = {0};
    enum cor_status status = cor_names_intern(reader->names, name, &export.name);
    if (status == COR_OK && target.size)
        status = cor_names_intern(reader->names, target, &export.target);
    return status == COR_OK ? cor_array_add(&reader->component->exports, export) : status;
}

static enum cor_status read_table(struct reader *reader, const char *name, bool aliases)
{
    const struct cor_section *section = cor_image_named(reader->image, name);
    struct cor_slice *texts;
    if (!section || !section->data.size || !cor_image_spend(reader->image, section->data.size))
        return COR_OK;
    reader->component->has_export_table = true;
    enum cor_status status = read_texts(reader, section, &texts);
    size_t pairs = section->data.size / reader->word / 2;
    for (size_t i = 0; status == COR_OK && i < pairs; i++) {
        struct cor_slice first = texts[i * 2], second = texts[i * 2 + 1];
        if (!first.size || (aliases && !second.size))
            continue;
        status = aliases ? add(reader, second, first) : add(reader, first, cor_slice("", 0));
    }
    return status;
}

static bool requires(const struct cor_component *component, struct cor_slice namespace_)
{
    for (size_t i = 0; i < component->modinfo.count; i++)
        if (strcmp(component->modinfo.items[i].key, "nsRequired") == 0 &&
            cor_slice_same(cor_slice_text(component->modinfo.items[i].value), namespace_))
            return true;
    return false;
}

static enum cor_status read_required(const struct reader *reader)
{
    const struct cor_section *section = cor_image_named(reader->image, ".vmkrequiredns");
    struct cor_component *component = reader->component;
    enum cor_status status = COR_OK;
    struct cor_slice text;
    if (!section || !cor_image_spend(reader->image, section->data.size))
        return COR_OK;
    for (size_t at = 0; status == COR_OK && cor_string_at(section->data, at, &text);
         at += text.size + 1) {
        if (!text.size || requires(component, text))
            continue;
        const char *value = cor_arena_text(&component->arena, text);
        status =
            value ? cor_array_add(&component->modinfo, (struct cor_key_value){"nsRequired", value})
                  : COR_NOMEM;
    }
    return status;
}

enum cor_status cor_esxi_exports_read(struct cor_image *image, struct cor_names *names,
                                      struct cor_component *component)
{
    struct reader reader = {
        .image = image, .names = names, .component = component, .word = image->wide ? 8 : 4};
    size_t before = component->exports.count;
    enum cor_status status = read_table(&reader, ".vmksymbolexports", false);
    if (status == COR_OK)
        status = read_table(&reader, ".vmksymbolaliases", true);
    if (status == COR_OK)
        status = read_required(&reader);
    if (component->exports.count > before)
        cor_exports_sort(component);
    return status;
}
