// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The second pass: declarations, uses and excerpts of the names that a report will list.
#ifndef COR_SOURCE_EVIDENCE_H
#define COR_SOURCE_EVIDENCE_H

#include "base/map.h"
#include "source/recogniser_state.h"

// How a use in a macro's own text begins: direct, as opposed to one through the macro.
#define COR_MACRO_TEXT "macro "

// How a macro or an inline function leads to a wanted name.
struct cor_through {
    const struct cor_name *wanted;
    const char *place; // "X (file.h:12)"
    const struct cor_through *next;
};

// Calls of names that the release may not define, as one worker sees them.
struct cor_outside {
    struct cor_map called, macros;            // sets
    struct cor_map locals;                    // name to 1 + the last file that declares it locally
    COR_ARRAY(const struct cor_name *) calls; // of the text being read
};

// A word of a body that may be a step of it.
struct cor_body_word {
    struct cor_slice word;
    const struct cor_name *name; // wanted, or leading to what is; NULL: perhaps another body's name
    size_t target;               // the first of that name in the list of bodies, or SIZE_MAX
    bool active, call;
};

struct cor_body_seen {
    struct cor_slice name;
    const char *at;
    size_t first, count; // words
    bool leads;
};

// The bodies of the text being read.
struct cor_bodies {
    COR_ARRAY(struct cor_body_word) words;
    COR_ARRAY(struct cor_body_seen) bodies;
    bool leads;
};

// What one worker collects.
struct cor_evidence_share {
    struct cor_arena arena;
    COR_ARRAY(struct cor_declaration) declarations;
    COR_ARRAY(struct cor_use) uses;
    COR_ARRAY(struct cor_excerpt) excerpts;
    COR_ARRAY(struct cor_admission) admissions;
    COR_ARRAY(struct cor_source_body) bodies;
    COR_ARRAY(struct cor_source_step) steps;
    struct cor_bodies seen;
    struct cor_text text;
    struct cor_map pasting; // first alternatives of macros: whether they put names together
    struct cor_map led;     // name to the file it was last used in through something, and how often
    uint64_t left_out;
    struct cor_outside outside;
};

struct cor_evidence {
    pthread_mutex_t lock;
    bool prepared;
    enum cor_status prepare_status;
    const struct cor_map *wanted;
    struct cor_arena arena;
    struct cor_map through;                 // name to the first struct cor_through
    uint64_t sieve[1024];                   // of the hashes of all names that matter
    uint64_t parts[64];                     // of what stands between underscores in wanted names
    COR_ARRAY(struct cor_kept) definitions; // of wanted names, by file and line
    struct cor_evidence_share *shares;
    unsigned share_count;
};

struct cor_evidence *cor_evidence_new(unsigned share_count);
void cor_evidence_free(struct cor_evidence *evidence);

// through.c: fills `through` and `sieve`.
COR_MUST_CHECK enum cor_status cor_evidence_prepare(struct cor_recogniser *recogniser,
                                                    struct cor_evidence *evidence);
// Without the prefix of the compiler or of the linker's --wrap: a call of __builtin_memcmp or
// __real_memcmp may be one of memcmp.
struct cor_slice cor_without_builtin(struct cor_slice word);
bool cor_evidence_sieve(const struct cor_evidence *evidence, struct cor_slice word);

// evidence_bodies.c
void cor_bodies_dispose(struct cor_bodies *bodies);
COR_MUST_CHECK enum cor_status cor_bodies_macros(struct cor_recogniser *recogniser,
                                                 struct cor_evidence *evidence);

// evidence_pasted.c
void cor_pasted_prepare(struct cor_evidence *evidence);

// evidence_outside.c
void cor_outside_dispose(struct cor_outside *outside);
COR_MUST_CHECK enum cor_status cor_outside_finish(const struct cor_evidence *evidence,
                                                  struct cor_source_facts *facts);

#endif
