// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/references.h"

#include <elf.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "binary/decoder.h"
#include "binary/functions.h"
#include "binary/places.h"
#include "binary/relocation_types.h"
#include "binary/relocations.h"

// A row of interest.
struct hit {
    const struct cor_name *name;
    uint64_t offset;
    int64_t addend;
    uint32_t section; // what is patched
    uint32_t type;
};

struct reader {
    struct cor_image image;
    struct cor_dynamic dynamic;
    struct cor_places places;
    struct cor_functions functions;
    struct cor_function_sweep sweep;
    struct cor_mapping mapping;
    struct cor_decoder decoder;
    struct cor_names *names;
    const struct cor_map *wanted;
    struct cor_arena *arena, scratch;
    struct cor_references *references;
    uint32_t table;                  // whose symbols stand in `symbols`
    const struct cor_name **symbols; // wanted names by row, else NULL
    size_t symbol_count;
    COR_ARRAY(struct hit) hits; // of the table at hand
    uint64_t text_start;        // the instruction that `text` and `hex` were made for
    const char *text, *hex;
};

static bool is_relocatable(const struct reader *reader)
{
    return reader->image.type == ET_REL;
}

// A local symbol is no reference to a namesake elsewhere.
static enum cor_status find_wanted(struct reader *reader, const struct cor_symbol_rows *rows)
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
static enum cor_status open_symbols(struct reader *reader, uint32_t table)
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

static struct cor_slice content_of(const struct reader *reader, uint32_t section)
{
    if (section >= reader->image.section_count)
        return cor_slice("", 0);
    return reader->image.sections[section].data;
}

static uint64_t base_of(const struct reader *reader, uint32_t section)
{
    return is_relocatable(reader) || section >= reader->image.section_count
               ? 0
               : reader->image.sections[section].address;
}

static enum cor_status collect(struct reader *reader, const struct cor_relocation_rows *rows)
{
    enum cor_status status = COR_OK;
    reader->hits.count = 0;
    if (!cor_image_spend(&reader->image, rows->rows.size))
        return COR_OK;
    for (size_t i = 0; i < rows->count && status == COR_OK; i++) {
        struct cor_relocation row = cor_relocation_row(&reader->image, rows, i);
        if (row.symbol >= reader->symbol_count || !reader->symbols[row.symbol])
            continue;
        struct hit hit = {reader->symbols[row.symbol], row.offset, row.addend, rows->target,
                          row.type};
        if (!is_relocatable(reader))
            hit.section = cor_places_section(&reader->places, row.offset);
        if (!rows->addends)
            hit.addend =
                cor_relocation_in_place(&reader->image, row.type, content_of(reader, hit.section),
                                        row.offset - base_of(reader, hit.section));
        status = cor_array_add(&reader->hits, hit);
    }
    return status;
}

static int hit_order(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return cor_name_order(x->name, y->name);
}

static const char *hex_of(struct cor_arena *arena, const char *bytes, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    char text[64];
    size_t length = size < sizeof text / 2 ? size : sizeof text / 2;
    for (size_t i = 0; i < length; i++) {
        text[i * 2] = digits[(unsigned char)bytes[i] >> 4];
        text[i * 2 + 1] = digits[(unsigned char)bytes[i] & 15];
    }
    return cor_arena_text(arena, cor_slice(text, length * 2));
}

static bool names_compressed(const char *type)
{
    return type && strncmp(type, "R_ARM_THM_", 10) == 0;
}

static enum cor_status add_instruction(struct reader *reader, const struct hit *hit, uint64_t from,
                                       struct cor_reference *reference)
{
    struct cor_decoder *decoder = &reader->decoder;
    struct cor_slice code = content_of(reader, hit->section);
    uint64_t base = base_of(reader, hit->section);
    if (!cor_decoder_at(decoder, code, base, from, hit->offset, names_compressed(reference->type)))
        return COR_OK;
    if (!reader->text || reader->text_start != decoder->start) {
        reader->text_start = decoder->start;
        reader->text = cor_arena_text(reader->arena, cor_slice_text(decoder->instruction.text));
        reader->hex =
            hex_of(reader->arena, code.data + (decoder->start - base), decoder->instruction.size);
    }
    reference->instruction = reader->text;
    reference->bytes = reader->hex;
    return reader->text && reader->hex ? COR_OK : COR_NOMEM;
}

static enum cor_status add_code(struct reader *reader, const struct hit *hit,
                                struct cor_reference *reference)
{
    const struct cor_function *function;
    uint64_t gap;
    struct cor_slice code = content_of(reader, hit->section);
    uint64_t base = base_of(reader, hit->section);
    enum cor_status status = cor_function_sweep_to(&reader->sweep, hit->offset, &function, &gap);
    if (status != COR_OK)
        return status;
    reference->function = function ? function->name->text : NULL;
    reference->kind = cor_relocation_kind(&reader->image, hit->type, code, hit->offset - base);
    return add_instruction(reader, hit, function ? function->start : gap, reference);
}

