// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Relocatable objects without export tables that a kernel loads: any global definition of the
// product's kernel, then of the other objects that it loads. So a loader like vmkernel's works.
#include "linkage/rule.h"

#include <elf.h>

#include "linkage/esxi_module.h"

static bool is_kernel(const struct cor_component *component)
{
    return component->kind == COR_KIND_KERNEL;
}

// Members of archives are for linkers, not for loaders.
static bool is_loaded(const struct cor_component *component)
{
    return component->elf_type == ET_REL && !cor_component_archive(component, NULL);
}

static bool has_kernel(const struct cor_linking *linking, const struct cor_component *component)
{
    for (size_t i = 0; i < linking->kernels.count; i++) {
        const struct cor_component *kernel =
            linking->product->components.items[linking->kernels.items[i]];
        if (kernel->unsupported || cor_component_same_machine(kernel, component))
            return true;
    }
    return linking->product->unread_kernels.count > 0;
}

static bool applies(const struct cor_linking *linking, const struct cor_component *component)
{
    if (component->kind == COR_KIND_KERNEL)
        return true;
    return is_loaded(component) &&
           (component->kind == COR_KIND_KERNEL_MODULE || has_kernel(linking, component));
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
    for (size_t i = 0; i < linking->kernels.count; i++)
        if (product->components.items[linking->kernels.items[i]]->defined.count)
            return NULL;
    return product->unread_kernels.count ? "the kernel image was not read"
                                         : "the kernel that loads it was not given";
}

static enum cor_status bind(struct cor_linking *linking, uint32_t number,
                            struct cor_resolution *resolutions)
{
    const struct cor_component *user = linking->product->components.items[number];
    const char *missing = missing_for(linking);
    enum cor_status status = cor_esxi_note_namespaces(linking, user);
    for (size_t i = 0; status == COR_OK && i < user->undefined.count; i++) {
        const struct cor_name *name = user->undefined.items[i].name;
        status = add_all(linking, number, &resolutions[i], name, is_kernel);
        if (status == COR_OK)
            status = add_all(linking, number, &resolutions[i], name, is_loaded);
        if (resolutions[i].count == 0)
            resolutions[i].missing = missing;
    }
    return status;
}

const struct cor_linking_rule cor_rule_kernel_global = {"kernel-global", applies, bind};
