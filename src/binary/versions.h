// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Version names of dynamic symbols.
#ifndef COR_BINARY_VERSIONS_H
#define COR_BINARY_VERSIONS_H

#include "base/array.h"
#include "binary/dynamic.h"

struct cor_versions {
    struct cor_slice rows;         // one 16-bit number for each dynamic symbol
    COR_ARRAY(const char *) texts; // by number; NULL where there is no version
};

// Texts go to `arena`.
COR_MUST_CHECK enum cor_status cor_versions_open(struct cor_image *image,
                                                 const struct cor_dynamic *dynamic,
                                                 struct cor_arena *arena,
                                                 struct cor_versions *versions);
void cor_versions_dispose(struct cor_versions *versions);

// NULL when the symbol has none.
const char *cor_versions_text(const struct cor_image *image, const struct cor_versions *versions,
                              size_t row);

#endif
