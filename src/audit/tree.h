// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What is inside a path, at every depth.
#ifndef COR_AUDIT_TREE_H
#define COR_AUDIT_TREE_H

#include "base/diag.h"
#include "base/progress.h"
#include "model/case.h"

// Fills the inputs and members of `case_`, which must be new. Fails as cor_audit() does.
COR_MUST_CHECK enum cor_status cor_tree(const char *path, struct cor_progress *progress,
                                        struct cor_diag *diag, struct cor_case *case_);

#endif
