// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The end of the census: one worker's tools for expanding what was kept.
#ifndef COR_SOURCE_FINISH_H
#define COR_SOURCE_FINISH_H

#include "source/forms.h"
#include "source/recogniser_state.h"

struct cor_finisher {
    struct cor_census *census;
    struct cor_expander expander;
    struct cor_text text;       // the expansion being judged
    struct cor_buffer assembly; // strings put together
    const struct cor_invocation *invocation;
    COR_ARRAY(struct cor_slice) gas_calls; // judged when the invocation's expansion is over
    COR_ARRAY(uint32_t) results;           // hashes of the expansions judged already
    struct cor_forms forms;
    struct cor_map inert; // macros that make no names in assembly (assembly_inert.c)
};

COR_MUST_CHECK enum cor_status cor_finish_file(struct cor_finisher *finisher,
                                               struct cor_census_file *file);

// finish_form.c: what the invocation makes, from a form of it. False when it must be expanded
// itself.
COR_MUST_CHECK enum cor_status cor_finish_form(struct cor_finisher *finisher,
                                               const struct cor_invocation *invocation,
                                               bool *ret_done);
// finish_file.c: expands the invocation and judges what comes out.
COR_MUST_CHECK enum cor_status cor_finish_invocation(struct cor_finisher *finisher,
                                                     const struct cor_invocation *invocation);

// gap_patterns.c: gaps for the names that an invocation could define, as far as one can tell.
COR_MUST_CHECK enum cor_status cor_gap_patterns(struct cor_census *census,
                                                const struct cor_invocation *invocation,
                                                const char *reason);

// renames.c: what #define old new and asm labels make of definitions found elsewhere.
COR_MUST_CHECK enum cor_status cor_apply_renames(struct cor_recogniser *recogniser);

// census_prints.c: the words, and the memory that all prints are in.
COR_MUST_CHECK enum cor_status cor_fill_words(struct cor_recogniser *recogniser,
                                              struct cor_source_facts *facts);

// stated_versions.c
COR_MUST_CHECK enum cor_status cor_fill_stated(struct cor_recogniser *recogniser,
                                               struct cor_source_facts *facts);

// facts.c
COR_MUST_CHECK enum cor_status cor_fill_facts(struct cor_recogniser *recogniser,
                                              struct cor_source_facts *facts);

// absent_headers.c
COR_MUST_CHECK enum cor_status cor_fill_absent_headers(struct cor_recogniser *recogniser,
                                                       struct cor_source_facts *facts);

#endif
