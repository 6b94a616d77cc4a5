// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what the objects inside the source release define.
#ifndef COR_VERDICT_PREBUILT_INDEX_H
#define COR_VERDICT_PREBUILT_INDEX_H

#include <stdbool.h>

#include "base/array.h"
#include "base/map.h"
#include "model/product.h"

struct cor_prebuilt_entry {
    const struct cor_component *object;
    bool linkable; // a global definition of an object or library: another component may bind to it
    uint32_t next; // of the same name, in path order; COR_NONE at the end
};

struct cor_prebuilt_index {
    struct cor_map heads; // interned name -> index of its first entry
    COR_ARRAY(struct cor_prebuilt_entry) entries;
};

// `index` must be zeroed; disposed of by the caller even on failure.
COR_MUST_CHECK enum cor_status cor_prebuilt_index_build(struct cor_prebuilt_index *index,
                                                        const struct cor_product *product);
void cor_prebuilt_index_dispose(struct cor_prebuilt_index *index);

// The first object for the same machine as `user` that defines the name, or NULL. With `linkable`
// only those that another component can be linked with.
const struct cor_component *cor_prebuilt_index_find(const struct cor_prebuilt_index *index,
                                                    const struct cor_name *name, bool linkable,
                                                    const struct cor_component *user);

#endif
