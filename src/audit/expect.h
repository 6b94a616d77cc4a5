// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Published hashes, which an input must have.
#ifndef COR_AUDIT_EXPECT_H
#define COR_AUDIT_EXPECT_H

#include <stddef.h>

#include "base/diag.h"
#include "model/member.h"

// COR_USAGE when `expect` is no hash, COR_MISMATCH when no input has it; `diag` has then heard why.
COR_MUST_CHECK enum cor_status cor_expect(const struct cor_input *inputs, size_t count,
                                          const char *expect, struct cor_diag *diag);

#endif
