// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: whether a body in the release can be a symbol's body.
#ifndef COR_VERDICT_BODY_H
#define COR_VERDICT_BODY_H

#include "base/map.h"
#include "verdict/body_names.h"
#include "verdict/verdict.h"

// What a body is looked for.
struct cor_body_query {
    const struct cor_name *name;
    const struct cor_component *component; // whose symbol it is; where unknown, who needs it
    const struct cor_symbol *symbol;       // the provider's own row; NULL when no provider is known
};

// Why a definition cannot be the symbol's body whatever else is known; NULL: it can.
const char *cor_namesake_why(const struct cor_body_query *query,
                             const struct cor_definition *definition,
                             const struct cor_source_file *file);

// For a report: the definitions under all of the symbol's body names, judged one by one.
struct cor_body_candidate {
    const struct cor_definition *definition;
    const char *why_not; // NULL: it can be the body
};

// Calls `visit` for each candidate, in order, until it returns false.
void cor_body_candidates(const struct cor_evidence *evidence, const struct cor_body_query *query,
                         bool (*visit)(void *context, const struct cor_body_candidate *candidate),
                         void *context);

#endif
