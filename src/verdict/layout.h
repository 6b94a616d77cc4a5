// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: in which order a component's functions stand in it, and of which unit the
// names of files in its symbol table say they are. Linkers keep the functions of one unit together.
#ifndef COR_VERDICT_LAYOUT_H
#define COR_VERDICT_LAYOUT_H

#include "base/map.h"
#include "model/component.h"

struct cor_layout {
    uint32_t *order;   // indices into component->defined, functions alone, as they lie in memory
    uint32_t *place;   // for each row of component->defined: its index in `order`; COR_NONE
    uint32_t *unit;    // for each row: index into component->files; COR_NONE: not known
    size_t count;      // of `order`
    size_t rows;       // of component->defined
    size_t file_names; // rows of component->files that name a source file
    struct cor_map rows_of; // global name -> its row in `defined`
};

// COR_OK or COR_NOMEM. `layout` must be zeroed; disposed of by the caller even on failure.
COR_MUST_CHECK enum cor_status cor_layout_build(const struct cor_component *component,
                                                struct cor_layout *layout);
void cor_layout_dispose(struct cor_layout *layout);

// The row of a component's own symbol, or of the dynamic row of the same name; COR_NONE.
uint32_t cor_layout_row(const struct cor_layout *layout, const struct cor_component *component,
                        const struct cor_symbol *symbol);

// Whether the name has the ending of a compiled source file: "x.c". What link-time optimisation and
// assemblers write there has none.
bool cor_is_unit_name(const char *name);

const char *cor_base_name(const char *path);

// "lib/x.c" and "x.y": the same but for folder and ending.
bool cor_same_stem(const char *a, const char *b);

#endif
