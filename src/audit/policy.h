// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A policy file: decisions of the user's on what does not count. JSON, correspond-policy/1; see
// correspond-policy(5).
#ifndef COR_AUDIT_POLICY_H
#define COR_AUDIT_POLICY_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/diag.h"
#include "base/slice.h"

enum cor_policy_kind { COR_POLICY_OUT_OF_SCOPE, COR_POLICY_SYSTEM, COR_POLICY_WAIVER };

const char *cor_policy_kind_word(enum cor_policy_kind kind);

struct cor_policy_entry {
    enum cor_policy_kind kind;
    const char *name, *component; // globs; NULL: any. Not both are NULL.
    const char *reason, *author, *expires;
};

struct cor_policy {
    struct cor_arena arena;
    const char *text; // the file as it stands
    COR_ARRAY(struct cor_policy_entry) entries;
};

// COR_USAGE after one line that names `path` and the line that is wrong; COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_policy_parse(struct cor_slice text, const char *path,
                                                struct cor_policy *ret_policy,
                                                struct cor_diag *diag);
// The same of a file; COR_USAGE too when it cannot be read.
COR_MUST_CHECK enum cor_status cor_policy_read(const char *path, struct cor_policy *ret_policy,
                                               struct cor_diag *diag);
void cor_policy_dispose(struct cor_policy *policy);

// Whether a text is a day of the calendar: "2027-01-31".
bool cor_is_day(const char *text);

#endif
