// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The second pass: declarations, uses and excerpts of the names that a report will list.
#ifndef COR_SOURCE_EVIDENCE_H
#define COR_SOURCE_EVIDENCE_H

#include "source/recogniser_state.h"

// How a macro or an inline function leads to a wanted name.
struct cor_through {
    const struct cor_name *wanted;
    const char *place; // "X (file.h:12)"
    const struct cor_through *next;
};

// What one worker collects.
struct cor_evidence_share {
    struct cor_arena arena;
    COR_ARRAY(struct cor_declaration) declarations;
    COR_ARRAY(struct cor_use) uses;
    COR_ARRAY(struct cor_excerpt) excerpts;
    struct cor_text text;
};

struct cor_evidence {
    pthread_mutex_t lock;
    bool prepared;
    enum cor_status prepare_status;
    const struct cor_map *wanted;
    struct cor_arena arena;
    struct cor_map through;                 // name to the first struct cor_through
    uint64_t sieve[1024];                   // of the hashes of all names that matter
    COR_ARRAY(struct cor_kept) definitions; // of wanted names, by file and line
    struct cor_evidence_share *shares;
    unsigned share_count;
};

struct cor_evidence *cor_evidence_new(unsigned share_count);
void cor_evidence_free(struct cor_evidence *evidence);

// through.c: fills `through` and `sieve`.
COR_MUST_CHECK enum cor_status cor_evidence_prepare(struct cor_recogniser *recogniser,
                                                    struct cor_evidence *evidence);
bool cor_evidence_sieve(const struct cor_evidence *evidence, struct cor_slice word);

#endif
