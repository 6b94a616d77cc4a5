// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Relocatable objects without export tables, and the kernels they are loaded into: any global
// definition of the product's kernel, then of the other relocatable objects. So a loader like
// vmkernel's works, and so does a static link.
#include "linkage/rule.h"

#include <elf.h>

static bool applies(const struct cor_component *component)
{
    return component->elf_type == ET_REL || component->kind == COR_KIND_KERNEL;
}

static bool is_kernel(const struct cor_component *component)
{
    return component->kind == COR_KIND_KERNEL;
}

static bool is_object(const struct cor_component *component)
{
    return component->elf_type == ET_REL;
}

static enum cor_status add_all(struct cor_linking *linking, uint32_t number,
                               struct cor_resolution *resolution, const struct cor_name *name,
                               bool (*wanted)(const struct cor_component *))
{
    const struct cor_product *product = linking->product;
    const struct cor_component *user = product->components.items[number];
    const struct cor_index_entry *entry = cor_definition_index_find(linking->index, name);
    enum cor_status status = COR_OK;
    for (; status == COR_OK && entry; entry = cor_definition_index_next(linking->index, entry)) {
        const struct cor_component *provider = product->components.items[entry->component];
        if (entry->component != number && !entry->dynamic && wanted(provider) &&
            cor_role_provides(linking, provider->role) &&
            cor_component_same_machine(user, provider))
            status = cor_resolution_add(linking->links, resolution, entry);
    }
    return status;
}

static const char *missing_for(const struct cor_linking *linking)
{
    const struct cor_product *product = linking->product;
    for (size_t i = 0; i < product->components.count; i++)
        if (is_kernel(product->components.items[i]) && product->components.items[i]->defined.count)
            return NULL;
    return product->unread_kernels.count ? "the kernel image was not read"
                                         : "the program that it is linked into was not given";
}

static enum cor_status bind(struct cor_linking *linking, uint32_t number,
                            struct cor_resolution *resolutions)
{
    const struct cor_component *user = linking->product->components.items[number];
    const char *missing = missing_for(linking);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < user->undefined.count; i++) {
        const struct cor_name *name = user->undefined.items[i].name;
        status = add_all(linking, number, &resolutions[i], name, is_kernel);
        if (status == COR_OK)
            status = add_all(linking, number, &resolutions[i], name, is_object);
        if (resolutions[i].count == 0)
            resolutions[i].missing = missing;
    }
    return status;
}

const struct cor_linking_rule cor_rule_relocatable = {"kernel-global", applies, bind};
