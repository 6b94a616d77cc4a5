// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Cases made by hand for the tests of the case file and of the reports.
#ifndef COR_TESTS_SAMPLE_CASE_H
#define COR_TESTS_SAMPLE_CASE_H

#include "model/case.h"

// A small product in the manner of the worked example, with every list filled, and with hostile
// texts: quotes, newlines, bytes that are no UTF-8, shell metacharacters, a name of 4 KiB.
void sample_case(struct cor_case *case_);

// As large as a distribution's kernel: 80,000 members, 4,023 components, 20,000 compact symbols
// with 185,000 needs.
void sample_large_case(struct cor_case *case_);

#endif
