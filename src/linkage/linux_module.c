// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Linux kernel modules: a module binds to what the kernel and the other modules export
// (kernel/module: resolve_symbol, find_symbol), for its own version magic.
#include "linkage/rule.h"

#include <string.h>

static bool applies(const struct cor_linking *linking, const struct cor_component *component)
{
    (void)linking;
    return component->kind == COR_KIND_KERNEL_MODULE &&
           cor_component_modinfo(component, "vermagic") != NULL;
}

static bool same_magic(const struct cor_component *user, const struct cor_component *provider)
{
    const char *theirs = cor_component_modinfo(provider, "vermagic");
    const char *ours = cor_component_modinfo(user, "vermagic");
    return !theirs || !ours || strcmp(theirs, ours) == 0;
}

static bool exports(const struct cor_linking *linking, const struct cor_component *user,
                    const struct cor_index_entry *entry)
{
    const struct cor_component *provider = linking->product->components.items[entry->component];
    if (!cor_role_provides(linking, provider->role) || entry->dynamic ||
        !cor_component_same_machine(user, provider) || !same_magic(user, provider))
        return false;
    if (provider->kind != COR_KIND_KERNEL && provider->kind != COR_KIND_KERNEL_MODULE)
        return false;
    return provider->defined.items[entry->symbol].exported || provider->exports.count == 0;
}

static const char *missing_kernel(struct cor_linking *linking)
{
    const struct cor_product *product = linking->product;
    const char *path = NULL, *reason = "it has no symbol table";
    for (size_t i = 0; i < product->components.count; i++) {
        const struct cor_component *component = product->components.items[i];
        if (component->kind != COR_KIND_KERNEL || component->role != linking->subject)
            continue;
        if (component->defined.count)
            return NULL;
        path = component->path;
    }
    if (product->unread_kernels.count) {
        path = product->unread_kernels.items[0].path;
        reason = product->unread_kernels.items[0].reason;
    }
    if (!path)
        return "the kernel was not given";
    return cor_arena_printf(&linking->links->arena, "kernel %s: %s", path, reason);
}

static enum cor_status bind(struct cor_linking *linking, uint32_t number,
                            struct cor_resolution *resolutions)
{
    const struct cor_component *user = linking->product->components.items[number];
    const char *missing = missing_kernel(linking);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < user->undefined.count; i++) {
        const struct cor_index_entry *entry =
            cor_definition_index_find(linking->index, user->undefined.items[i].name);
        for (; status == COR_OK && entry; entry = cor_definition_index_next(linking->index, entry))
            if (entry->component != number && exports(linking, user, entry))
                status = cor_resolution_add(linking->links, &resolutions[i], entry);
        if (resolutions[i].count == 0)
            resolutions[i].missing = missing;
    }
    return status;
}

const struct cor_linking_rule cor_rule_linux_module = {"linux-module", applies, bind};
