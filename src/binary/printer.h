// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The work of one cor_prints_read(), which three files share.
#ifndef COR_BINARY_PRINTER_H
#define COR_BINARY_PRINTER_H

#include "base/names.h"
#include "binary/functions.h"
#include "binary/plt.h"
#include "binary/symbols.h"

// A use within the function that is `item` of the printer's functions.
struct cor_print_use {
    uint32_t item, hash;
};

// What a relocation row's symbol stands for: a name, or a place.
struct cor_print_symbol {
    uint32_t hash; // 0: a place
    uint32_t section;
    uint64_t value;
};

struct cor_printer {
    struct cor_component *component;
    struct cor_names *names;
    struct cor_image image;
    struct cor_arena scratch;
    struct cor_functions functions;
    size_t last; // the item that was met last
    COR_ARRAY(struct cor_print_use) uses;
    cor_print_list words;             // of a text
    struct cor_print_symbol *symbols; // of the symbol table `table`
    size_t symbol_count;
    uint32_t table;
};

// Adds a use of what has `hash` at a place; none when no function is there. 0 adds nothing.
COR_MUST_CHECK enum cor_status cor_printer_add(struct cor_printer *printer, uint32_t space,
                                               uint64_t place, uint32_t hash);

// The hash of the function that begins at a place, or 0.
uint32_t cor_printer_function(const struct cor_printer *printer, uint32_t space, uint64_t place);

// Adds a use of the text that ends with a NUL, if it is one.
COR_MUST_CHECK enum cor_status cor_printer_add_text(struct cor_printer *printer, uint32_t space,
                                                    uint64_t place, struct cor_slice from);

COR_MUST_CHECK enum cor_status cor_print_rows(struct cor_printer *printer);   // print_rows.c
COR_MUST_CHECK enum cor_status cor_print_linked(struct cor_printer *printer); // print_linked.c

#endif
