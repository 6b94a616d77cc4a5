// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: whether what a body uses is what a binary's function uses.
#ifndef COR_VERDICT_LIKENESS_H
#define COR_VERDICT_LIKENESS_H

#include <stdbool.h>

#include "model/product.h"
#include "model/source.h"

// How many functions of the judged components use each name and text. What many use tells nothing.
struct cor_usage {
    uint32_t *counts; // by a part of the hash
    uint32_t limit;   // used by more: not telling
};

// COR_OK or COR_NOMEM. `usage` must be zeroed; disposed of by the caller even on failure.
COR_MUST_CHECK enum cor_status cor_usage_build(const struct cor_product *product,
                                               struct cor_usage *usage);
void cor_usage_dispose(struct cor_usage *usage);

struct cor_likeness {
    bool known;            // something is known of both
    uint32_t uses;         // telling uses of the binary's function
    uint32_t near;         // of those, in the body, in what stands in its file besides, or in the
                           // macros and inline functions that it calls
    uint32_t strange;      // names that are not near
    uint32_t calls, met;   // names in the body that the component needs; of those, used
    uint32_t body_names;   // names of interest in the body
    uint32_t open;         // calls in the body that nothing in the release explains
    uint32_t body_calls;   // calls in the body, and macros
    uint32_t tokens, code; // sizes of both
};

// `needed`: sorted hashes of the names that the component needs from others.
struct cor_likeness cor_liken(const struct cor_source_facts *source, const struct cor_usage *usage,
                              const struct cor_print *needed, const struct cor_symbol *symbol,
                              const struct cor_definition *definition);

// What a likeness says. `tells`: there is enough to say like or unlike.
bool cor_likeness_tells(const struct cor_likeness *likeness);
bool cor_is_unlike(const struct cor_likeness *likeness);
// Unlike, and macros cannot be why; hopeless: so much so that the body alone settles it.
bool cor_is_foreign(const struct cor_likeness *likeness);
bool cor_is_hopeless(const struct cor_likeness *likeness);
// It cannot be, whatever else is known: the code does what the body has no words for.
bool cor_is_impossible(const struct cor_likeness *likeness);
// In thousandths; 500 when nothing tells.
unsigned cor_likeness_score(const struct cor_likeness *likeness);

#endif
