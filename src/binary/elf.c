// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/elf.h"

#include <elf.h>

#include "binary/copies.h"
#include "binary/dynamic.h"
#include "binary/esxi_exports.h"
#include "binary/exports.h"
#include "binary/kallsyms.h"
#include "binary/kernel_exports.h"
#include "binary/kernel_image.h"
#include "binary/kinds.h"
#include "binary/loads.h"
#include "binary/modversions.h"
#include "binary/notes.h"
#include "binary/order.h"
#include "binary/relocations.h"
#include "binary/symbols.h"
#include "binary/versions.h"

enum { KEPT_VERSIONS = 8 };

// One reading of one file.
struct reader {
    struct cor_image image;
    struct cor_dynamic dynamic;
    struct cor_symbol_rows symtab, dynsym;
    struct cor_versions versions;
    struct cor_component *component;
    struct cor_names *names;
    struct cor_arena scratch;
    const char *kept[KEPT_VERSIONS]; // versions cut from names of .symtab, to share their texts
    unsigned next_kept;
};

// The columns of one table that a row is turned with.
struct table {
    const struct cor_symbol_rows *rows;
    bool dynamic;
    uint32_t file; // the latest STT_FILE row
};

static uint8_t binding_of(uint8_t binding)
{
    switch (binding) {
    case STB_LOCAL:
        return COR_BIND_LOCAL;
    case STB_WEAK:
        return COR_BIND_WEAK;
    case STB_GNU_UNIQUE:
        return COR_BIND_UNIQUE;
    default:
        return COR_BIND_GLOBAL;
    }
}

static uint8_t type_of(const struct cor_image *image, const struct cor_symbol_row *row)
{
    static const uint8_t types[16] = {[STT_NOTYPE] = COR_SYMBOL_NOTYPE,
                                      [STT_OBJECT] = COR_SYMBOL_OBJECT,
                                      [STT_FUNC] = COR_SYMBOL_FUNCTION,
                                      [STT_SECTION] = COR_SYMBOL_OTHER,
                                      [STT_FILE] = COR_SYMBOL_OTHER,
                                      [STT_COMMON] = COR_SYMBOL_COMMON,
                                      [STT_TLS] = COR_SYMBOL_TLS,
                                      [7] = COR_SYMBOL_OTHER,
                                      [8] = COR_SYMBOL_OTHER,
                                      [9] = COR_SYMBOL_OTHER,
                                      [STT_GNU_IFUNC] = COR_SYMBOL_IFUNC,
                                      [11] = COR_SYMBOL_OTHER,
                                      [12] = COR_SYMBOL_OTHER,
                                      [13] = COR_SYMBOL_OTHER,
                                      [14] = COR_SYMBOL_OTHER,
                                      [15] = COR_SYMBOL_OTHER};
    if (image->machine == EM_ARM && row->type == STT_ARM_TFUNC)
        return COR_SYMBOL_FUNCTION;
    if (row->place == COR_PLACE_COMMON && row->type != STT_TLS)
        return COR_SYMBOL_COMMON;
    return types[row->type & 15];
}

static bool is_function(uint8_t type)
{
    return type == COR_SYMBOL_FUNCTION || type == COR_SYMBOL_IFUNC;
}

static enum cor_status keep_version(struct reader *reader, struct cor_slice version,
                                    const char **ret_text)
{
    for (size_t i = 0; i < KEPT_VERSIONS && reader->kept[i]; i++) {
        if (cor_slice_same(cor_slice_text(reader->kept[i]), version)) {
            *ret_text = reader->kept[i];
            return COR_OK;
        }
    }
    const char *text = cor_arena_text(&reader->component->arena, version);
    if (!text)
        return COR_NOMEM;
    reader->kept[reader->next_kept++ % KEPT_VERSIONS] = *ret_text = text;
    return COR_OK;
}

static enum cor_status make_symbol(struct reader *reader, const struct table *table, size_t index,
                                   const struct cor_symbol_row *row, struct cor_symbol *ret_symbol)
{
    struct cor_slice name = row->name, version;
    struct cor_symbol symbol = {.address = row->value,
                                .size = row->size,
                                .row = (uint32_t)index,
                                .section = COR_NONE,
                                .file = row->binding == STB_LOCAL ? table->file : COR_NONE,
                                .binding = binding_of(row->binding),
                                .type = type_of(&reader->image, row)};
    enum cor_status status = COR_OK;
    symbol.hidden = row->visibility == STV_HIDDEN || row->visibility == STV_INTERNAL;
    symbol.exported = table->dynamic && row->place != COR_PLACE_UNDEFINED &&
                      symbol.binding != COR_BIND_LOCAL && !symbol.hidden;
    if (row->place == COR_PLACE_SECTION && row->section < reader->component->sections.count)
        symbol.section = row->section;
    if (table->dynamic)
        cor_versions_set(&reader->image, &reader->versions, index, &symbol);
    else if (cor_symbol_cut(&name, &version))
        status = keep_version(reader, version, &symbol.version);
    if (status == COR_OK)
        status = cor_names_intern(reader->names, name, &symbol.name);
    if (status == COR_OK)
        *ret_symbol = symbol;
    return status;
}