static enum cor_status emit(struct reader *reader, const struct hit *hit)
{
    const struct cor_image *image = &reader->image;
    struct cor_reference reference = {.name = hit->name,
                                      .section = "",
                                      .offset = hit->offset,
                                      .type = cor_relocation_name(image->machine, hit->type),
                                      .addend = hit->addend,
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

static enum cor_status emit_all(struct reader *reader)
{
    enum cor_status status = COR_OK;
    uint32_t section = COR_NONE;
    if (reader->hits.count)
        qsort(reader->hits.items, reader->hits.count, sizeof *reader->hits.items, hit_order);
    for (size_t i = 0; i < reader->hits.count && status == COR_OK; i++) {
        const struct hit *hit = &reader->hits.items[i];
        if (i == 0 || hit->section != section) {
            section = hit->section;
            if (!cor_image_spend(&reader->image, content_of(reader, section).size))
                return COR_OK;
            uint32_t space = is_relocatable(reader) ? section : 0;
            cor_function_sweep_begin(&reader->sweep, &reader->functions, space);
            cor_decoder_begin(&reader->decoder, space);
            reader->text = NULL;
        }
        status = emit(reader, hit);
    }
    return status;
}

static enum cor_status read_table(struct reader *reader, const struct cor_relocation_rows *rows)
{
    enum cor_status status = open_symbols(reader, rows->symbols);
    if (status == COR_OK)
        status = collect(reader, rows);
    if (status == COR_OK)
        status = emit_all(reader);
    return status;
}

// Rows of sections that are never loaded (debug information) are no uses.
static bool concerns_code(const struct reader *reader, const struct cor_relocation_rows *rows)
{
    if (rows->target == 0 || rows->target >= reader->image.section_count)
        return !is_relocatable(reader);
    return (reader->image.sections[rows->target].flags & SHF_ALLOC) != 0;
}

static enum cor_status read_tables(struct reader *reader)
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

static int reference_order(const void *a, const void *b)
{
    const struct cor_reference *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (!order)
        order = strcmp(x->section, y->section);
    if (!order)
        order = (x->offset > y->offset) - (x->offset < y->offset);
    return order ? order : strcmp(x->type, y->type);
}

static enum cor_status open_reader(struct reader *reader, const struct cor_component *component,
                                   const void *bytes, size_t size, struct cor_diag *diag)
{
    enum cor_status status = cor_image_open(&reader->image, &reader->scratch, bytes, size, diag);
    if (status != COR_OK)
        return status;
    cor_dynamic_open(&reader->image, &reader->dynamic);
    status = cor_places_open(&reader->image, &reader->scratch, &reader->places);
    if (status == COR_OK)
        status = cor_functions_open(&reader->image, component, &reader->functions);
    if (status == COR_OK)
        status = cor_mapping_open(&reader->image, &reader->mapping);
    reader->decoder.mapping = &reader->mapping;
    if (status == COR_OK)
        status = cor_disasm_open(&reader->image, &reader->decoder.disasm);
    return status;
}

static void close_reader(struct reader *reader)
{
    cor_disasm_close(reader->decoder.disasm);
    cor_mapping_dispose(&reader->mapping);
    cor_function_sweep_dispose(&reader->sweep);
    cor_functions_dispose(&reader->functions);
    cor_array_dispose(&reader->hits);
    cor_arena_dispose(&reader->scratch);
}

enum cor_status cor_references_read(const struct cor_component *component, struct cor_names *names,
                                    const void *bytes, size_t size, const struct cor_map *wanted,
                                    struct cor_arena *arena, struct cor_references *references,
                                    struct cor_diag *diag)
{
    struct reader reader = {
        .names = names, .wanted = wanted, .arena = arena, .references = references};
    size_t before = references->items.count;
    cor_arena_init(&reader.scratch);
    enum cor_status status = open_reader(&reader, component, bytes, size, diag);
    if (status == COR_OK)
        status = read_tables(&reader);
    close_reader(&reader);
    if (status == COR_NOMEM)
        status = cor_fail(diag, COR_FATAL, status, "ELF", "out of memory");
    if (status != COR_OK)
        references->items.count = before;
    else if (references->items.count > before)
        qsort(references->items.items + before, references->items.count - before,
              sizeof *references->items.items, reference_order);
    return status;
}

void cor_references_dispose(struct cor_references *references)
{
    cor_array_dispose(&references->items);
}
