// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "linkage/scopes.h"

#include <elf.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "linkage/dynamic_lookup.h"
#include "linkage/library_search.h"

static const struct cor_component *component_at(const struct cor_linking *linking, uint32_t number)
{
    return linking->product->components.items[number];
}

static bool dynamic(const struct cor_linking *linking, uint32_t number)
{
    const struct cor_component *component = component_at(linking, number);
    return component->role == linking->subject && !component->unsupported &&
           (component->elf_type == ET_DYN || component->elf_type == ET_EXEC) &&
           component->kind != COR_KIND_KERNEL;
}

static uint32_t search_from(const struct cor_linking *linking, const struct cor_scopes *scopes,
                            const struct cor_scope *scope, uint32_t position, const char *name)
{
    enum { DEEPEST = 64 };
    struct cor_asker askers[DEEPEST];
    size_t depth = 0;
    for (;; position = scope->members.items[position].loader) {
        askers[depth] = (struct cor_asker){
            component_at(linking, scope->members.items[position].component), NULL};
        if (depth)
            askers[depth - 1].loader = &askers[depth];
        if (++depth == DEEPEST || scope->members.items[position].loader == position)
            break;
    }
    return cor_library_search(linking, &scopes->libraries, askers, name);
}

static enum cor_status add_member(struct cor_scopes *scopes, struct cor_scope *scope,
                                  uint32_t component, uint32_t loader)
{
    if (scopes->stamps[component] == scopes->stamp)
        return COR_OK;
    scopes->stamps[component] = scopes->stamp;
    return cor_array_add(&scope->members, (struct cor_scope_member){component, loader});
}

static enum cor_status add_missing(struct cor_scope *scope, const char *name)
{
    for (size_t i = 0; i < scope->missing.count; i++)
        if (strcmp(scope->missing.items[i], name) == 0)
            return COR_OK;
    return cor_array_add(&scope->missing, name);
}

// Members from `first` on, and everything that they need.
static enum cor_status add_needed(const struct cor_linking *linking, struct cor_scopes *scopes,
                                  struct cor_scope *scope, size_t first)
{
    enum cor_status status = COR_OK;
    for (size_t i = first; status == COR_OK && i < scope->members.count; i++) {
        const struct cor_component *user = component_at(linking, scope->members.items[i].component);
        for (size_t k = 0; status == COR_OK && k < user->needed.count; k++) {
            const char *name = user->needed.items[k];
            uint32_t library = search_from(linking, scopes, scope, (uint32_t)i, name);
            status = library == COR_NONE ? add_missing(scope, name)
                                         : add_member(scopes, scope, library, (uint32_t)i);
        }
    }
    return status;
}

static int place_order(const void *left, const void *right)
{
    const struct cor_scope_place *a = left, *b = right;
    return (a->component > b->component) - (a->component < b->component);
}

static enum cor_status index_places(struct cor_scope *scope)
{
    enum cor_status status = cor_array_reserve(&scope->places, scope->members.count);
    for (size_t i = 0; status == COR_OK && i < scope->members.count; i++)
        scope->places.items[scope->places.count++] =
            (struct cor_scope_place){scope->members.items[i].component, (uint32_t)i};
    if (scope->places.count)
        qsort(scope->places.items, scope->places.count, sizeof *scope->places.items, place_order);
    return status;
}

uint32_t cor_scope_position(const struct cor_scope *scope, uint32_t component)
{
    const struct cor_scope_place key = {component, 0}, *found = NULL;
    if (scope->places.count)
        found = bsearch(&key, scope->places.items, scope->places.count, sizeof key, place_order);
    return found ? found->position : COR_NONE;
}

static void dispose_scope(struct cor_scope *scope)
{
    cor_array_dispose(&scope->members);
    cor_array_dispose(&scope->places);
    cor_array_dispose(&scope->missing);
}

static enum cor_status copy_scope(struct cor_scopes *scopes, const struct cor_scope *old,
                                  struct cor_scope *scope)
{
    enum cor_status status = COR_OK;
    scope->whole = old->whole;
    for (size_t i = 0; status == COR_OK && i < old->members.count; i++)
        status = add_member(scopes, scope, old->members.items[i].component,
                            old->members.items[i].loader);
    for (size_t i = 0; status == COR_OK && i < old->missing.count; i++)
        status = add_missing(scope, old->missing.items[i]);
    return status;
}

// Who loads a root, and in which scope: COR_NONE when nobody does.
struct host {
    uint32_t scope, position;
};

static const struct host no_host = {COR_NONE, COR_NONE};

