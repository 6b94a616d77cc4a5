// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The rows of an ELF symbol table, and of the tables that belong to it.
#ifndef COR_BINARY_SYMBOLS_H
#define COR_BINARY_SYMBOLS_H

#include "binary/image.h"

enum cor_place {
    COR_PLACE_UNDEFINED,
    COR_PLACE_SECTION,
    COR_PLACE_ABSOLUTE,
    COR_PLACE_COMMON,
    COR_PLACE_OTHER
};

struct cor_symbol_rows {
    struct cor_slice rows, strings;
    struct cor_slice extended; // section numbers past 16 bits; empty when there are none
    size_t count;              // row 0 included
};

struct cor_symbol_row {
    struct cor_slice name;
    uint64_t value, size;
    uint32_t section; // where place is COR_PLACE_SECTION
    enum cor_place place;
    uint8_t binding, type, visibility; // STB_, STT_, STV_
};

// The table in section `index`. Damage is noted; what is left of the table is opened.
void cor_symbol_rows_open(struct cor_image *image, size_t index, struct cor_symbol_rows *ret_rows);

// A table without a section.
void cor_symbol_rows_bare(const struct cor_image *image, struct cor_slice rows,
                          struct cor_slice strings, struct cor_symbol_rows *ret_rows);

// False when the row's name lies outside the strings or cannot be read; noted as damage.
bool cor_symbol_row(struct cor_image *image, const struct cor_symbol_rows *rows, size_t index,
                    struct cor_symbol_row *ret_row);

// Parts "name@VERSION" and "name@@VERSION"; false when there is no version.
bool cor_symbol_cut(struct cor_slice *name, struct cor_slice *ret_version);

#endif