static enum cor_status note_file(struct reader *reader, struct table *table,
                                 const struct cor_symbol_row *row)
{
    table->file = COR_NONE;
    if (!row->name.size)
        return COR_OK;
    const char *file = cor_arena_text(&reader->component->arena, row->name);
    if (!file || cor_array_add(&reader->component->files, file) != COR_OK)
        return COR_NOMEM;
    table->file = (uint32_t)(reader->component->files.count - 1);
    return COR_OK;
}

static bool is_undefined(const struct cor_symbol_row *row)
{
    return row->place == COR_PLACE_UNDEFINED && row->name.size > 0;
}

// Functions of any binding; of the rest only what other objects can see.
static bool is_defined(const struct cor_image *image, const struct cor_symbol_row *row)
{
    if (row->place == COR_PLACE_UNDEFINED)
        return false;
    return is_function(type_of(image, row)) || (row->binding != STB_LOCAL && row->name.size > 0);
}

static enum cor_status add_row(struct reader *reader, struct table *table, size_t index,
                               bool counted)
{
    struct cor_component *component = reader->component;
    struct cor_symbol_row row;
    struct cor_symbol symbol;
    if (!cor_symbol_row(&reader->image, table->rows, index, &row))
        return COR_OK;
    if (row.type == STT_FILE)
        return note_file(reader, table, &row);
    bool undefined = is_undefined(&row), defined = is_defined(&reader->image, &row);
    if (row.type == STT_SECTION || (!undefined && !defined))
        return COR_OK;
    enum cor_status status = make_symbol(reader, table, index, &row, &symbol);
    if (status != COR_OK)
        return status;
    if (!counted)
        return cor_array_add(&component->dynamic, symbol);
    return undefined ? cor_array_add(&component->undefined, symbol)
                     : cor_array_add(&component->defined, symbol);
}

static enum cor_status reserve(struct reader *reader, const struct table *table, bool counted)
{
    size_t undefined = 0, defined = 0;
    struct cor_symbol_row row;
    for (size_t i = 1; i < table->rows->count; i++) {
        if (!cor_symbol_row(&reader->image, table->rows, i, &row) || row.type == STT_SECTION ||
            row.type == STT_FILE)
            continue;
        undefined += is_undefined(&row);
        defined += is_defined(&reader->image, &row);
    }
    if (!counted)
        return cor_array_reserve(&reader->component->dynamic, undefined + defined);
    if (cor_array_reserve(&reader->component->undefined, undefined) != COR_OK)
        return COR_NOMEM;
    return cor_array_reserve(&reader->component->defined, defined);
}

static enum cor_status add_rows(struct reader *reader, const struct cor_symbol_rows *rows,
                                bool dynamic, bool counted)
{
    struct table table = {rows, dynamic, COR_NONE};
    enum cor_status status = reserve(reader, &table, counted);
    for (size_t i = 1; i < rows->count && i < COR_NONE && status == COR_OK; i++)
        status = add_row(reader, &table, i, counted);
    return status;
}

static enum cor_status read_symbols(struct reader *reader)
{
    struct cor_component *component = reader->component;
    bool full = reader->symtab.count > 0;
    enum cor_status status = COR_OK;
    if (full) {
        component->undefined_table = component->defined_table = COR_TABLE_SYMTAB;
        status = add_rows(reader, &reader->symtab, false, true);
    } else if (reader->dynsym.count > 0) {
        component->undefined_table = COR_TABLE_DYNSYM;
    }
    if (status == COR_OK)
        status = add_rows(reader, &reader->dynsym, true, !full);
    return status;
}

static enum cor_status read_section_names(struct reader *reader)
{
    struct cor_component *component = reader->component;
    struct cor_image *image = &reader->image;
    if (cor_array_reserve(&component->sections, image->section_count) != COR_OK)
        return COR_NOMEM;
    for (size_t i = 0; i < image->section_count; i++) {
        struct cor_slice text = cor_slice_text(image->sections[i].name);
        if (!cor_image_spend(image, text.size))
            text = cor_slice("", 0);
        const char *name = cor_arena_text(&component->arena, text);
        if (!name)
            return COR_NOMEM;
        component->sections.items[component->sections.count++] = name;
    }
    return COR_OK;
}

static enum cor_status read_header(struct reader *reader)
{
    struct cor_component *component = reader->component;
    const struct cor_image *image = &reader->image;
    component->elf_machine = image->machine;
    component->elf_type = image->type;
    component->elf_class = image->wide ? 64 : 32;
    component->big_endian = image->big;
    component->file_size = image->size;
    component->machine = cor_machine_word(component, image->machine);
    return component->machine ? COR_OK : COR_NOMEM;
}

