// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: shared objects by the names that DT_NEEDED may call them.
#ifndef COR_LINKAGE_LIBRARY_INDEX_H
#define COR_LINKAGE_LIBRARY_INDEX_H

#include "base/array.h"
#include "base/map.h"
#include "base/names.h"
#include "model/product.h"

struct cor_library_entry {
    uint32_t component; // index in the product
    uint32_t next;      // the next one of the same name, in product order; COR_NONE at the end
};

struct cor_library_index {
    struct cor_names *names;
    struct cor_map heads;
    COR_ARRAY(struct cor_library_entry) entries;
};

// Indexes the shared objects of every role by DT_SONAME and by file name. `index` must be zeroed;
// disposed of by the caller even on failure.
COR_MUST_CHECK enum cor_status cor_library_index_build(struct cor_library_index *index,
                                                       const struct cor_product *product);
void cor_library_index_dispose(struct cor_library_index *index);

// The first entry for a name without folders, or NULL; then cor_library_index_next().
const struct cor_library_entry *cor_library_index_find(const struct cor_library_index *index,
                                                       const char *name);
const struct cor_library_entry *cor_library_index_next(const struct cor_library_index *index,
                                                       const struct cor_library_entry *entry);

#endif
