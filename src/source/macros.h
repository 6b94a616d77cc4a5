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

// All macros that a word can mean: the release's, and well-known ones that it lacks.
struct cor_macro_scope {
    struct cor_macro_table own, known;
};

// What macro a word is, as cor_macro_in_scope() tells it; other values lead to the macro.
enum { COR_MACRO_NOT_LOOKED_UP = 0, COR_MACRO_NONE = 1 };

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

// Whatever the word is: NULL when neither the release nor a well-known header defines it.
struct cor_macro *cor_macro_of_scope(const struct cor_macro_scope *scope, struct cor_slice name);
// The same for macros that are worth expanding, as a number that holds while no macro is added.
uint32_t cor_macro_in_scope(const struct cor_macro_scope *scope, struct cor_slice name);
// The first alternative; `number` leads to a macro.
static inline struct cor_macro *cor_macro_numbered(const struct cor_macro_scope *scope,
                                                   uint32_t number)
{
    uint32_t slot = number - 2;
    return slot < scope->own.slot_count ? scope->own.slots[slot]
                                        : scope->known.slots[slot - scope->own.slot_count];
}

// The alternatives that `file` may mean, likeliest first, without repetitions.
void cor_macro_alternatives(struct cor_macro *first, const struct cor_census_file *file,
                            const struct cor_include *includes_of[],
                            struct cor_alternatives *ret_alternatives);

// Whether a path is what an #include spells, seen from some folder.
bool cor_path_ends_so(struct cor_slice path, struct cor_slice spelled);

// Whether a's text has an #include that can mean b.
bool cor_census_includes(const struct cor_census_file *a, const struct cor_census_file *b,
                         const struct cor_include *includes_of[]);

// Whether both paths have a part "arch/X/" and the X differ.
bool cor_other_architecture(const char *a, const char *b);

// A hash of what the macro means: equal for equal macros.
uint64_t cor_macro_shape(const struct cor_macro *macro);

// The macro's body as tokens, its words looked up in `scope`; NULL when memory is out.
const struct cor_macro_body *cor_macro_body(struct cor_macro *macro, bool full,
                                            const struct cor_macro_scope *scope,
                                            struct cor_arena *arena, struct cor_scratch *scratch);

// Macros that make no names and cost much to expand (families.c).
bool cor_macro_is_opaque(struct cor_slice name);
// Macros that only hand a list of parameters on, which makes no names either.
bool cor_macro_is_list(struct cor_slice name);

// Whether a macro with this body can matter: numbers and strings make no names.
bool cor_macro_matters(struct cor_slice name, struct cor_slice body, bool function_like);

#endif