// What /etc/ld.so.preload of the program's file system names stands behind the program itself.
static enum cor_status add_preloads(const struct cor_linking *linking, struct cor_scopes *scopes,
                                    struct cor_scope *scope, uint32_t program)
{
    const struct cor_component *component = component_at(linking, program);
    const struct cor_library_folders *folders = &scopes->libraries.folders;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < folders->preloads.count; i++) {
        const struct cor_library_preload *preload = &folders->preloads.items[i];
        if (component->kind != COR_KIND_EXECUTABLE ||
            !cor_slice_starts(cor_slice_text(component->path), preload->root))
            continue;
        const char *name = cor_arena_text(&linking->links->arena, preload->name);
        if (!name)
            return COR_NOMEM;
        uint32_t library = search_from(linking, scopes, scope, scope->first_bound, name);
        status = library == COR_NONE ? add_missing(scope, name)
                                     : add_member(scopes, scope, library, scope->first_bound);
    }
    return status;
}

static enum cor_status add_scope(const struct cor_linking *linking, struct cor_scopes *scopes,
                                 struct host host, uint32_t root)
{
    struct cor_scope scope = {.whole = true};
    enum cor_status status = COR_OK;
    scopes->stamp++;
    if (host.scope != COR_NONE)
        status = copy_scope(scopes, &scopes->items.items[host.scope], &scope);
    scope.first_bound = (uint32_t)scope.members.count;
    if (status == COR_OK)
        status = add_member(scopes, &scope, root,
                            host.scope == COR_NONE ? scope.first_bound : host.position);
    if (status == COR_OK && host.scope == COR_NONE)
        status = add_preloads(linking, scopes, &scope, root);
    if (status == COR_OK)
        status = add_needed(linking, scopes, &scope, scope.first_bound);
    if (status == COR_OK)
        status = index_places(&scope);
    if (status == COR_OK)
        status = cor_array_add(&scopes->items, scope);
    if (status != COR_OK)
        dispose_scope(&scope);
    return status;
}

static enum cor_status add_programs(const struct cor_linking *linking, struct cor_scopes *scopes)
{
    enum cor_status status = COR_OK;
    for (uint32_t i = 0; status == COR_OK && i < linking->product->components.count; i++)
        if (dynamic(linking, i) && component_at(linking, i)->kind == COR_KIND_EXECUTABLE)
            status = add_scope(linking, scopes, no_host, i);
    return status;
}

// By component: the first scope that binds it.
static void first_scopes(const struct cor_scopes *scopes, uint32_t *first, size_t count)
{
    for (size_t i = 0; i < count; i++)
        first[i] = COR_NONE;
    for (size_t i = scopes->items.count; i-- > 0;) {
        const struct cor_scope *scope = &scopes->items.items[i];
        for (size_t k = scope->first_bound; k < scope->members.count; k++)
            first[scope->members.items[k].component] = (uint32_t)i;
    }
}

static enum cor_status add_load(struct cor_linking *linking, struct cor_scopes *scopes,
                                uint32_t user, const char *name, uint32_t scope)
{
    const struct cor_asker asker = {component_at(linking, user), NULL};
    uint32_t library = cor_library_search(linking, &scopes->libraries, &asker, name);
    if (library == COR_NONE || library == user)
        return COR_OK;
    const struct cor_load load = {user, library, name};
    enum cor_status status = cor_array_add(&linking->links->loads, load);
    if (status != COR_OK || scope == COR_NONE)
        return status;
    const struct cor_scope *where = &scopes->items.items[scope];
    const struct host host = {scope, cor_scope_position(where, user)};
    if (cor_scope_position(where, library) != COR_NONE)
        return COR_OK;
    return add_scope(linking, scopes, host, library);
}

// What programs, and libraries for the first program that has them, load by name.
static enum cor_status add_loads(struct cor_linking *linking, struct cor_scopes *scopes,
                                 uint32_t *first)
{
    size_t count = linking->product->components.count;
    enum cor_status status = COR_OK;
    first_scopes(scopes, first, count);
    for (uint32_t i = 0; status == COR_OK && i < count; i++) {
        const struct cor_component *user = component_at(linking, i);
        for (size_t k = 0; dynamic(linking, i) && status == COR_OK && k < user->loads.count; k++)
            status = add_load(linking, scopes, i, user->loads.items[k], first[i]);
    }
    return status;
}

// The programs that export what `number` needs and its own scope lacks get `mark`.
static void mark_hosts(const struct cor_linking *linking, const struct cor_scope *own,
                       uint32_t number, uint32_t *marks, uint32_t mark)
{
    const struct cor_component *user = component_at(linking, number);
    for (size_t i = 0; i < user->undefined.count; i++) {
        const struct cor_symbol *need = &user->undefined.items[i];
        struct cor_dynamic_candidates list;
        bool found = false;
        list = cor_dynamic_candidates(linking, user, need);
        while (!found && cor_dynamic_candidate_next(&list))
            found = cor_scope_position(own, list.component) != COR_NONE;
        list = cor_dynamic_candidates(linking, user, need);
        while (!found && cor_dynamic_candidate_next(&list))
            if (dynamic(linking, list.component) &&
                component_at(linking, list.component)->kind == COR_KIND_EXECUTABLE)
                marks[list.component] = mark;
    }
}

