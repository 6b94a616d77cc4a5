// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What programs of the build print.
#ifndef COR_SOURCE_GENERATORS_H
#define COR_SOURCE_GENERATORS_H

#include "source/census.h"

// A name that the generator being read makes; `at` is its place in census->text.
COR_MUST_CHECK enum cor_status
cor_generated_define(struct cor_census *census, struct cor_slice name, const char *at, bool data);

// A name with a variable of the generator in it: "aes_${mode}_x" may become any "aes_*_x".
COR_MUST_CHECK enum cor_status cor_generated_unknown(struct cor_census *census,
                                                     struct cor_slice name, const char *at);

COR_MUST_CHECK enum cor_status cor_census_perl(struct cor_census *census);    // perlasm.c
COR_MUST_CHECK enum cor_status cor_census_printer(struct cor_census *census); // printed.c

#endif
