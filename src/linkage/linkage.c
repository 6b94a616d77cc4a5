// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "linkage/linkage.h"

#include "linkage/linux_tables.h"
#include "linkage/rule.h"
#include "linkage/scopes.h"

// First match wins.
static const struct cor_linking_rule *const rules[] = {
    &cor_rule_linux_module, &cor_rule_esxi_module, &cor_rule_kernel_global,
    &cor_rule_static,       &cor_rule_elf_dynamic,
};

void cor_links_init(struct cor_links *links)
{
    *links = (struct cor_links){0};
    cor_arena_init(&links->arena);
}

void cor_links_dispose(struct cor_links *links)
{
    cor_array_dispose(&links->loads);
    cor_array_dispose(&links->notes);
    cor_array_dispose(&links->providers);
    cor_arena_dispose(&links->arena);
}

const struct cor_symbol *cor_provider_symbol(const struct cor_product *product,
                                             const struct cor_provider *provider)
{
    const struct cor_component *component = product->components.items[provider->component];
    return provider->dynamic ? &component->dynamic.items[provider->symbol]
                             : &component->defined.items[provider->symbol];
}

enum cor_status cor_resolution_add(struct cor_links *links, struct cor_resolution *resolution,
                                   const struct cor_index_entry *entry)
{
    const struct cor_provider provider = {entry->component, entry->symbol, entry->dynamic};
    if (resolution->count == 0)
        resolution->first = (uint32_t)links->providers.count;
    enum cor_status status = cor_array_add(&links->providers, provider);
    if (status == COR_OK)
        resolution->count++;
    return status;
}

bool cor_role_provides(const struct cor_linking *linking, enum cor_role role)
{
    return role == linking->subject || role == COR_ROLE_SYSTEM || role == COR_ROLE_TOOLCHAIN;
}

static enum cor_role subject_of(const struct cor_product *product)
{
    for (size_t i = 0; i < product->components.count; i++)
        if (product->components.items[i]->role == COR_ROLE_SHIPPED)
            return COR_ROLE_SHIPPED;
    return COR_ROLE_SOURCE;
}

static enum cor_status bind_component(struct cor_linking *linking, uint32_t number)
{
    const struct cor_component *component = linking->product->components.items[number];
    struct cor_component_links *result = &linking->links->components[number];
    if (component->role != linking->subject || component->unsupported)
        return COR_OK;
    result->resolutions = cor_arena_alloc(&linking->links->arena, component->undefined.count,
                                          sizeof *result->resolutions);
    if (!result->resolutions)
        return COR_NOMEM;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (!rules[i]->applies(linking, component))
            continue;
        result->rule = rules[i]->name;
        return rules[i]->bind(linking, number, result->resolutions);
    }
    return COR_OK;
}

static enum cor_status find_kernels(struct cor_linking *linking)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < linking->product->components.count; i++) {
        const struct cor_component *component = linking->product->components.items[i];
        if (component->kind == COR_KIND_KERNEL && component->role == linking->subject)
            status = cor_array_add(&linking->kernels, (uint32_t)i);
    }
    return status;
}

enum cor_status cor_linkage_resolve(const struct cor_product *product, struct cor_links *links)
{
    struct cor_definition_index index = {0};
    struct cor_linking linking = {
        .product = product, .index = &index, .links = links, .subject = subject_of(product)};
    enum cor_status status = cor_definition_index_build(&index, product);
    if (status == COR_OK)
        status = find_kernels(&linking);
    if (status == COR_OK) {
        links->components =
            cor_arena_alloc(&links->arena, product->components.count, sizeof *links->components);
        status = links->components ? COR_OK : COR_NOMEM;
    }
    for (size_t i = 0; status == COR_OK && i < product->components.count; i++)
        status = bind_component(&linking, (uint32_t)i);
    if (status == COR_OK)
        status = cor_linux_tables_check(&linking);
    if (status == COR_OK)
        status = cor_linux_versions_check(&linking);
    cor_scopes_free(linking.scopes);
    cor_array_dispose(&linking.kernels);
    cor_definition_index_dispose(&index);
    return status;
}
