// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The audit: from inputs to a case. The only place that knows all stages.
#ifndef COR_AUDIT_AUDIT_H
#define COR_AUDIT_AUDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/progress.h"
#include "intake/limits.h"
#include "model/case.h"

struct cor_audit_input {
    enum cor_role role;
    const char *path;
    const char *name; // under which the case keeps it; NULL: the path's last part
};

struct cor_audit_options {
    const struct cor_audit_input *inputs; // in the order given
    size_t input_count;
    const char *const *expect; // "sha1:HEX" or "sha256:HEX": each must be some input's hash
    size_t expect_count;
    const char *const *exclude; // globs over member paths
    size_t exclude_count;
    unsigned workers;         // 0: one for each processor
    bool all;                 // evidence for released and toolchain symbols too
    bool unprotected;         // the case is to say that no sandbox was around the reading
    const char *const *names; // symbols that are listed in full whatever their class
    size_t name_count;
    struct cor_limits limits;
    struct cor_progress *progress; // may be NULL
    struct cor_diag *diag;         // may be NULL
};

// Runs the whole audit and fills `case_`, which must be new. Fails with COR_NOT_FOUND, COR_IO,
// COR_UNSUPPORTED (an input), COR_MISMATCH (an --expect), COR_USAGE (a malformed --expect),
// COR_NOMEM or COR_INTERRUPTED; the one line has then gone to `diag` with grade COR_FATAL.
COR_MUST_CHECK enum cor_status cor_audit(const struct cor_audit_options *options,
                                         struct cor_case *case_);

// What the case says, without what is excused, as the exit status of `audit`: 0 corresponds, 1
// findings, 3 nothing could be judged, 4 no finding but something is undetermined.
int cor_audit_outcome(const struct cor_case *case_);

#endif
