// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The release's macros by name, with all alternatives, and which of them a file may mean.
#ifndef COR_SOURCE_MACROS_H
#define COR_SOURCE_MACROS_H

#include "source/census.h"

struct cor_macro_table {
    struct cor_macro **slots; // the first alternative of each name
    size_t slot_count, count;
};

enum { COR_ALTERNATIVES_LIMIT = 64 };

struct cor_alternatives {
    unsigned count;
    struct cor_macro *items[COR_ALTERNATIVES_LIMIT];
};

struct cor_macro_body {
    uint32_t count, parameter_count;
    bool variadic;
    struct cor_token tokens[];
};

void cor_macro_table_dispose(struct cor_macro_table *table);
// Adds the alternatives so that those of later calls come first.
COR_MUST_CHECK enum cor_status cor_macro_table_add(struct cor_macro_table *table,
                                                   struct cor_macro *macro);
// Adds the macros of well-known headers.
COR_MUST_CHECK enum cor_status cor_macro_table_add_known(struct cor_macro_table *table,
                                                         struct cor_arena *arena);
struct cor_macro *cor_macro_find(const struct cor_macro_table *table, struct cor_slice name);

// The alternatives that `file` may mean, likeliest first, without repetitions.
void cor_macro_alternatives(struct cor_macro *first, const struct cor_census_file *file,
                            const struct cor_include *includes_of[],
                            struct cor_alternatives *ret_alternatives);

// Whether a path is what an #include spells, seen from some folder.
bool cor_path_ends_so(struct cor_slice path, struct cor_slice spelled);

// Whether a's text has an #include that can mean b.
bool cor_census_includes(const struct cor_census_file *a, const struct cor_census_file *b,
                         const struct cor_include *includes_of[]);

// A hash of what the macro means: equal for equal macros.
uint64_t cor_macro_shape(const struct cor_macro *macro);

// The macro's body as tokens; NULL when memory is out.
const struct cor_macro_body *cor_macro_body(struct cor_macro *macro, bool full,
                                            struct cor_arena *arena, struct cor_scratch *scratch);

// Whether a macro with this body can matter: numbers and strings make no names.
bool cor_macro_matters(struct cor_slice name, struct cor_slice body, bool function_like);

#endif
