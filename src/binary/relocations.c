// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/relocations.h"

#include <elf.h>

#include "binary/bytes.h"

static size_t row_size(const struct cor_image *image, bool addends)
{
    if (image->wide)
        return addends ? sizeof(Elf64_Rela) : sizeof(Elf64_Rel);
    return addends ? sizeof(Elf32_Rela) : sizeof(Elf32_Rel);
}

bool cor_relocation_rows_open(struct cor_image *image, size_t index,
                              struct cor_relocation_rows *ret_rows)
{
    const struct cor_section *section = &image->sections[index];
    if (section->type != SHT_REL && section->type != SHT_RELA)
        return false;
    size_t size = row_size(image, section->type == SHT_RELA);
    if (section->data.size % size)
        cor_image_damage(image, "section %zu (%s) holds no whole number of rows", index,
                         section->name);
    *ret_rows = (struct cor_relocation_rows){.rows = section->data,
                                             .count = section->data.size / size,
                                             .addends = section->type == SHT_RELA,
                                             .section = section->name,
                                             .symbols = section->link,
                                             .target = section->info};
    return true;
}

bool cor_relocation_rows_dynamic(const struct cor_image *image, const struct cor_dynamic *dynamic,
                                 size_t index, struct cor_relocation_rows *ret_rows)
{
    static const struct {
        int64_t address, size;
        const char *name;
    } tables[] = {{DT_RELA, DT_RELASZ, "DT_RELA"},
                  {DT_REL, DT_RELSZ, "DT_REL"},
                  {DT_JMPREL, DT_PLTRELSZ, "DT_JMPREL"}};
    uint64_t kind = DT_RELA;
    if (index >= sizeof tables / sizeof *tables)
        return false;
    bool addends = tables[index].address == DT_RELA;
    if (tables[index].address == DT_JMPREL)
        addends = !cor_dynamic_value(image, dynamic, DT_PLTREL, &kind) || kind == DT_RELA;
    struct cor_slice rows =
        cor_dynamic_range(image, dynamic, tables[index].address, tables[index].size);
    *ret_rows = (struct cor_relocation_rows){.rows = rows,
                                             .count = rows.size / row_size(image, addends),
                                             .addends = addends,
                                             .section = tables[index].name};
    return true;
}

struct cor_relocation cor_relocation_row(const struct cor_image *image,
                                         const struct cor_relocation_rows *rows, size_t index)
{
    const char *at = rows->rows.data + index * row_size(image, rows->addends);
    struct cor_relocation row = {.offset = cor_image_word(image, at)};
    if (!image->wide) {
        uint32_t info = cor_get32(at + 4, image->big);
        row.symbol = info >> 8;
        row.type = info & 0xff;
        if (rows->addends)
            row.addend = (int32_t)cor_get32(at + 8, image->big);
        return row;
    }
    if (image->machine == EM_MIPS) {
        // The symbol is a word of its own; three types follow, the first one last.
        row.symbol = cor_get32(at + 8, image->big);
        row.type = (uint8_t)at[15];
    } else {
        uint64_t info = cor_get64(at + 8, image->big);
        row.symbol = (uint32_t)(info >> 32);
        row.type = (uint32_t)info;
        // The upper 24 bits of a SPARC type are data of the row.
        if (image->machine == EM_SPARCV9)
            row.type &= 0xff;
    }
    if (rows->addends)
        row.addend = (int64_t)cor_get64(at + 16, image->big);
    return row;
}

uint64_t cor_relocation_count(struct cor_image *image, const struct cor_dynamic *dynamic)
{
    struct cor_relocation_rows rows;
    uint64_t count = 0;
    for (size_t i = 0; i < image->section_count; i++)
        if (cor_relocation_rows_open(image, i, &rows))
            count += rows.count;
    for (size_t i = 0;
         !image->section_count && cor_relocation_rows_dynamic(image, dynamic, i, &rows); i++)
        count += rows.count;
    return count;
}
