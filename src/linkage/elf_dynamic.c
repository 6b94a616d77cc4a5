// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// ELF dynamic linking (gABI, chapter 5 "Dynamic Linking"): the component itself, then its
// DT_NEEDED libraries breadth first; for a library that nothing shipped needs, the program that
// loads it.
#include "linkage/rule.h"

#include <elf.h>
#include <string.h>

#include "base/buffer.h"

struct scope {
    COR_ARRAY(uint32_t) members; // in search order
    struct cor_buffer missing;   // "libc.so.6, libm.so.6"
};

static bool applies(const struct cor_component *component)
{
    return component->elf_type == ET_DYN || component->elf_type == ET_EXEC;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool answers_to(const struct cor_component *component, const char *needed)
{
    if (component->elf_type != ET_DYN)
        return false;
    return (component->soname && strcmp(component->soname, needed) == 0) ||
           strcmp(component->name, base_name(needed)) == 0;
}

static size_t common_path(const char *a, const char *b)
{
    size_t length = 0, folder = 0;
    for (; a[length] && a[length] == b[length]; length++)
        if (a[length] == '/')
            folder = length;
    return folder;
}

// The shipped library nearest to its user, else one of the system's.
static uint32_t find_library(const struct cor_linking *linking, const struct cor_component *user,
                             const char *needed)
{
    const struct cor_product *product = linking->product;
    uint32_t best = COR_NONE;
    size_t best_common = 0;
    for (size_t i = 0; i < product->components.count; i++) {
        const struct cor_component *library = product->components.items[i];
        if (!cor_role_provides(linking, library->role) || !answers_to(library, needed) ||
            !cor_component_same_machine(user, library))
            continue;
        bool own = library->role == linking->subject;
        size_t common = own ? 1 + common_path(user->path, library->path) : 0;
        if (best == COR_NONE || common > best_common) {
            best = (uint32_t)i;
            best_common = common;
        }
    }
    return best;
}

static bool in_scope(const struct scope *scope, uint32_t component)
{
    for (size_t i = 0; i < scope->members.count; i++)
        if (scope->members.items[i] == component)
            return true;
    return false;
}

static enum cor_status add_needed(const struct cor_linking *linking, struct scope *scope,
                                  const struct cor_component *user, const char *needed)
{
    uint32_t library = find_library(linking, user, needed);
    if (library == COR_NONE) {
        const char *comma = scope->missing.size ? ", " : "";
        return cor_buffer_printf(&scope->missing, "%s%s", comma, needed);
    }
    return in_scope(scope, library) ? COR_OK : cor_array_add(&scope->members, library);
}

static enum cor_status build_scope(const struct cor_linking *linking, uint32_t number,
                                   struct scope *scope)
{
    enum cor_status status = cor_array_add(&scope->members, number);
    for (size_t i = 0; status == COR_OK && i < scope->members.count; i++) {
        uint32_t member = scope->members.items[i];
        const struct cor_component *user = linking->product->components.items[member];
        for (size_t k = 0; status == COR_OK && k < user->needed.count; k++)
            status = add_needed(linking, scope, user, user->needed.items[k]);
    }
    return status == COR_LIMIT ? COR_OK : status;
}

static bool version_fits(const struct cor_symbol *need, const struct cor_symbol *definition)
{
    return !need->version || !definition->version ||
           strcmp(need->version, definition->version) == 0;
}

// Whether the loader sees this definition: it goes by .dynsym alone.
static bool visible(const struct cor_component *provider, const struct cor_index_entry *entry)
{
    return entry->dynamic || (provider->defined_table != COR_TABLE_SYMTAB);
}

static const struct cor_index_entry *first_in_scope(const struct cor_linking *linking,
                                                    const struct scope *scope,
                                                    const struct cor_symbol *need)
{
    for (size_t i = 0; i < scope->members.count; i++) {
        const struct cor_index_entry *entry = cor_definition_index_find(linking->index, need->name);
        for (; entry; entry = cor_definition_index_next(linking->index, entry)) {
            if (entry->component != scope->members.items[i])
                continue;
            const struct cor_provider provider = {entry->component, entry->symbol, entry->dynamic};
            if (visible(linking->product->components.items[entry->component], entry) &&
                version_fits(need, cor_provider_symbol(linking->product, &provider)))
                return entry;
        }
    }
    return NULL;
}

// A plugin's host: an executable that exports what the library's own libraries lack.
static enum cor_status add_hosts(struct cor_linking *linking, const struct cor_component *user,
                                 struct cor_resolution *resolution, const struct cor_symbol *need)
{
    const struct cor_product *product = linking->product;
    const struct cor_index_entry *entry = cor_definition_index_find(linking->index, need->name);
    enum cor_status status = COR_OK;
    for (; status == COR_OK && entry; entry = cor_definition_index_next(linking->index, entry)) {
        const struct cor_component *host = product->components.items[entry->component];
        if (host != user && host->kind == COR_KIND_EXECUTABLE && host->role == linking->subject &&
            visible(host, entry) && cor_component_same_machine(user, host))
            status = cor_resolution_add(linking->links, resolution, entry);
    }
    return status;
}

static bool needed_by_shipped(const struct cor_linking *linking,
                              const struct cor_component *library)
{
    const struct cor_product *product = linking->product;
    for (size_t i = 0; i < product->components.count; i++) {
        const struct cor_component *user = product->components.items[i];
        for (size_t k = 0; user->role == linking->subject && k < user->needed.count; k++)
            if (answers_to(library, user->needed.items[k]))
                return true;
    }
    return false;
}

static const char *missing_text(struct cor_linking *linking, const struct scope *scope,
                                const struct cor_component *user)
{
    if (scope->missing.size)
        return cor_arena_printf(&linking->links->arena, "%s not given", scope->missing.data);
    if (user->kind == COR_KIND_SHARED_OBJECT && !needed_by_shipped(linking, user))
        return "the program that loads it was not given";
    return NULL;
}

static enum cor_status bind_all(struct cor_linking *linking, const struct cor_component *user,
                                const struct scope *scope, struct cor_resolution *resolutions)
{
    const char *missing = missing_text(linking, scope, user);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < user->undefined.count; i++) {
        const struct cor_symbol *need = &user->undefined.items[i];
        const struct cor_index_entry *entry = first_in_scope(linking, scope, need);
        if (entry)
            status = cor_resolution_add(linking->links, &resolutions[i], entry);
        else if (user->kind == COR_KIND_SHARED_OBJECT)
            status = add_hosts(linking, user, &resolutions[i], need);
        if (resolutions[i].count == 0)
            resolutions[i].missing = missing;
    }
    return status;
}

static enum cor_status bind(struct cor_linking *linking, uint32_t number,
                            struct cor_resolution *resolutions)
{
    struct scope scope = {0};
    cor_buffer_init(&scope.missing, 4096);
    enum cor_status status = build_scope(linking, number, &scope);
    if (status == COR_OK)
        status = bind_all(linking, linking->product->components.items[number], &scope, resolutions);
    cor_array_dispose(&scope.members);
    cor_buffer_dispose(&scope.missing);
    return status;
}

const struct cor_linking_rule cor_rule_elf_dynamic = {"elf-dynamic", applies, bind};
