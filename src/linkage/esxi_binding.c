// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Binds modules for ESXi's kernel.
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "linkage/esxi_module.h"

enum { LONGEST_LIST = 2000 };

struct binding {
    struct cor_linking *linking;
    const struct cor_component *user;
    uint32_t number;
    struct cor_buffer gpl, versions, foreign; // names of which something is noted
};

static bool declares(const struct cor_component *component)
{
    for (size_t i = 0; i < component->modinfo.count; i++)
        if (strcmp(component->modinfo.items[i].key, "nsRequired") == 0 ||
            strcmp(component->modinfo.items[i].key, "nsProvides") == 0)
            return true;
    return false;
}

static bool applies(const struct cor_linking *linking, const struct cor_component *component)
{
    (void)linking;
    return component->kind == COR_KIND_KERNEL_MODULE && component->elf_type == ET_REL &&
           !cor_component_modinfo(component, "vermagic") && declares(component);
}

static int export_order(const void *key, const void *item)
{
    return cor_name_order(key, ((const struct cor_export *)item)->name);
}

static const struct cor_export *find_export(const struct cor_component *component,
                                            const struct cor_name *name)
{
    if (!component->exports.count)
        return NULL;
    return bsearch(name, component->exports.items, component->exports.count,
                   sizeof *component->exports.items, export_order);
}

// The row of a global definition; COR_NONE when there is none.
static uint32_t find_row(const struct cor_component *component, const struct cor_name *name)
{
    size_t low = 0, high = component->defined.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cor_name_order(component->defined.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < component->defined.count && component->defined.items[low].name == name; low++)
        if (component->defined.items[low].binding != COR_BIND_LOCAL)
            return (uint32_t)low;
    return COR_NONE;
}

static bool may_provide(const struct binding *binding, uint32_t number)
{
    const struct cor_component *provider = binding->linking->product->components.items[number];
    return number != binding->number && !provider->unsupported &&
           cor_role_provides(binding->linking, provider->role) &&
           cor_component_same_machine(binding->user, provider);
}

static bool is_module(const struct cor_component *component)
{
    return component->elf_type == ET_REL && component->kind != COR_KIND_KERNEL &&
           !cor_component_archive(component, NULL) && !cor_component_modinfo(component, "vermagic");
}

static enum cor_status add(struct binding *binding, struct cor_resolution *resolution,
                           uint32_t number, uint32_t row)
{
    const struct cor_links *links = binding->linking->links;
    for (uint32_t i = 0; i < resolution->count; i++)
        if (links->providers.items[resolution->first + i].component == number &&
            links->providers.items[resolution->first + i].symbol == row)
            return COR_OK;
    const struct cor_index_entry entry = {number, row, false, COR_NONE};
    return cor_resolution_add(binding->linking->links, resolution, &entry);
}

static enum cor_status add_kernels(struct binding *binding, const struct cor_name *name,
                                   struct cor_resolution *resolution)
{
    const struct cor_definition_index *index = binding->linking->index;
    const struct cor_index_entry *entry = cor_definition_index_find(index, name);
    enum cor_status status = COR_OK;
    for (; status == COR_OK && entry; entry = cor_definition_index_next(index, entry)) {
        const struct cor_component *provider =
            binding->linking->product->components.items[entry->component];
        if (provider->kind == COR_KIND_KERNEL && !entry->dynamic &&
            may_provide(binding, entry->component))
            status = add(binding, resolution, entry->component, entry->symbol);
    }
    return status;
}

// A module that exports another one's symbol passes it on in its own namespace.
static enum cor_status add_passed_on(struct binding *binding, uint32_t through,
                                     const struct cor_name *name, struct cor_resolution *resolution)
{
    const struct cor_product *product = binding->linking->product;
    enum cor_status status = COR_OK;
    for (uint32_t i = 0; status == COR_OK && i < product->components.count; i++) {
        const struct cor_component *owner = product->components.items[i];
        if (i == through || !is_module(owner) || !may_provide(binding, i) ||
            (owner->exports.count && !find_export(owner, name)))
            continue;
        uint32_t row = find_row(owner, name);
        if (row != COR_NONE)
            status = add(binding, resolution, i, row);
    }
    return status;
}

static enum cor_status add_module(struct binding *binding, uint32_t number,
                                  const struct cor_name *name, struct cor_resolution *resolution)
{
    const struct cor_component *module = binding->linking->product->components.items[number];
    const struct cor_export *export = find_export(module, name);
    // Without a table, a module offers what it defines.
    if (!export && module->exports.count)
        return COR_OK;
    const struct cor_name *target = export && export->target ? export->target : name;
    uint32_t row = find_row(module, target);
    if (row != COR_NONE)
        return add(binding, resolution, number, row);
    return export ? add_passed_on(binding, number, target, resolution) : COR_OK;
}

