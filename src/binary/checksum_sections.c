// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/checksum_sections.h"

#include <elf.h>
#include <stdio.h>
#include <string.h>

#include "binary/bytes.h"
#include "binary/relocations.h"
#include "binary/symbols.h"

static bool holds_checksums(const struct cor_section *section)
{
    return strncmp(section->name, "__kcrctab", 9) == 0 ||
           strncmp(section->name, "___kcrctab", 10) == 0;
}

static struct cor_slice follow(const void *memory, size_t offset, int32_t distance)
{
    const struct cor_checksum_section *from = memory;
    uint64_t address = from->section->address + offset + (uint64_t)(int64_t)distance;
    if (!from->image->wide)
        address &= UINT32_MAX;
    for (size_t i = 0; address % 4 == 0 && i < from->image->section_count; i++) {
        const struct cor_section *section = &from->image->sections[i];
        if ((section->flags & (SHF_ALLOC | SHF_EXECINSTR)) != SHF_ALLOC ||
            holds_checksums(section) || address < section->address ||
            address - section->address >= section->data.size)
            continue;
        size_t at = (size_t)(address - section->address);
        return cor_slice(section->data.data + at, section->data.size - at);
    }
    return cor_slice("", 0);
}

void cor_checksum_section_open(struct cor_image *image, const struct cor_section *exports,
                               struct cor_checksum_section *ret_memory,
                               struct cor_checksum_table *ret_table)
{
    char name[64];
    const int length = snprintf(name, sizeof name, "__kcrctab%s", exports->name + 9);
    *ret_memory = (struct cor_checksum_section){.image = image};
    *ret_table =
        (struct cor_checksum_table){.big = image->big, .follow = follow, .memory = ret_memory};
    if (length < (int)sizeof name)
        ret_memory->section = cor_image_named(image, name);
    if (!ret_memory->section ||
        !cor_image_spend(image, ret_memory->section->data.size / 4 * image->section_count))
        return;
    ret_table->rows = ret_memory->section->data;
    cor_checksum_table_tell(ret_table);
}

static bool is_distance(uint16_t machine, uint32_t type)
{
    static const struct {
        uint16_t machine;
        uint32_t type;
    } types[] = {{EM_X86_64, R_X86_64_PC32},     {EM_386, R_386_PC32},
                 {EM_AARCH64, R_AARCH64_PREL32}, {EM_ARM, R_ARM_REL32},
                 {EM_PPC64, R_PPC64_REL32},      {EM_PPC, R_PPC_REL32},
                 {EM_S390, R_390_PC32},          {EM_RISCV, R_RISCV_32_PCREL}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].machine == machine && types[i].type == type)
            return true;
    return false;
}

static bool read_value(struct cor_image *image, const struct cor_relocation_rows *table,
                       const struct cor_relocation *row, uint64_t at, uint32_t *ret_checksum)
{
    struct cor_symbol_rows symbols;
    struct cor_symbol_row symbol;
    if (table->symbols >= image->section_count || !is_distance(image->machine, row->type))
        return false;
    cor_symbol_rows_open(image, table->symbols, &symbols);
    if (row->symbol >= symbols.count || !cor_symbol_row(image, &symbols, row->symbol, &symbol) ||
        symbol.place != COR_PLACE_SECTION || symbol.section >= image->section_count)
        return false;
    const char *word = image->sections[table->target].data.data + at;
    int64_t addend = table->addends ? row->addend : (int32_t)cor_get32(word, image->big);
    struct cor_slice data = image->sections[symbol.section].data;
    uint64_t place = symbol.value + (uint64_t)addend;
    if (data.size < 4 || place > data.size - 4 || place % 4)
        return false;
    *ret_checksum = cor_get32(data.data + place, image->big);
    return true;
}

static bool relocated_by(struct cor_image *image, const struct cor_relocation_rows *table,
                         uint64_t at, bool *ret_told, uint32_t *ret_checksum)
{
    for (size_t i = 0; i < table->count; i++) {
        // The assembler writes the rows in order.
        size_t index = (i + (size_t)(at / 4)) % table->count;
        struct cor_relocation row = cor_relocation_row(image, table, index);
        if (!cor_image_spend(image, 1))
            return true;
        if (row.offset != at)
            continue;
        *ret_told = read_value(image, table, &row, at, ret_checksum);
        return true;
    }
    return false;
}

bool cor_checksum_relocated(struct cor_image *image, size_t index, uint64_t at, bool *ret_told,
                            uint32_t *ret_checksum)
{
    struct cor_relocation_rows table;
    *ret_told = false;
    if (image->type != ET_REL || !holds_checksums(&image->sections[index]))
        return false;
    if (!cor_image_spend(image, image->section_count) || image->sections[index].data.size < 4 ||
        at > image->sections[index].data.size - 4)
        return true;
    for (size_t i = 0; i < image->section_count; i++)
        if (cor_relocation_rows_open(image, i, &table) && table.target == index &&
            relocated_by(image, &table, at, ret_told, ret_checksum))
            return true;
    return false;
}