static void open_tables(struct reader *reader)
{
    struct cor_image *image = &reader->image;
    cor_dynamic_open(image, &reader->dynamic);
    cor_dynamic_symbols(image, &reader->dynamic, &reader->dynsym);
    reader->symtab = (struct cor_symbol_rows){{"", 0}, {"", 0}, {"", 0}, 0};
    for (size_t i = 0; i < image->section_count; i++) {
        if (image->sections[i].type == SHT_SYMTAB) {
            cor_symbol_rows_open(image, i, &reader->symtab);
            return;
        }
    }
}

// A kernel that was stripped of its symbols still knows them by itself.
static enum cor_status read_kallsyms(struct reader *reader)
{
    struct cor_component *component = reader->component;
    struct cor_image *image = &reader->image;
    struct cor_kernel_map map;
    struct cor_kallsyms tables;
    if (component->defined_table != COR_TABLE_NONE)
        return COR_OK;
    cor_kernel_map_elf(image, &map);
    if (!cor_kallsyms_find(map.bytes, map.wide, map.big, &map, &tables)) {
        // Other systems' kernels have none.
        if (component->kernel_release)
            cor_image_damage(image, "%s", cor_kallsyms_absence(map.bytes));
        return COR_OK;
    }
    enum cor_status status = cor_kallsyms_fill(component, reader->names, &tables, image);
    if (status == COR_OK)
        status = cor_kernel_exports_elf(component, reader->names, &map);
    return status == COR_NOT_FOUND ? COR_OK : status;
}

static enum cor_status read_kernel(struct reader *reader)
{
    struct cor_component *component = reader->component;
    struct cor_slice bytes = cor_slice(reader->image.bytes, reader->image.size);
    if (component->kind != COR_KIND_KERNEL || !cor_image_spend(&reader->image, bytes.size))
        return COR_OK;
    enum cor_status status = cor_kernel_facts_read(bytes, component);
    return status == COR_OK ? read_kallsyms(reader) : status;
}

static enum cor_status read_all(struct reader *reader)
{
    struct cor_component *component = reader->component;
    struct cor_image *image = &reader->image;
    open_tables(reader);
    enum cor_status status = read_header(reader);
    if (status == COR_OK)
        status = read_section_names(reader);
    if (status == COR_OK)
        status = cor_versions_open(image, &reader->dynamic, &component->arena, &reader->versions);
    if (status == COR_OK)
        status = read_symbols(reader);
    if (status == COR_OK)
        status = cor_dynamic_facts(image, &reader->dynamic, component);
    if (status == COR_OK)
        status = cor_copies_mark(image, &reader->dynamic, component);
    if (status == COR_OK)
        status = cor_loads_read(image, component);
    if (status == COR_OK)
        status = cor_exports_read(image, &reader->symtab, reader->names, component);
    if (status == COR_OK)
        status = cor_modinfo_read(image, component);
    if (status == COR_OK)
        status = cor_esxi_exports_read(image, reader->names, component);
    if (status == COR_OK)
        status = cor_modversions_read(image, &reader->symtab, reader->names, component);
    if (status == COR_OK)
        status = cor_symbols_mark_exported(component);
    if (status == COR_OK)
        status = cor_notes_read(image, component);
    if (status == COR_OK)
        status = cor_kind_set(image, &reader->dynamic, component);
    if (status == COR_OK)
        status = cor_symbols_sort(component);
    if (status == COR_OK) {
        cor_symbols_join_versions(component);
        status = read_kernel(reader);
    }
    component->relocation_rows = cor_relocation_count(image, &reader->dynamic);
    return status;
}

static enum cor_status keep_damage(struct reader *reader)
{
    if (!reader->image.damage)
        return COR_OK;
    reader->component->damage =
        cor_arena_text(&reader->component->arena, cor_slice_text(reader->image.damage));
    return reader->component->damage ? COR_OK : COR_NOMEM;
}

static enum cor_status open_reader(struct reader *reader, const void *bytes, size_t size,
                                   struct cor_diag *diag)
{
    struct cor_image *image = &reader->image;
    enum cor_status status = cor_image_open(image, &reader->scratch, bytes, size, diag);
    if (status != COR_OK || image->section_count > 0)
        return status;
    if (image->type == ET_REL || image->segment_count == 0)
        return cor_fail(diag, COR_LOST, image->damage ? COR_TRUNCATED : COR_MALFORMED, "ELF", "%s",
                        image->damage ? image->damage : "neither sections nor segments");
    return COR_OK;
}

enum cor_status cor_elf_read(struct cor_component *component, struct cor_names *names,
                             const void *bytes, size_t size, struct cor_diag *diag)
{
    struct reader reader = {.component = component, .names = names};
    cor_arena_init(&reader.scratch);
    enum cor_status status = open_reader(&reader, bytes, size, diag);
    if (status == COR_OK)
        status = read_all(&reader);
    if (status == COR_OK)
        status = keep_damage(&reader);
    cor_versions_dispose(&reader.versions);
    cor_arena_dispose(&reader.scratch);
    if (status == COR_NOMEM)
        return cor_fail(diag, COR_FATAL, status, "ELF", "out of memory");
    return status;
}