static enum cor_status add_orphan(const struct cor_linking *linking, struct cor_scopes *scopes,
                                  uint32_t programs, uint32_t number, uint32_t *marks)
{
    size_t own = scopes->items.count;
    enum cor_status status = add_scope(linking, scopes, no_host, number);
    if (status != COR_OK)
        return status;
    mark_hosts(linking, &scopes->items.items[own], number, marks, number);
    for (uint32_t i = 0; status == COR_OK && i < programs; i++)
        if (marks[scopes->items.items[i].members.items[0].component] == number)
            status = add_scope(linking, scopes, (struct host){i, 0}, number);
    for (size_t i = own; i < scopes->items.count; i++)
        scopes->items.items[i].whole = false;
    return status;
}

static enum cor_status add_orphans(const struct cor_linking *linking, struct cor_scopes *scopes,
                                   uint32_t programs, uint32_t *first)
{
    size_t count = linking->product->components.count;
    uint32_t *marks = cor_alloc_zero(count, sizeof *marks);
    enum cor_status status = marks ? COR_OK : COR_NOMEM;
    for (size_t i = 0; marks && i < count; i++)
        marks[i] = COR_NONE;
    first_scopes(scopes, first, count);
    for (uint32_t i = 0; status == COR_OK && i < count; i++)
        if (dynamic(linking, i) && first[i] == COR_NONE)
            status = add_orphan(linking, scopes, programs, i, marks);
    cor_free(marks);
    return status;
}

static size_t bound_end(const struct cor_scope *scope)
{
    return scope->whole ? scope->members.count : scope->first_bound + 1;
}

static enum cor_status collect_uses(struct cor_scopes *scopes, size_t count)
{
    size_t total = 0;
    scopes->first_use = cor_alloc_zero(count + 2, sizeof *scopes->first_use);
    if (!scopes->first_use)
        return COR_NOMEM;
    for (size_t i = 0; i < scopes->items.count; i++) {
        const struct cor_scope *scope = &scopes->items.items[i];
        for (size_t k = scope->first_bound; k < bound_end(scope); k++, total++)
            scopes->first_use[scope->members.items[k].component + 2]++;
    }
    for (size_t i = 0; i <= count; i++)
        scopes->first_use[i + 1] += scopes->first_use[i];
    scopes->uses = cor_alloc_zero(total, sizeof *scopes->uses);
    if (!scopes->uses)
        return COR_NOMEM;
    for (size_t i = 0; i < scopes->items.count; i++) {
        const struct cor_scope *scope = &scopes->items.items[i];
        for (size_t k = scope->first_bound; k < bound_end(scope); k++)
            scopes->uses[scopes->first_use[scope->members.items[k].component + 1]++] = (uint32_t)i;
    }
    return COR_OK;
}

static enum cor_status build(struct cor_linking *linking, struct cor_scopes *scopes)
{
    size_t count = linking->product->components.count;
    uint32_t *first = cor_alloc_zero(count, sizeof *first);
    scopes->stamps = cor_alloc_zero(count, sizeof *scopes->stamps);
    enum cor_status status = first && scopes->stamps ? COR_OK : COR_NOMEM;
    if (status == COR_OK)
        status = cor_library_index_build(&scopes->libraries.index, linking->product);
    if (status == COR_OK)
        status = cor_library_folders_build(&scopes->libraries.folders, linking->product);
    if (status == COR_OK)
        status = add_programs(linking, scopes);
    uint32_t programs = (uint32_t)scopes->items.count;
    if (status == COR_OK)
        status = add_loads(linking, scopes, first);
    if (status == COR_OK)
        status = add_orphans(linking, scopes, programs, first);
    if (status == COR_OK)
        status = collect_uses(scopes, count);
    cor_free(first);
    return status;
}

enum cor_status cor_scopes_new(struct cor_linking *linking, struct cor_scopes **ret_scopes)
{
    struct cor_scopes *scopes = cor_alloc_zero(1, sizeof *scopes);
    enum cor_status status = scopes ? build(linking, scopes) : COR_NOMEM;
    if (status == COR_OK)
        *ret_scopes = scopes;
    else
        cor_scopes_free(scopes);
    return status;
}

void cor_scopes_free(struct cor_scopes *scopes)
{
    if (!scopes)
        return;
    for (size_t i = 0; i < scopes->items.count; i++)
        dispose_scope(&scopes->items.items[i]);
    cor_array_dispose(&scopes->items);
    cor_library_index_dispose(&scopes->libraries.index);
    cor_library_folders_dispose(&scopes->libraries.folders);
    cor_free(scopes->stamps);
    cor_free(scopes->first_use);
    cor_free(scopes->uses);
    cor_free(scopes);
}
