// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#ifndef COR_TESTS_SAME_CASE_H
#define COR_TESTS_SAME_CASE_H

#include "model/case.h"

// NULL when two cases are equal in every field; else the first field that differs.
const char *difference(const struct cor_case *a, const struct cor_case *b);

#endif
