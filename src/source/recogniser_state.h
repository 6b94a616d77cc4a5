// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the recogniser's files share.
#ifndef COR_SOURCE_RECOGNISER_STATE_H
#define COR_SOURCE_RECOGNISER_STATE_H

#include <pthread.h>

#include "source/census.h"
#include "source/expand.h"
#include "source/macros.h"

struct cor_evidence;
struct cor_gas_table;

struct cor_recogniser {
    struct cor_recogniser_options options;
    struct cor_census *censuses; // one per worker
    struct cor_macro_scope macros;
    COR_ARRAY(struct cor_census_file *) files;         // in order, after the census
    const struct cor_include **includes_of;            // of each worker
    COR_ARRAY(const struct cor_census_file *) by_base; // by the hash of the path's last part
    struct cor_gas_table *gas;
    struct cor_name_sieve sieve; // of the names of interest; empty when there are none
    struct cor_evidence *evidence;
    bool finished;
};

// included.c: tells each file whether another one may include it.
COR_MUST_CHECK enum cor_status cor_mark_included(struct cor_recogniser *recogniser);

// Definitions in `text`, an expansion or a piece of C, that belong to `file` and `line`.
COR_MUST_CHECK enum cor_status cor_judge_c(struct cor_census *census, struct cor_slice text,
                                           const struct cor_invocation *invocation,
                                           const char *through);

#endif
