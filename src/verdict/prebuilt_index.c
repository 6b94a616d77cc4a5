// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/prebuilt_index.h"

static enum cor_status add(struct cor_prebuilt_index *index, const struct cor_component *object)
{
    for (size_t i = 0; i < object->defined.count; i++) {
        const struct cor_symbol *symbol = &object->defined.items[i];
        const struct cor_name *name = symbol->name;
        const bool linkable =
            symbol->binding != COR_BIND_LOCAL && object->kind != COR_KIND_EXECUTABLE;
        uint64_t head = COR_NONE;
        cor_map_get(&index->heads, name, &head);
        enum cor_status status = cor_array_add(
            &index->entries, (struct cor_prebuilt_entry){object, linkable, (uint32_t)head});
        if (status == COR_OK)
            status = cor_map_put(&index->heads, name, index->entries.count - 1);
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

enum cor_status cor_prebuilt_index_build(struct cor_prebuilt_index *index,
                                         const struct cor_product *product)
{
    enum cor_status status = COR_OK;
    for (size_t i = product->components.count; status == COR_OK && i-- > 0;)
        if (product->components.items[i]->role == COR_ROLE_SOURCE)
            status = add(index, product->components.items[i]);
    return status;
}

void cor_prebuilt_index_dispose(struct cor_prebuilt_index *index)
{
    cor_map_dispose(&index->heads);
    cor_array_dispose(&index->entries);
}

const struct cor_component *cor_prebuilt_index_find(const struct cor_prebuilt_index *index,
                                                    const struct cor_name *name, bool linkable,
                                                    const struct cor_component *user)
{
    uint64_t at;
    if (!cor_map_get(&index->heads, name, &at))
        return NULL;
    for (; at != COR_NONE; at = index->entries.items[at].next)
        if ((index->entries.items[at].linkable || !linkable) &&
            cor_component_same_machine(index->entries.items[at].object, user))
            return index->entries.items[at].object;
    return NULL;
}
