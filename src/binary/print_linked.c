// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the functions of a linked object use, by the calls and loads that their bytes look like. A
// byte that only looks like one seldom hits the very beginning of a function or a text.
#include <elf.h>

#include "binary/dynamic.h"
#include "binary/printer.h"
#include "binary/relocations.h"

static bool is_slot(uint16_t machine, uint32_t type)
{
    switch (machine) {
    case EM_X86_64:
        return type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT;
    case EM_386:
        return type == R_386_JMP_SLOT || type == R_386_GLOB_DAT;
    default:
        return type == R_AARCH64_JUMP_SLOT || type == R_AARCH64_GLOB_DAT;
    }
}

static enum cor_status add_slots(struct cor_printer *printer, struct cor_plt *plt,
                                 const struct cor_relocation_rows *rows)
{
    struct cor_image *image = &printer->image;
    struct cor_symbol_rows symbols;
    struct cor_symbol_row row;
    struct cor_slice version;
    enum cor_status status = COR_OK;
    if (rows->symbols >= image->section_count ||
        image->sections[rows->symbols].type != SHT_DYNSYM ||
        !cor_image_spend(image, rows->rows.size))
        return COR_OK;
    cor_symbol_rows_open(image, rows->symbols, &symbols);
    for (size_t i = 0; i < rows->count && status == COR_OK; i++) {
        struct cor_relocation relocation = cor_relocation_row(image, rows, i);
        if (!is_slot(image->machine, relocation.type) || relocation.symbol >= symbols.count ||
            !cor_symbol_row(image, &symbols, relocation.symbol, &row))
            continue;
        cor_symbol_cut(&row.name, &version);
        const struct cor_name *name = cor_names_find(printer->names, row.name);
        if (name)
            status = cor_array_add(&plt->slots, (struct cor_plt_entry){relocation.offset, name});
    }
    return status;
}

static enum cor_status open_plt(struct cor_printer *printer, struct cor_plt *plt)
{
    struct cor_image *image = &printer->image;
    struct cor_relocation_rows rows;
    struct cor_dynamic dynamic;
    enum cor_status status = COR_OK;
    cor_dynamic_open(image, &dynamic);
    if (!cor_dynamic_value(image, &dynamic, DT_PLTGOT, &plt->got))
        plt->got = 0;
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++)
        if (cor_relocation_rows_open(image, i, &rows))
            status = add_slots(printer, plt, &rows);
    for (size_t i = 0; i < printer->functions.items.count && status == COR_OK; i++) {
        const struct cor_function *item = &printer->functions.items.items[i];
        status = cor_array_add(&plt->targets, (struct cor_plt_entry){item->start, item->name});
    }
    return status == COR_OK ? cor_plt_open(image, plt) : status;
}

static bool holds_texts(const struct cor_section *section)
{
    enum { LOADED = SHF_ALLOC };
    return section->type == SHT_PROGBITS && (section->flags & LOADED) &&
           !(section->flags & (SHF_WRITE | SHF_EXECINSTR)) && section->data.size;
}

static struct cor_slice text_at(const struct cor_image *image, uint64_t address)
{
    for (size_t i = 0; i < image->section_count; i++) {
        const struct cor_section *section = &image->sections[i];
        if (!holds_texts(section) || address < section->address ||
            address - section->address >= section->data.size)
            continue;
        uint64_t place = address - section->address;
        if (place && section->data.data[place - 1])
            break;
        return cor_slice(section->data.data + place, section->data.size - place);
    }
    return cor_slice("", 0);
}

static enum cor_status scan_texts(struct cor_printer *printer, const struct cor_section *section)
{
    const struct cor_image *image = &printer->image;
    const unsigned char *bytes = (const unsigned char *)section->data.data;
    size_t size = section->data.size, step = image->machine == EM_AARCH64 ? 4 : 1;
    enum cor_status status = COR_OK;
    uint64_t target;
    for (size_t i = 0; i + 2 <= size && status == COR_OK; i += step)
        if (cor_plt_load(image, bytes + i, size - i, section->address + i, &target))
            status = cor_printer_add_text(printer, 0, section->address + i, text_at(image, target));
    return status;
}

static enum cor_status scan(struct cor_printer *printer, const struct cor_plt *plt,
                            const struct cor_section *section)
{
    cor_plt_uses uses = {0};
    enum cor_status status = cor_plt_scan(&printer->image, plt, section, &uses);
    for (size_t i = 0; i < uses.count && status == COR_OK; i++) {
        // Two bytes look like a jump to what is near too often.
        struct cor_slice name = cor_name_slice(uses.items[i].name);
        if (!cor_print_leaves_out(name) && uses.items[i].end - uses.items[i].start > 2)
            status = cor_printer_add(printer, 0, uses.items[i].start, cor_print_name(name));
    }
    cor_array_dispose(&uses);
    return status == COR_OK ? scan_texts(printer, section) : status;
}

enum cor_status cor_print_linked(struct cor_printer *printer)
{
    struct cor_image *image = &printer->image;
    struct cor_plt plt = {0};
    enum cor_status status = open_plt(printer, &plt);
    for (size_t i = 0; i < image->section_count && status == COR_OK; i++) {
        const struct cor_section *section = &image->sections[i];
        if ((section->flags & SHF_EXECINSTR) && section->data.size &&
            cor_image_spend(image, section->data.size))
            status = scan(printer, &plt, section);
    }
    cor_plt_dispose(&plt);
    return status;
}
