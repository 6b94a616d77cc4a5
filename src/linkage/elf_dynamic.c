// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// ELF dynamic linking (gABI, chapter 5 "Dynamic Linking"): the first definition in the scope of
// each program that the component is loaded by. A need is no definition of the component's own, so
// DF_SYMBOLIC and STV_PROTECTED, which concern those, change nothing.
#include "linkage/rule.h"

#include <elf.h>
#include <string.h>

#include "base/buffer.h"
#include "linkage/dynamic_lookup.h"
#include "linkage/scopes.h"

enum { LONGEST_LIST = 4096 };

struct binding {
    struct cor_linking *linking;
    const struct cor_component *user;
    const uint32_t *uses; // its scopes
    size_t use_count;
    COR_ARRAY(const struct cor_index_entry *) candidates; // of the need at hand
    const char *missing;
};

static bool applies(const struct cor_linking *linking, const struct cor_component *component)
{
    (void)linking;
    return component->elf_type == ET_DYN || component->elf_type == ET_EXEC;
}

static const struct cor_scope *scope_at(const struct binding *binding, size_t use)
{
    return &binding->linking->scopes->items.items[binding->uses[use]];
}

static const struct cor_index_entry *first_in(const struct binding *binding,
                                              const struct cor_scope *scope)
{
    const struct cor_index_entry *best = NULL;
    uint32_t best_position = COR_NONE;
    for (size_t i = 0; i < binding->candidates.count; i++) {
        const struct cor_index_entry *entry = binding->candidates.items[i];
        uint32_t position = cor_scope_position(scope, entry->component);
        if (position < best_position) {
            best = entry;
            best_position = position;
        }
    }
    return best;
}

static bool bound(const struct binding *binding, const struct cor_resolution *resolution,
                  const struct cor_index_entry *entry)
{
    for (uint32_t i = 0; i < resolution->count; i++) {
        const struct cor_provider *provider =
            &binding->linking->links->providers.items[resolution->first + i];
        if (provider->component == entry->component && provider->symbol == entry->symbol)
            return true;
    }
    return false;
}

static enum cor_status bind_need(struct binding *binding, const struct cor_symbol *need,
                                 struct cor_resolution *resolution)
{
    struct cor_dynamic_candidates list =
        cor_dynamic_candidates(binding->linking, binding->user, need);
    enum cor_status status = COR_OK;
    binding->candidates.count = 0;
    while (status == COR_OK && cor_dynamic_candidate_next(&list))
        status = cor_array_add(&binding->candidates, list.entry);
    for (size_t i = 0; status == COR_OK && i < binding->use_count; i++) {
        const struct cor_index_entry *entry = first_in(binding, scope_at(binding, i));
        if (entry && !bound(binding, resolution, entry))
            status = cor_resolution_add(binding->linking->links, resolution, entry);
        // Every further scope would say the same.
        if (resolution->count == binding->candidates.count)
            break;
    }
    return status;
}

static bool is_missing(const struct cor_scope *scope, const char *name)
{
    for (size_t i = 0; name && i < scope->missing.count; i++)
        if (strcmp(scope->missing.items[i], name) == 0)
            return true;
    return false;
}

static enum cor_status list_names(struct binding *binding, const char *const *names, size_t count,
                                  bool all, const struct cor_scope *scope)
{
    struct cor_buffer list;
    cor_buffer_init(&list, LONGEST_LIST);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < count; i++)
        if (all || is_missing(scope, names[i]))
            status = cor_buffer_printf(&list, "%s%s", list.size ? ", " : "", names[i]);
    if (status == COR_LIMIT)
        status = COR_OK;
    if (status == COR_OK && list.size) {
        binding->missing =
            cor_arena_printf(&binding->linking->links->arena, "%s not given", list.data);
        status = binding->missing ? COR_OK : COR_NOMEM;
    }
    cor_buffer_dispose(&list);
    return status;
}

// Who may have what is not found: the component's own libraries first.
static enum cor_status find_missing(struct binding *binding)
{
    const struct cor_scope *scope = scope_at(binding, 0);
    enum cor_status status =
        list_names(binding, binding->user->needed.items, binding->user->needed.count, false, scope);
    if (status == COR_OK && !binding->missing)
        status = list_names(binding, scope->missing.items, scope->missing.count, true, scope);
    if (!binding->missing && !scope->whole)
        binding->missing = "the program that loads it was not given";
    return status;
}

static enum cor_status say_missing(struct binding *binding, const struct cor_symbol *need,
                                   struct cor_resolution *resolution)
{
    resolution->missing = binding->missing;
    if (!is_missing(scope_at(binding, 0), need->from))
        return COR_OK;
    resolution->missing =
        cor_arena_printf(&binding->linking->links->arena, "%s not given", need->from);
    return resolution->missing ? COR_OK : COR_NOMEM;
}

static enum cor_status bind_all(struct binding *binding, struct cor_resolution *resolutions)
{
    enum cor_status status = find_missing(binding);
    for (size_t i = 0; status == COR_OK && i < binding->user->undefined.count; i++) {
        const struct cor_symbol *need = &binding->user->undefined.items[i];
        status = bind_need(binding, need, &resolutions[i]);
        if (status == COR_OK && resolutions[i].count == 0)
            status = say_missing(binding, need, &resolutions[i]);
    }
    return status;
}

static enum cor_status bind(struct cor_linking *linking, uint32_t number,
                            struct cor_resolution *resolutions)
{
    enum cor_status status = linking->scopes ? COR_OK : cor_scopes_new(linking, &linking->scopes);
    if (status != COR_OK)
        return status;
    const uint32_t *first = &linking->scopes->first_use[number];
    struct binding binding = {.linking = linking,
                              .user = linking->product->components.items[number],
                              .uses = &linking->scopes->uses[first[0]],
                              .use_count = first[1] - first[0]};
    if (binding.use_count)
        status = bind_all(&binding, resolutions);
    cor_array_dispose(&binding.candidates);
    return status;
}

const struct cor_linking_rule cor_rule_elf_dynamic = {"elf-dynamic", applies, bind};
