// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What of a case does not count for the exit status: a policy's entries, and what an earlier case
// has too. Classes, findings and totals stay as they are.
#ifndef COR_AUDIT_EXCUSE_H
#define COR_AUDIT_EXCUSE_H

#include "audit/policy.h"
#include "model/case.h"

struct cor_excuse_options {
    const struct cor_policy *policy; // NULL: none
    const char *policy_name;         // the file's last part
    const char *today;               // "2027-01-31"; for the policy's expiries
    const struct cor_case *baseline; // NULL: none
    const char *baseline_path, *baseline_sha256;
};

// Fills the case's excuses, their numbers in its rows, and adds a note for each. A row is excused
// when each component that needs it is. The case keeps the policy's text, the day and the
// baseline's path and hash as options.
COR_MUST_CHECK enum cor_status cor_excuse(struct cor_case *case_,
                                          const struct cor_excuse_options *options);

// The same as `before` says it was done, on a case that was made again. COR_NOT_FOUND when the
// baseline is no longer there, or is another file; the rest was then done.
COR_MUST_CHECK enum cor_status cor_excuse_again(const struct cor_case *before,
                                                struct cor_case *case_, struct cor_diag *diag);

#endif
