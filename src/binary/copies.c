// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/copies.h"

#include <elf.h>
#include <stdlib.h>

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

// The rows of .dynsym.
struct symbols {
    struct cor_symbol *items;
    size_t count;
};

static struct symbols dynamic_of(struct cor_component *component)
{
    if (component->defined_table == COR_TABLE_SYMTAB)
        return (struct symbols){component->dynamic.items, component->dynamic.count};
    return (struct symbols){component->defined.items, component->defined.count};
}

typedef COR_ARRAY(uint64_t) places;

static enum cor_status read_rows(struct cor_image *image, const struct cor_relocation_rows *rows,
                                 uint32_t type, struct symbols symbols, places *copies)
{
    enum cor_status status = COR_OK;
    if (!cor_image_spend(image, rows->rows.size))
        return COR_OK;
    for (size_t i = 0; status == COR_OK && i < rows->count; i++) {
        struct cor_relocation row = cor_relocation_row(image, rows, i);
        if (row.type == type && row_of(symbols.items, symbols.count, row.symbol))
            status = cor_array_add(copies, row.offset);
    }
    return status;
}

static int place_order(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

// Only one of several names of the same data has a row.
static void mark(struct symbols symbols, const places *copies)
{
    for (size_t i = 0; copies->count && i < symbols.count; i++)
        if (symbols.items[i].exported && bsearch(&symbols.items[i].address, copies->items,
                                                 copies->count, sizeof(uint64_t), place_order))
            symbols.items[i].copied = true;
}

enum cor_status cor_copies_mark(struct cor_image *image, const struct cor_dynamic *dynamic,
                                struct cor_component *component)
{
    struct cor_relocation_rows rows;
    struct symbols symbols = dynamic_of(component);
    places copies = {0};
    uint32_t type;
    enum cor_status status = COR_OK;
    if (!component->interpreter || !copy_type(image->machine, &type))
        return COR_OK;
    for (size_t i = 0; status == COR_OK && cor_relocation_rows_dynamic(image, dynamic, i, &rows);
         i++)
        status = read_rows(image, &rows, type, symbols, &copies);
    if (copies.count)
        qsort(copies.items, copies.count, sizeof *copies.items, place_order);
    if (status == COR_OK)
        mark(symbols, &copies);
    cor_array_dispose(&copies);
    return status;
}
