// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Macro expansion over all alternatives of each macro.
#ifndef COR_SOURCE_EXPAND_H
#define COR_SOURCE_EXPAND_H

#include "base/buffer.h"
#include "base/map.h"
#include "source/macros.h"

struct cor_expand_context {
    const struct cor_token *tokens;
    size_t count, at;
    const struct cor_macro *macro; // whose expansion it is; NULL for a list on its own
    const struct cor_macro *first; // its first alternative: not expanded again meanwhile
};

struct cor_choice {
    const struct cor_macro *name; // its first alternative
    unsigned index;
};

// One way through the alternatives; the choices not listed are the likeliest ones.
struct cor_expand_run {
    const struct cor_choice *choices;
    unsigned count;
};

struct cor_expander {
    const struct cor_macro_scope *scope;
    const struct cor_include **includes_of;
    struct cor_arena *arena; // for what outlives an expansion
    const struct cor_census_file *file;
    struct cor_scratch scratch, plan_scratch, file_scratch;
    struct cor_map alternatives; // of `file`: macro name to struct cor_alternatives
    COR_ARRAY(struct cor_expand_context) contexts;
    COR_ARRAY(struct cor_expand_run) runs;
    COR_ARRAY(const struct cor_macro *) met; // with several alternatives
    const struct cor_expand_run *run;
    struct cor_buffer out;
    bool full;     // keep what stands in braces: the text is assembly
    bool expanded; // a macro was expanded at all
    bool overflow; // something was too large and is not in the results
    size_t steps;
    enum cor_status status;
    struct cor_form_recorder *recorder; // told of macros and of words put together, if there is one
};

void cor_expander_init(struct cor_expander *expander, const struct cor_macro_scope *scope,
                       const struct cor_include **includes_of, struct cor_arena *arena);
void cor_expander_dispose(struct cor_expander *expander);

// To be called when another file's texts are to be expanded.
void cor_expander_enter(struct cor_expander *expander, const struct cor_census_file *file);

// What `first` can mean in the file entered; NULL when memory is out.
const struct cor_alternatives *cor_expander_alternatives(struct cor_expander *expander,
                                                         struct cor_macro *first);

// Expands `text` as it stands in `file` and hands over each different way it can turn out.
COR_MUST_CHECK enum cor_status
cor_expand(struct cor_expander *expander, const struct cor_census_file *file, struct cor_slice text,
           bool full, enum cor_status (*take)(void *context, struct cor_slice result),
           void *context);

#endif
