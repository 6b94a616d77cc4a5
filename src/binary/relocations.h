// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The rows of relocation tables.
#ifndef COR_BINARY_RELOCATIONS_H
#define COR_BINARY_RELOCATIONS_H

#include "binary/dynamic.h"

struct cor_relocation_rows {
    struct cor_slice rows;
    size_t count;
    bool addends;        // SHT_RELA
    const char *section; // the table's name
    uint32_t symbols;    // section index of the symbol table; 0: the dynamic symbols
    uint32_t target;     // section index of what is patched; 0 when the table does not say
};

struct cor_relocation {
    uint64_t offset;
    uint32_t symbol; // row in the symbol table
    uint32_t type;
    int64_t addend; // 0 when the table has none
};

// Whether section `index` is a relocation table, and its rows.
bool cor_relocation_rows_open(struct cor_image *image, size_t index,
                              struct cor_relocation_rows *ret_rows);

// The tables of the dynamic section (0, 1, 2), for objects without section headers.
bool cor_relocation_rows_dynamic(const struct cor_image *image, const struct cor_dynamic *dynamic,
                                 size_t index, struct cor_relocation_rows *ret_rows);

struct cor_relocation cor_relocation_row(const struct cor_image *image,
                                         const struct cor_relocation_rows *rows, size_t index);

// All rows of all tables.
uint64_t cor_relocation_count(struct cor_image *image, const struct cor_dynamic *dynamic);

#endif
