// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Members of a case by their path, and by the places that name them.
#ifndef COR_REPORT_INDEX_H
#define COR_REPORT_INDEX_H

#include "base/arena.h"
#include "base/array.h"
#include "model/case.h"
#include "report/cited.h"

struct cor_index {
    const struct cor_case *case_;
    COR_ARRAY(const struct cor_member *) by_path;
    COR_ARRAY(const struct cor_member *)
    holders;                 // containers with entries that are released source
    struct cor_cited *cited; // where commands take files from in place of the inputs, or NULL
};

COR_MUST_CHECK enum cor_status cor_index_init(struct cor_index *index,
                                              const struct cor_case *case_);
void cor_index_dispose(struct cor_index *index);

// The member of input number `input` (an index into the case's inputs) with this path, or NULL.
const struct cor_member *cor_index_member(const struct cor_index *index, uint32_t input,
                                          struct cor_slice path);

// The member path of a source file as a place names it: relative to a folder input, else whole.
// NULL when memory is out.
const char *cor_index_source_path(const struct cor_index *index, uint32_t input, const char *file,
                                  struct cor_arena *arena);

// What of a path is the name inside the innermost container: behind the last "!/", or all of it.
const char *cor_index_inner_name(const char *path);

#endif
