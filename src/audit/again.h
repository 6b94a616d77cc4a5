// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// An audit made once more, as a case says it was made.
#ifndef COR_AUDIT_AGAIN_H
#define COR_AUDIT_AGAIN_H

#include "audit/audit.h"

// Where an input is now.
struct cor_place_now {
    enum cor_role role;
    uint32_t number; // within its role
    const char *path;
};

struct cor_again_options {
    const struct cor_place_now *places; // inputs that were moved; the others are where they were
    size_t place_count;
    const char *const *names; // as in struct cor_audit_options
    size_t name_count;
    unsigned workers;
    struct cor_progress *progress;
    struct cor_diag *diag;
};

// Reads the inputs of `before` again, with the options that it keeps, and fills `case_`, which must
// be new. Neither a moved input's new name nor a changed hash fails: compare the cases. Fails as
// cor_audit() does.
COR_MUST_CHECK enum cor_status cor_audit_again(const struct cor_case *before,
                                               const struct cor_again_options *options,
                                               struct cor_case *case_);

// The path where an input of the case is now.
const char *cor_again_path(const struct cor_again_options *options, const struct cor_input *input);

// Whether two cases are of the same bytes.
bool cor_same_inputs(const struct cor_case *before, const struct cor_case *now);

#endif
