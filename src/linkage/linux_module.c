// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Linux kernel modules: a module binds to what the kernel and then the other modules export
// (kernel/module: resolve_symbol, find_symbol), for its own version magic. Which of several modules
// is loaded first is not known; all that export a name are kept, in path order.
#include "linkage/rule.h"

#include <string.h>

#include "linkage/linux_notes.h"

struct binding {
    struct cor_linking *linking;
    const struct cor_component *user;
    uint32_t number;
    bool any_kernel; // none is of the module's version, and none is unread: then any will do
};

static bool applies(const struct cor_linking *linking, const struct cor_component *component)
{
    (void)linking;
    return component->kind == COR_KIND_KERNEL_MODULE &&
           cor_component_modinfo(component, "vermagic") != NULL;
}

// "6.1.0-9-amd64 SMP preempt mod_unload modversions" is for "6.1.0-9-amd64".
static bool is_release(const char *magic, const char *release)
{
    size_t length = strcspn(magic, " ");
    return strlen(release) == length && strncmp(magic, release, length) == 0;
}

static bool same_magic(const struct cor_component *user, const struct cor_component *provider)
{
    const char *theirs = cor_component_modinfo(provider, "vermagic");
    const char *ours = cor_component_modinfo(user, "vermagic");
    if (provider->kind == COR_KIND_KERNEL && provider->kernel_release)
        return !ours || is_release(ours, provider->kernel_release);
    return !theirs || !ours || strcmp(theirs, ours) == 0;
}

static bool exports(const struct binding *binding, const struct cor_index_entry *entry,
                    enum cor_kind kind)
{
    const struct cor_component *provider =
        binding->linking->product->components.items[entry->component];
    if (provider->kind != kind || entry->dynamic || entry->component == binding->number ||
        !cor_role_provides(binding->linking, provider->role) ||
        !cor_component_same_machine(binding->user, provider))
        return false;
    if (!same_magic(binding->user, provider) && !(kind == COR_KIND_KERNEL && binding->any_kernel))
        return false;
    return provider->defined.items[entry->symbol].exported || provider->exports.count == 0;
}

static const struct cor_component *kernel_at(const struct cor_linking *linking, size_t i)
{
    return linking->product->components.items[linking->kernels.items[i]];
}

static const char *missing_kernel(const struct binding *binding)
{
    const struct cor_linking *linking = binding->linking;
    const struct cor_product *product = linking->product;
    const char *path = NULL, *reason = "it has no symbol table";
    for (size_t i = 0; i < linking->kernels.count; i++) {
        const struct cor_component *kernel = kernel_at(linking, i);
        if (kernel->defined.count && (binding->any_kernel || same_magic(binding->user, kernel)))
            return NULL;
        if (!kernel->defined.count)
            path = kernel->path;
    }
    if (product->unread_kernels.count) {
        path = product->unread_kernels.items[0].path;
        reason = product->unread_kernels.items[0].reason;
    }
    if (!path)
        return "the kernel was not given";
    return cor_arena_printf(&linking->links->arena, "kernel %s: %s", path, reason);
}

static enum cor_status choose_kernels(struct binding *binding)
{
    struct cor_links *links = binding->linking->links;
    const struct cor_component *other = NULL;
    for (size_t i = 0; i < binding->linking->kernels.count; i++) {
        const struct cor_component *kernel = kernel_at(binding->linking, i);
        if (!kernel->defined.count || same_magic(binding->user, kernel))
            return COR_OK;
        other = kernel;
    }
    if (!other || binding->linking->product->unread_kernels.count)
        return COR_OK;
    binding->any_kernel = true;
    const char *magic = cor_component_modinfo(binding->user, "vermagic");
    const char *note = cor_arena_printf(
        &links->arena, "%s was built for Linux %.*s, but the kernel %s is %s", binding->user->path,
        (int)strcspn(magic, " "), magic, other->path, other->kernel_release);
    return note ? cor_array_add(&links->notes, note) : COR_NOMEM;
}

static enum cor_status bind_need(const struct binding *binding, const struct cor_name *name,
                                 struct cor_resolution *resolution)
{
    static const enum cor_kind kinds[] = {COR_KIND_KERNEL, COR_KIND_KERNEL_MODULE};
    const struct cor_definition_index *index = binding->linking->index;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct cor_index_entry *entry = cor_definition_index_find(index, name);
        for (; status == COR_OK && entry; entry = cor_definition_index_next(index, entry))
            if (exports(binding, entry, kinds[i]))
                status = cor_resolution_add(binding->linking->links, resolution, entry);
    }
    return status;
}

static enum cor_status bind_all(const struct binding *binding, struct cor_linux_notes *notes,
                                struct cor_resolution *resolutions)
{
    struct cor_links *links = binding->linking->links;
    const struct cor_product *product = binding->linking->product;
    const char *missing = missing_kernel(binding);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < binding->user->undefined.count; i++) {
        const struct cor_name *name = binding->user->undefined.items[i].name;
        status = bind_need(binding, name, &resolutions[i]);
        if (status != COR_OK || !resolutions[i].count) {
            resolutions[i].missing = missing;
            continue;
        }
        uint32_t provider = links->providers.items[resolutions[i].first].component;
        bool differs = false;
        status = cor_linux_notes_add(notes, name, product->components.items[provider], &differs);
        resolutions[i].version_differs = differs;
    }
    return status;
}

static enum cor_status bind(struct cor_linking *linking, uint32_t number,
                            struct cor_resolution *resolutions)
{
    struct binding binding = {linking, linking->product->components.items[number], number, false};
    struct cor_linux_notes notes;
    cor_linux_notes_init(&notes, binding.user);
    enum cor_status status = choose_kernels(&binding);
    if (status == COR_OK)
        status = bind_all(&binding, &notes, resolutions);
    if (status == COR_OK)
        status = cor_linux_notes_finish(&notes, linking->links);
    cor_linux_notes_dispose(&notes);
    return status;
}

const struct cor_linking_rule cor_rule_linux_module = {"linux-module", applies, bind};
