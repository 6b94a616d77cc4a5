// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <elf.h>
#include <stdlib.h>

#include "binary/reference_reader.h"
#include "binary/relocation_types.h"

// A local symbol is no reference to a namesake elsewhere.
static enum cor_status find_wanted(struct cor_reference_reader *reader,
                                   const struct cor_symbol_rows *rows)
{
    struct cor_symbol_row row;
    struct cor_slice version;
    uint64_t value;
    if (!cor_image_spend(&reader->image, rows->rows.size))
        return COR_OK;
    reader->symbols = cor_arena_alloc(&reader->scratch, rows->count, sizeof *reader->symbols);
    if (!reader->symbols)
        return COR_NOMEM;
    reader->symbol_count = rows->count;
    for (size_t i = 1; i < rows->count; i++) {
        if (!cor_symbol_row(&reader->image, rows, i, &row) || row.binding == STB_LOCAL)
            continue;
        cor_symbol_cut(&row.name, &version);
        const struct cor_name *name = cor_names_find(reader->names, row.name);
        if (name && cor_map_get(reader->wanted, name, &value))
            reader->symbols[i] = name;
    }
    return COR_OK;
}

// The symbols of relocation tables are few: nearly always one table serves all.
static enum cor_status open_symbols(struct cor_reference_reader *reader, uint32_t table)
{
    struct cor_symbol_rows rows;
    if (reader->symbols && reader->table == table)
        return COR_OK;
    reader->table = table;
    reader->symbols = NULL;
    reader->symbol_count = 0;
    if (reader->image.section_count == 0) {
        cor_dynamic_symbols(&reader->image, &reader->dynamic, &rows);
        return find_wanted(reader, &rows);
    }
    if (table >= reader->image.section_count || (reader->image.sections[table].type != SHT_SYMTAB &&
                                                 reader->image.sections[table].type != SHT_DYNSYM))
        return COR_OK;
    cor_symbol_rows_open(&reader->image, table, &rows);
    return find_wanted(reader, &rows);
}

// A place of the global offset table that the loader fills with a symbol's address.
static bool is_slot(const struct cor_image *image, uint32_t type)
{
    switch (image->machine) {
    case EM_X86_64:
        return type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT;
    case EM_386:
        return type == R_386_JMP_SLOT || type == R_386_GLOB_DAT;
    case EM_AARCH64:
        return type == R_AARCH64_JUMP_SLOT || type == R_AARCH64_GLOB_DAT;
    default:
        return false;
    }
}

static enum cor_status collect(struct cor_reference_reader *reader,
                               const struct cor_relocation_rows *rows)
{
    enum cor_status status = COR_OK;
    reader->hits.count = 0;
    if (!cor_image_spend(&reader->image, rows->rows.size))
        return COR_OK;
    for (size_t i = 0; i < rows->count && status == COR_OK; i++) {
        struct cor_relocation row = cor_relocation_row(&reader->image, rows, i);
        if (row.symbol >= reader->symbol_count || !reader->symbols[row.symbol])
            continue;
        struct cor_reference_hit hit = {reader->symbols[row.symbol], row.offset, row.addend,
                                        rows->target, row.type};
        if (!cor_reference_relocatable(reader))
            hit.section = cor_places_section(&reader->places, row.offset);
        if (!rows->addends)
            hit.addend = cor_relocation_in_place(
                &reader->image, row.type, cor_reference_content(reader, hit.section),
                row.offset - cor_reference_base(reader, hit.section));
        status = cor_array_add(&reader->hits, hit);
        if (status == COR_OK && !cor_reference_relocatable(reader) &&
            is_slot(&reader->image, row.type))
            status =
                cor_array_add(&reader->plt.slots, (struct cor_plt_entry){row.offset, hit.name});
    }
    return status;
}

static int hit_order(const void *a, const void *b)
{
    const struct cor_reference_hit *x = a, *y = b;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return cor_name_order(x->name, y->name);
}

static bool names_compressed(const char *type)
{
    return type && strncmp(type, "R_ARM_THM_", 10) == 0;
}

