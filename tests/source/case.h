// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A small release and what must be found in it: the lines of fixture_lines().
#ifndef COR_TESTS_SOURCE_CASE_H
#define COR_TESTS_SOURCE_CASE_H

#include "fixture.h"

struct census_case {
    const char *name;
    struct fixture_text texts[3];
    const char *want;
};

#endif
