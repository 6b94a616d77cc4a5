// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Version names of dynamic symbols.
#ifndef COR_BINARY_VERSIONS_H
#define COR_BINARY_VERSIONS_H

#include "base/array.h"
#include "binary/dynamic.h"
#include "model/component.h"

struct cor_version {
    const char *name;
    const char *from; // the needed library; NULL for a version of the object's own
};

struct cor_versions {
    struct cor_slice rows;               // one 16-bit number for each dynamic symbol
    COR_ARRAY(struct cor_version) items; // by number; all NULL where there is no version
};

// Texts go to `arena`.
COR_MUST_CHECK enum cor_status cor_versions_open(struct cor_image *image,
                                                 const struct cor_dynamic *dynamic,
                                                 struct cor_arena *arena,
                                                 struct cor_versions *versions);
void cor_versions_dispose(struct cor_versions *versions);

// Sets the fields of `symbol` that tell its version. `row` is its row's number.
void cor_versions_set(const struct cor_image *image, const struct cor_versions *versions,
                      size_t row, struct cor_symbol *symbol);

#endif