static enum cor_status add_instruction(struct cor_reference_reader *reader,
                                       const struct cor_reference_hit *hit, uint64_t from,
                                       struct cor_reference *reference)
{
    struct cor_slice code = cor_reference_content(reader, hit->section);
    uint64_t base = cor_reference_base(reader, hit->section);
    if (!cor_decoder_at(&reader->decoder, code, base, from, hit->offset,
                        names_compressed(reference->type)))
        return COR_OK;
    return cor_reference_texts(reader, code, base, reference);
}

static enum cor_status add_code(struct cor_reference_reader *reader,
                                const struct cor_reference_hit *hit,
                                struct cor_reference *reference)
{
    const struct cor_function *function;
    uint64_t gap;
    struct cor_slice code = cor_reference_content(reader, hit->section);
    uint64_t base = cor_reference_base(reader, hit->section);
    enum cor_status status = cor_function_sweep_to(&reader->sweep, hit->offset, &function, &gap);
    if (status != COR_OK)
        return status;
    reference->function = function ? function->name->text : NULL;
    reference->kind = cor_relocation_kind(&reader->image, hit->type, code, hit->offset - base);
    return add_instruction(reader, hit, function ? function->start : gap, reference);
}

static enum cor_status emit(struct cor_reference_reader *reader,
                            const struct cor_reference_hit *hit)
{
    const struct cor_image *image = &reader->image;
    struct cor_reference reference = {.name = hit->name,
                                      .section = "",
                                      .offset = hit->offset,
                                      .type = cor_relocation_name(image->machine, hit->type),
                                      .addend = hit->addend,
                                      .number = hit->type,
                                      .kind = COR_REFKIND_DATA};
    if (!reference.type)
        reference.type = cor_arena_printf(reader->arena, "R_%u", hit->type);
    if (!reference.type)
        return COR_NOMEM;
    if (hit->section < image->section_count) {
        enum cor_status status =
            cor_places_name(&reader->places, hit->section, reader->arena, &reference.section);
        if (status == COR_OK && (image->sections[hit->section].flags & SHF_EXECINSTR))
            status = add_code(reader, hit, &reference);
        if (status != COR_OK)
            return status;
    }
    return cor_array_add(&reader->references->items, reference);
}

static enum cor_status emit_all(struct cor_reference_reader *reader)
{
    enum cor_status status = COR_OK;
    uint32_t section = COR_NONE;
    if (reader->hits.count)
        qsort(reader->hits.items, reader->hits.count, sizeof *reader->hits.items, hit_order);
    for (size_t i = 0; i < reader->hits.count && status == COR_OK; i++) {
        const struct cor_reference_hit *hit = &reader->hits.items[i];
        if (i == 0 || hit->section != section) {
            section = hit->section;
            if (!cor_reference_begin(reader, section))
                return COR_OK;
        }
        status = emit(reader, hit);
    }
    return status;
}

static enum cor_status read_table(struct cor_reference_reader *reader,
                                  const struct cor_relocation_rows *rows)
{
    enum cor_status status = open_symbols(reader, rows->symbols);
    if (!cor_reference_relocatable(reader) && rows->symbols < reader->image.section_count &&
        reader->image.sections[rows->symbols].type == SHT_SYMTAB)
        reader->kept_rows = true;
    if (status == COR_OK)
        status = collect(reader, rows);
    if (status == COR_OK)
        status = emit_all(reader);
    return status;
}

// Rows of sections that are never loaded (debug information) are no uses.
static bool concerns_code(const struct cor_reference_reader *reader,
                          const struct cor_relocation_rows *rows)
{
    if (rows->target == 0 || rows->target >= reader->image.section_count)
        return !cor_reference_relocatable(reader);
    return (reader->image.sections[rows->target].flags & SHF_ALLOC) != 0;
}

enum cor_status cor_reference_rows(struct cor_reference_reader *reader)
{
    struct cor_image *image = &reader->image;
    struct cor_relocation_rows rows;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++)
        if (cor_relocation_rows_open(image, i, &rows) && concerns_code(reader, &rows))
            status = read_table(reader, &rows);
    for (size_t i = 0; image->section_count == 0 && status == COR_OK &&
                       cor_relocation_rows_dynamic(image, &reader->dynamic, i, &rows);
         i++)
        status = read_table(reader, &rows);
    return status;
}
