// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What is inside a path, at every depth.
#ifndef COR_AUDIT_TREE_H
#define COR_AUDIT_TREE_H

#include "base/diag.h"
#include "base/progress.h"
#include "intake/limits.h"
#include "model/case.h"

struct cor_keeper;

struct cor_tree_options {
    const char *path;
    const char *const *expect; // as in struct cor_audit_options
    size_t expect_count;
    const char *const *exclude; // globs over member paths
    size_t exclude_count;
    struct cor_limits limits;
    struct cor_keeper *keeper;     // hears of all that is met; may be NULL
    struct cor_progress *progress; // may be NULL
    struct cor_diag *diag;         // may be NULL
};

// Fills the inputs and members of `case_`, which must be new. Fails as cor_audit() does.
COR_MUST_CHECK enum cor_status cor_tree(const struct cor_tree_options *options,
                                        struct cor_case *case_);

#endif
