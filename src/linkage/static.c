// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Relocatable objects for a static or partial link: members of archives, objects in a folder. What
// a linker would pull is not known without its command line, so what stands nearest is taken: the
// members of the same archive, the objects of the same folder, any archive or object. Among
// equals a strong definition goes before a weak one, as a linker's choice does.
#include "linkage/rule.h"

#include <elf.h>
#include <string.h>

static bool applies(const struct cor_linking *linking, const struct cor_component *component)
{
    (void)linking;
    return component->elf_type == ET_REL;
}

enum nearness { SAME_ARCHIVE, SAME_FOLDER, ELSEWHERE, NEARNESS_COUNT, NOT_LINKED };

static size_t folder_size(const char *path, size_t size)
{
    while (size && path[size - 1] != '/')
        size--;
    return size;
}

static bool same_start(const struct cor_component *a, const struct cor_component *b, size_t size)
{
    return strncmp(a->path, b->path, size) == 0;
}

static enum nearness nearness_of(const struct cor_component *user,
                                 const struct cor_component *provider)
{
    size_t ours = strlen(user->path), theirs = strlen(provider->path);
    if (provider->elf_type != ET_REL || provider->kind == COR_KIND_KERNEL_MODULE ||
        provider->kind == COR_KIND_KERNEL)
        return NOT_LINKED;
    const char *archive = cor_component_archive(user, &ours);
    const char *other = cor_component_archive(provider, &theirs);
    if (archive && other && ours == theirs && same_start(user, provider, ours))
        return SAME_ARCHIVE;
    ours = folder_size(user->path, ours);
    if (ours == folder_size(provider->path, theirs) && same_start(user, provider, ours))
        return SAME_FOLDER;
    return ELSEWHERE;
}

static bool may_provide(const struct cor_linking *linking, const struct cor_component *user,
                        const struct cor_index_entry *entry, enum nearness nearness, bool weak)
{
    const struct cor_component *provider = linking->product->components.items[entry->component];
    const struct cor_symbol *symbol = &provider->defined.items[entry->symbol];
    return provider != user && !entry->dynamic && (symbol->binding == COR_BIND_WEAK) == weak &&
           cor_role_provides(linking, provider->role) &&
           cor_component_same_machine(user, provider) && nearness_of(user, provider) == nearness;
}

static enum cor_status add_nearest(struct cor_linking *linking, const struct cor_component *user,
                                   const struct cor_name *name, struct cor_resolution *resolution)
{
    enum cor_status status = COR_OK;
    for (unsigned i = 0; status == COR_OK && !resolution->count && i < NEARNESS_COUNT * 2; i++) {
        const struct cor_index_entry *entry = cor_definition_index_find(linking->index, name);
        for (; status == COR_OK && entry; entry = cor_definition_index_next(linking->index, entry))
            if (may_provide(linking, user, entry, (enum nearness)(i / 2), i % 2))
                status = cor_resolution_add(linking->links, resolution, entry);
    }
    return status;
}

static enum cor_status bind(struct cor_linking *linking, uint32_t number,
                            struct cor_resolution *resolutions)
{
    const struct cor_component *user = linking->product->components.items[number];
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < user->undefined.count; i++) {
        status = add_nearest(linking, user, user->undefined.items[i].name, &resolutions[i]);
        if (resolutions[i].count == 0)
            resolutions[i].missing = "the program that it is linked into was not given";
    }
    return status;
}

const struct cor_linking_rule cor_rule_static = {"static", applies, bind};
