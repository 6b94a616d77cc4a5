// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The dynamic section: what the loader reads, whether or not there are section headers.
#ifndef COR_BINARY_DYNAMIC_H
#define COR_BINARY_DYNAMIC_H

#include "binary/symbols.h"
#include "model/component.h"

struct cor_dynamic {
    struct cor_slice rows; // Elf32_Dyn or Elf64_Dyn
    size_t count;          // up to DT_NULL
    struct cor_slice strings;
};

// An object without one has `count` 0.
void cor_dynamic_open(struct cor_image *image, struct cor_dynamic *ret_dynamic);

// The first value of a tag.
bool cor_dynamic_value(const struct cor_image *image, const struct cor_dynamic *dynamic,
                       int64_t tag, uint64_t *ret_value);

// The table of dynamic symbols: its section's, else the one of DT_SYMTAB with as many rows as the
// hash tables say. `count` 0 when there is none.
void cor_dynamic_symbols(struct cor_image *image, const struct cor_dynamic *dynamic,
                         struct cor_symbol_rows *ret_rows);

// DT_NEEDED, DT_SONAME, DT_RPATH, DT_RUNPATH and the interpreter.
COR_MUST_CHECK enum cor_status cor_dynamic_facts(struct cor_image *image,
                                                 const struct cor_dynamic *dynamic,
                                                 struct cor_component *component);

// The bytes that a pair of tags (address, size) names; empty when they name none.
struct cor_slice cor_dynamic_range(const struct cor_image *image, const struct cor_dynamic *dynamic,
                                   int64_t address_tag, int64_t size_tag);

#endif
