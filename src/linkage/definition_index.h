// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: which components define a needed name.
#ifndef COR_LINKAGE_DEFINITION_INDEX_H
#define COR_LINKAGE_DEFINITION_INDEX_H

#include "base/array.h"
#include "base/map.h"
#include "model/product.h"

struct cor_index_entry {
    uint32_t component; // index in the product
    uint32_t symbol;
    bool dynamic;
    uint32_t next; // the next entry of the same name, in product order; COR_NONE at the end
};

struct cor_definition_index {
    struct cor_map heads; // interned name -> index of its first entry
    COR_ARRAY(struct cor_index_entry) entries;
};

// Indexes the GLOBAL, WEAK and UNIQUE definitions of every component for the names that some
// component has undefined. `index` must be zeroed; disposed of by the caller even on failure.
COR_MUST_CHECK enum cor_status cor_definition_index_build(struct cor_definition_index *index,
                                                          const struct cor_product *product);
void cor_definition_index_dispose(struct cor_definition_index *index);

// The first entry for `name`, or NULL; then cor_definition_index_next().
const struct cor_index_entry *cor_definition_index_find(const struct cor_definition_index *index,
                                                        const struct cor_name *name);
const struct cor_index_entry *cor_definition_index_next(const struct cor_definition_index *index,
                                                        const struct cor_index_entry *entry);

#endif
