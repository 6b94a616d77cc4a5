// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "linkage/library_index.h"

#include <elf.h>
#include <string.h>

// Entries go in backwards because each is put before the ones that stand there already.
static enum cor_status add(struct cor_library_index *index, uint32_t component, const char *text)
{
    const struct cor_name *name;
    uint64_t head = COR_NONE;
    enum cor_status status = cor_names_intern(index->names, cor_slice_text(text), &name);
    if (status != COR_OK)
        return status;
    (void)cor_map_get(&index->heads, name, &head);
    const struct cor_library_entry entry = {component, (uint32_t)head};
    status = cor_array_add(&index->entries, entry);
    return status == COR_OK ? cor_map_put(&index->heads, name, index->entries.count - 1) : status;
}

enum cor_status cor_library_index_build(struct cor_library_index *index,
                                        const struct cor_product *product)
{
    cor_map_init(&index->heads);
    index->names = cor_names_new();
    enum cor_status status = index->names ? COR_OK : COR_NOMEM;
    for (size_t i = product->components.count; status == COR_OK && i-- > 0;) {
        const struct cor_component *component = product->components.items[i];
        if (component->elf_type != ET_DYN || component->unsupported)
            continue;
        status = add(index, (uint32_t)i, component->name);
        if (status == COR_OK && component->soname &&
            strcmp(component->soname, component->name) != 0)
            status = add(index, (uint32_t)i, component->soname);
    }
    return status;
}

void cor_library_index_dispose(struct cor_library_index *index)
{
    cor_names_free(index->names);
    cor_map_dispose(&index->heads);
    cor_array_dispose(&index->entries);
}

const struct cor_library_entry *cor_library_index_find(const struct cor_library_index *index,
                                                       const char *text)
{
    const struct cor_name *name = cor_names_find(index->names, cor_slice_text(text));
    uint64_t head;
    return name && cor_map_get(&index->heads, name, &head) ? &index->entries.items[head] : NULL;
}

const struct cor_library_entry *cor_library_index_next(const struct cor_library_index *index,
                                                       const struct cor_library_entry *entry)
{
    return entry->next == COR_NONE ? NULL : &index->entries.items[entry->next];
}
