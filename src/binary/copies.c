// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/copies.h"

#include <elf.h>

#include "binary/relocations.h"

static const struct {
    uint16_t machine;
    uint32_t type;
} copy_types[] = {
    {EM_X86_64, R_X86_64_COPY}, {EM_386, R_386_COPY},         {EM_AARCH64, R_AARCH64_COPY},
    {EM_ARM, R_ARM_COPY},       {EM_MIPS, R_MIPS_COPY},       {EM_PPC, R_PPC_COPY},
    {EM_PPC64, R_PPC64_COPY},   {EM_RISCV, R_RISCV_COPY},     {EM_S390, R_390_COPY},
    {EM_SPARC, R_SPARC_COPY},   {EM_SPARCV9, R_SPARC_COPY},   {EM_SH, R_SH_COPY},
    {EM_68K, R_68K_COPY},       {EM_LOONGARCH, R_LARCH_COPY},
};

static bool copy_type(uint16_t machine, uint32_t *ret_type)
{
    for (size_t i = 0; i < sizeof copy_types / sizeof *copy_types; i++) {
        if (copy_types[i].machine == machine) {
            *ret_type = copy_types[i].type;
            return true;
        }
    }
    return false;
}

static struct cor_symbol *row_of(struct cor_symbol *items, size_t count, uint32_t row)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && items[low].row == row ? &items[low] : NULL;
}

static void mark(struct cor_component *component, uint32_t row)
{
    bool counted = component->defined_table != COR_TABLE_SYMTAB;
    struct cor_symbol *symbol =
        counted ? row_of(component->defined.items, component->defined.count, row)
                : row_of(component->dynamic.items, component->dynamic.count, row);
    if (symbol && symbol->exported)
        symbol->copied = true;
}

static void read_rows(struct cor_image *image, const struct cor_relocation_rows *rows,
                      uint32_t type, struct cor_component *component)
{
    if (!cor_image_spend(image, rows->rows.size))
        return;
    for (size_t i = 0; i < rows->count; i++) {
        struct cor_relocation row = cor_relocation_row(image, rows, i);
        if (row.type == type)
            mark(component, row.symbol);
    }
}

void cor_copies_mark(struct cor_image *image, const struct cor_dynamic *dynamic,
                     struct cor_component *component)
{
    struct cor_relocation_rows rows;
    uint32_t type;
    if (!component->interpreter || !copy_type(image->machine, &type))
        return;
    for (size_t i = 0; cor_relocation_rows_dynamic(image, dynamic, i, &rows); i++)
        read_rows(image, &rows, type, component);
}