static enum cor_status add_modules(struct binding *binding, const struct cor_name *name,
                                   enum cor_namespace_fit fit, struct cor_resolution *resolution)
{
    const struct cor_product *product = binding->linking->product;
    enum cor_status status = COR_OK;
    for (uint32_t i = 0; status == COR_OK && i < product->components.count; i++)
        if (is_module(product->components.items[i]) && may_provide(binding, i) &&
            cor_esxi_namespace_fit(binding->user, product->components.items[i]) == fit)
            status = add_module(binding, i, name, resolution);
    return status;
}

static enum cor_status list(struct cor_buffer *names, const struct cor_name *name)
{
    enum cor_status status = cor_buffer_printf(names, "%s%s", names->size ? ", " : "", name->text);
    return status == COR_LIMIT ? COR_OK : status;
}

// The first fit that anybody has decides; a worse one is told.
static enum cor_status bind_need(struct binding *binding, const struct cor_name *name,
                                 struct cor_resolution *resolution)
{
    enum cor_status status = add_kernels(binding, name, resolution);
    enum cor_namespace_fit fit = COR_NAMESPACE_FITS;
    bool by_kernel = resolution->count > 0;
    for (; status == COR_OK && !resolution->count && fit < COR_NAMESPACE_FITS_COUNT; fit++)
        status = add_modules(binding, name, fit, resolution);
    if (status != COR_OK || !resolution->count || by_kernel)
        return status;
    resolution->version_differs = fit == COR_NAMESPACE_VERSION + 1;
    if (resolution->version_differs)
        status = list(&binding->versions, name);
    else if (fit == COR_NAMESPACE_FOREIGN + 1)
        status = list(&binding->foreign, name);
    const struct cor_provider *first = &binding->linking->links->providers.items[resolution->first];
    const struct cor_component *provider =
        binding->linking->product->components.items[first->component];
    if (status == COR_OK && !cor_esxi_is_gpl(binding->user) && cor_esxi_is_gpl(provider))
        status = list(&binding->gpl, name);
    return status;
}

static enum cor_status say(const struct binding *binding, const char *what,
                           const struct cor_buffer *names)
{
    struct cor_links *links = binding->linking->links;
    if (!names->size)
        return COR_OK;
    const char *licence = cor_component_modinfo(binding->user, "license");
    const char *text =
        cor_arena_printf(&links->arena, "%s (licence %s) %s: %s", binding->user->path,
                         licence ? licence : "not declared", what, names->data);
    return text ? cor_array_add(&links->notes, text) : COR_NOMEM;
}

static const char *missing_for(const struct binding *binding)
{
    const struct cor_product *product = binding->linking->product;
    for (size_t i = 0; i < binding->linking->kernels.count; i++)
        if (product->components.items[binding->linking->kernels.items[i]]->defined.count)
            return NULL;
    return product->unread_kernels.count ? "the kernel image was not read"
                                         : "the kernel that loads it was not given";
}

static enum cor_status bind_all(struct binding *binding, struct cor_resolution *resolutions)
{
    const char *missing = missing_for(binding);
    enum cor_status status = cor_esxi_note_namespaces(binding->linking, binding->user);
    for (size_t i = 0; status == COR_OK && i < binding->user->undefined.count; i++) {
        status = bind_need(binding, binding->user->undefined.items[i].name, &resolutions[i]);
        if (!resolutions[i].count)
            resolutions[i].missing = missing;
    }
    if (status == COR_OK)
        status = say(binding, "uses what modules under the GPL export, which its loader forbids",
                     &binding->gpl);
    if (status == COR_OK)
        status = say(binding, "finds another version of the namespace that it requires",
                     &binding->versions);
    if (status == COR_OK)
        status = say(binding, "uses namespaces that it does not require", &binding->foreign);
    return status;
}

static enum cor_status bind(struct cor_linking *linking, uint32_t number,
                            struct cor_resolution *resolutions)
{
    struct binding binding = {
        .linking = linking, .user = linking->product->components.items[number], .number = number};
    cor_buffer_init(&binding.gpl, LONGEST_LIST);
    cor_buffer_init(&binding.versions, LONGEST_LIST);
    cor_buffer_init(&binding.foreign, LONGEST_LIST);
    enum cor_status status = bind_all(&binding, resolutions);
    cor_buffer_dispose(&binding.gpl);
    cor_buffer_dispose(&binding.versions);
    cor_buffer_dispose(&binding.foreign);
    return status;
}

const struct cor_linking_rule cor_rule_esxi_module = {"esxi-module", applies, bind};
