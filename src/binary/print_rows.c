// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the functions of a relocatable object use, by its relocation rows.
#include <elf.h>

#include "binary/printer.h"
#include "binary/relocation_types.h"
#include "binary/relocations.h"

static bool has_type(const struct cor_image *image, uint32_t section, uint32_t type)
{
    return section < image->section_count && image->sections[section].type == type;
}

static void describe(const struct cor_symbol_row *row, struct cor_print_symbol *symbol)
{
    bool named = row->name.size && row->type != STT_SECTION &&
                 (row->binding != STB_LOCAL || row->type == STT_FUNC);
    if (named && !cor_print_leaves_out(row->name))
        symbol->hash = cor_print_name(row->name);
    symbol->section = row->place == COR_PLACE_SECTION ? row->section : COR_NONE;
    symbol->value = row->value;
}

static enum cor_status open_symbols(struct cor_printer *printer, uint32_t table)
{
    struct cor_image *image = &printer->image;
    struct cor_symbol_rows rows;
    struct cor_symbol_row row;
    if (printer->symbols && printer->table == table)
        return COR_OK;
    printer->table = table;
    printer->symbol_count = 0;
    if (!has_type(image, table, SHT_SYMTAB))
        return COR_OK;
    cor_symbol_rows_open(image, table, &rows);
    if (!cor_image_spend(image, rows.rows.size))
        return COR_OK;
    printer->symbols = cor_arena_alloc(&printer->scratch, rows.count, sizeof *printer->symbols);
    if (!printer->symbols)
        return COR_NOMEM;
    printer->symbol_count = rows.count;
    for (size_t i = 1; i < rows.count; i++) {
        printer->symbols[i].section = COR_NONE;
        if (cor_symbol_row(image, &rows, i, &row))
            describe(&row, &printer->symbols[i]);
    }
    return COR_OK;
}

// x86 counts from the end of the instruction, whose last four bytes the row patches.
static uint64_t bias(const struct cor_image *image, uint32_t type)
{
    if (image->machine == EM_X86_64)
        return type == R_X86_64_PC32 || type == R_X86_64_PLT32 ? 4 : 0;
    return image->machine == EM_386 && (type == R_386_PC32 || type == R_386_PLT32) ? 4 : 0;
}

static enum cor_status add_place(struct cor_printer *printer,
                                 const struct cor_relocation_rows *rows,
                                 const struct cor_relocation *row,
                                 const struct cor_print_symbol *symbol)
{
    const struct cor_image *image = &printer->image;
    int64_t addend = row->addend;
    if (symbol->section >= image->section_count)
        return COR_OK;
    if (!rows->addends)
        addend = cor_relocation_in_place(image, row->type, image->sections[rows->target].data,
                                         row->offset);
    const struct cor_section *section = &image->sections[symbol->section];
    uint64_t place = symbol->value + (uint64_t)addend + bias(image, row->type);
    if (section->flags & SHF_EXECINSTR)
        return cor_printer_add(printer, rows->target, row->offset,
                               cor_printer_function(printer, symbol->section, place));
    if ((section->flags & SHF_WRITE) || place >= section->data.size)
        return COR_OK;
    return cor_printer_add_text(printer, rows->target, row->offset,
                                cor_slice(section->data.data + place, section->data.size - place));
}

static enum cor_status add_row(struct cor_printer *printer, const struct cor_relocation_rows *rows,
                               const struct cor_relocation *row)
{
    if (row->symbol >= printer->symbol_count)
        return COR_OK;
    const struct cor_print_symbol *symbol = &printer->symbols[row->symbol];
    return symbol->hash ? cor_printer_add(printer, rows->target, row->offset, symbol->hash)
                        : add_place(printer, rows, row, symbol);
}

enum cor_status cor_print_rows(struct cor_printer *printer)
{
    struct cor_image *image = &printer->image;
    struct cor_relocation_rows rows;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++) {
        if (!cor_relocation_rows_open(image, i, &rows) || rows.target >= image->section_count ||
            !(image->sections[rows.target].flags & SHF_EXECINSTR) ||
            !cor_image_spend(image, rows.rows.size))
            continue;
        status = open_symbols(printer, rows.symbols);
        for (size_t k = 0; k < rows.count && status == COR_OK; k++) {
            struct cor_relocation row = cor_relocation_row(image, &rows, k);
            status = add_row(printer, &rows, &row);
        }
    }
    return status;
}
