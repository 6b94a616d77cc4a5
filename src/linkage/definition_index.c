// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "linkage/definition_index.h"

static enum cor_status add_needs(struct cor_definition_index *index,
                                 const struct cor_component *component)
{
    for (size_t i = 0; i < component->undefined.count; i++) {
        enum cor_status status =
            cor_map_put(&index->heads, component->undefined.items[i].name, COR_NONE);
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

static enum cor_status add_symbol(struct cor_definition_index *index,
                                  const struct cor_product *product, uint32_t component,
                                  uint32_t symbol, bool dynamic)
{
    const struct cor_component *owner = product->components.items[component];
    const struct cor_symbol *row =
        dynamic ? &owner->dynamic.items[symbol] : &owner->defined.items[symbol];
    uint64_t head;
    if (row->binding == COR_BIND_LOCAL || !cor_map_get(&index->heads, row->name, &head))
        return COR_OK;
    const struct cor_index_entry entry = {component, symbol, dynamic, (uint32_t)head};
    enum cor_status status = cor_array_add(&index->entries, entry);
    if (status == COR_OK)
        status = cor_map_put(&index->heads, row->name, index->entries.count - 1);
    return status;
}

// Components go in backwards because each entry is put before the ones that stand there already.
static enum cor_status add_definitions(struct cor_definition_index *index,
                                       const struct cor_product *product, uint32_t component)
{
    const struct cor_component *owner = product->components.items[component];
    enum cor_status status = COR_OK;
    for (size_t i = owner->dynamic.count; status == COR_OK && i-- > 0;)
        if (owner->dynamic.items[i].exported)
            status = add_symbol(index, product, component, (uint32_t)i, true);
    for (size_t i = owner->defined.count; status == COR_OK && i-- > 0;)
        status = add_symbol(index, product, component, (uint32_t)i, false);
    return status;
}

enum cor_status cor_definition_index_build(struct cor_definition_index *index,
                                           const struct cor_product *product)
{
    enum cor_status status = COR_OK;
    cor_map_init(&index->heads);
    for (size_t i = 0; status == COR_OK && i < product->components.count; i++)
        status = add_needs(index, product->components.items[i]);
    for (size_t i = product->components.count; status == COR_OK && i-- > 0;)
        status = add_definitions(index, product, (uint32_t)i);
    return status;
}

void cor_definition_index_dispose(struct cor_definition_index *index)
{
    cor_map_dispose(&index->heads);
    cor_array_dispose(&index->entries);
}

const struct cor_index_entry *cor_definition_index_find(const struct cor_definition_index *index,
                                                        const struct cor_name *name)
{
    uint64_t head;
    if (!cor_map_get(&index->heads, name, &head) || head == COR_NONE)
        return NULL;
    return &index->entries.items[head];
}

const struct cor_index_entry *cor_definition_index_next(const struct cor_definition_index *index,
                                                        const struct cor_index_entry *entry)
{
    return entry->next == COR_NONE ? NULL : &index->entries.items[entry->next];
}
