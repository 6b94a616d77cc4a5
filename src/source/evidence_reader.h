// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One text on its way through the second pass.
#ifndef COR_SOURCE_EVIDENCE_READER_H
#define COR_SOURCE_EVIDENCE_READER_H

#include "source/evidence.h"

// A word on file scope, until it is known whether its statement declares it.
struct cor_waiting {
    struct cor_slice word;
    const char *at;
    bool active;
};

struct cor_reader {
    struct cor_recogniser *recogniser;
    struct cor_evidence *evidence;
    struct cor_evidence_share *share;
    struct cor_parser parser;
    const struct cor_census_file *file;
    COR_ARRAY(struct cor_waiting) waiting;
};

// The name when the word is wanted; else NULL, and `ret_through` says what it leads to, if
// anything.
const struct cor_name *cor_reader_wanted(const struct cor_reader *reader, struct cor_slice word,
                                         const struct cor_through **ret_through);

COR_MUST_CHECK enum cor_status cor_reader_excerpt(struct cor_reader *reader, uint32_t line);
COR_MUST_CHECK enum cor_status cor_reader_use(struct cor_reader *reader, const struct cor_use *what,
                                              const char *at);
// Of `name`, or of every name that `through` leads to.
COR_MUST_CHECK enum cor_status cor_reader_uses(struct cor_reader *reader,
                                               const struct cor_name *name,
                                               const struct cor_through *through, const char *at,
                                               struct cor_use use);
COR_MUST_CHECK enum cor_status cor_reader_declaration(struct cor_reader *reader,
                                                      const struct cor_name *name, const char *at,
                                                      bool data);

// evidence_c.c: the places around a word.
const char *cor_reader_skip_blanks(const struct cor_reader *reader, const char *at);
const char *cor_reader_before(const struct cor_reader *reader, const char *at);
bool cor_reader_is_member(const struct cor_reader *reader, const char *at);
// Within a body: "extern int name(int);".
bool cor_reader_is_prototype(const struct cor_reader *reader, const char *at);

// evidence_pasted.c: a word that is neither wanted nor leads to what is; it may put a name
// together.
COR_MUST_CHECK enum cor_status cor_pasted_word(struct cor_reader *reader,
                                               const struct cor_found *found);

// evidence_outside.c: what each word, macro and the end of a text say about names from outside.
COR_MUST_CHECK enum cor_status cor_outside_word(struct cor_reader *reader,
                                                const struct cor_found *found);
COR_MUST_CHECK enum cor_status cor_outside_define(struct cor_reader *reader,
                                                  const struct cor_found *found);
COR_MUST_CHECK enum cor_status cor_outside_settle(struct cor_reader *reader);

// evidence_admissions.c: the comments above and behind the name at `at`.
COR_MUST_CHECK enum cor_status cor_reader_admissions(struct cor_reader *reader,
                                                     const struct cor_name *name, const char *at);

// evidence_bodies.c: each word within braces, each end of a body, and the end of a text.
COR_MUST_CHECK enum cor_status cor_bodies_word(struct cor_reader *reader,
                                               const struct cor_found *found, bool leads);
COR_MUST_CHECK enum cor_status cor_bodies_end(struct cor_reader *reader,
                                              const struct cor_found *found);
COR_MUST_CHECK enum cor_status cor_bodies_settle(struct cor_reader *reader);

COR_MUST_CHECK enum cor_status cor_evidence_c(struct cor_reader *reader);
COR_MUST_CHECK enum cor_status cor_evidence_assembly(struct cor_reader *reader);

#endif
