// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/support.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { FILES_MAX = 64 };

struct candidates {
    const struct cor_evidence *evidence;
    uint32_t files[FILES_MAX];
    bool external[FILES_MAX];
    unsigned count;
};

const void *cor_file_key(uint32_t file)
{
    return (const void *)(uintptr_t)((uint64_t)file + 1);
}

static const void *text_key(const char *text, size_t size, uint64_t kind)
{
    return (const void *)(uintptr_t)((kind << 40) + cor_hash_text(cor_slice(text, size)) + 1);
}

const void *cor_folder_key(const char *path)
{
    const char *slash = strrchr(path, '/');
    return text_key(path, slash ? (size_t)(slash - path) : 0, 1);
}

const void *cor_stem_key(const char *path)
{
    const char *base = cor_base_name(path), *dot = strrchr(base, '.');
    return text_key(base, dot ? (size_t)(dot - base) : strlen(base), 2);
}

static bool collect(void *context, const struct cor_body_candidate *candidate)
{
    struct candidates *list = context;
    if (candidate->why_not)
        return true;
    bool external = candidate->definition->linkage == COR_LINKAGE_EXTERNAL;
    for (unsigned i = 0; i < list->count; i++)
        if (list->files[i] == candidate->definition->file) {
            list->external[i] |= external;
            return true;
        }
    list->external[list->count] = external;
    list->files[list->count++] = candidate->definition->file;
    return list->count < FILES_MAX;
}

static enum cor_status add(struct cor_map *map, const void *key, uint64_t more)
{
    uint64_t count = 0;
    cor_map_get(map, key, &count);
    return cor_map_put(map, key, count + more);
}

static enum cor_status count_file(struct cor_support *support, const struct candidates *list,
                                  unsigned number, bool main)
{
    uint32_t file = list->files[number];
    uint64_t at = 0;
    if (!cor_map_get(&support->index, cor_file_key(file), &at)) {
        at = support->counts.count;
        if (cor_array_add(&support->counts, (struct cor_count){.file = file}) != COR_OK ||
            cor_map_put(&support->index, cor_file_key(file), at) != COR_OK)
            return COR_NOMEM;
    }
    struct cor_count *count = &support->counts.items[at];
    count->all++;
    count->sole += list->count == 1;
    count->external += list->external[number] && !main;
    return COR_OK;
}

static bool is_main(const struct cor_symbol *symbol)
{
    return strcmp(symbol->name->text, "main") == 0;
}

// Bodies of headers are in every unit that uses them.
static bool all_included(const struct cor_evidence *evidence, const struct candidates *list)
{
    for (unsigned i = 0; i < list->count; i++) {
        const struct cor_source_file *file = &evidence->source->files.items[list->files[i]];
        if (!file->included && !file->header)
            return false;
    }
    return list->count > 0;
}

static enum cor_status note(const struct cor_evidence *evidence,
                            const struct cor_component *component, struct cor_support *support,
                            uint32_t row, const struct candidates *list)
{
    const struct cor_source_file *files = evidence->source->files.items;
    uint32_t unit = support->layout.unit[row];
    bool at_home = false;
    enum cor_status status = COR_OK;
    for (unsigned i = 0; status == COR_OK && i < list->count; i++) {
        status = count_file(support, list, i, is_main(&component->defined.items[row]));
        if (status == COR_OK)
            status = cor_array_add(&support->rows, (struct cor_file_row){list->files[i], row});
        if (unit != COR_NONE)
            at_home |= cor_same_stem(files[list->files[i]].path, component->files.items[unit]);
    }
    if (status == COR_OK && list->count == 1)
        status = add(&support->folders, cor_folder_key(files[list->files[0]].path), 1);
    support->sole[row] = list->count == 0   ? COR_NONE
                         : list->count == 1 ? list->files[0]
                                            : COR_SEVERAL;
    support->functions++;
    support->with_body += list->count > 0;
    if (unit != COR_NONE && !all_included(evidence, list)) {
        support->units[unit].functions++;
        support->units[unit].with_body += list->count > 0;
        support->units[unit].at_home += at_home;
    }
    return status;
}

static int row_order(const void *a, const void *b)
{
    const struct cor_file_row *x = a, *y = b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static enum cor_status note_stems(const struct cor_evidence *evidence, struct cor_support *support)
{
    for (size_t i = 0; i < support->counts.count; i++) {
        const struct cor_count *count = &support->counts.items[i];
        const void *key = cor_stem_key(evidence->source->files.items[count->file].path);
        uint64_t most = 0;
        cor_map_get(&support->stems, key, &most);
        if (count->all > most && cor_map_put(&support->stems, key, count->all) != COR_OK)
            return COR_NOMEM;
    }
    return COR_OK;
}

static enum cor_status list_needed(const struct cor_component *component,
                                   struct cor_support *support)
{
    cor_print_list list = {0};
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < component->undefined.count; i++)
        status = cor_array_add(&list,
                               cor_print_name(cor_name_slice(component->undefined.items[i].name)));
    if (status == COR_OK && !(support->needed = cor_print_make(&support->arena, &list, NULL, 0)))
        status = COR_NOMEM;
    cor_array_dispose(&list);
    return status;
}

enum cor_status cor_support_build(const struct cor_evidence *evidence,
                                  const struct cor_usage *usage,
                                  const struct cor_component *component,
                                  struct cor_support *support)
{
    cor_arena_init(&support->arena);
    support->usage = usage;
    enum cor_status status = cor_layout_build(component, &support->layout);
    if (status == COR_OK)
        status = list_needed(component, support);
    support->sole = cor_alloc_zero(component->defined.count, sizeof *support->sole);
    support->units = cor_alloc_zero(component->files.count, sizeof *support->units);
    if (status != COR_OK || !support->sole || !support->units)
        return COR_NOMEM;
    for (size_t i = 0; status == COR_OK && i < support->layout.count; i++) {
        uint32_t row = support->layout.order[i];
        const struct cor_symbol *symbol = &component->defined.items[row];
        struct candidates list = {.evidence = evidence};
        const struct cor_body_query query = {symbol->name, component, symbol};
        cor_body_candidates(evidence, &query, collect, &list);
        status = note(evidence, component, support, row, &list);
        support->has_main |= is_main(symbol);
    }
    if (support->rows.count)
        qsort(support->rows.items, support->rows.count, sizeof *support->rows.items, row_order);
    support->shares = cor_alloc_zero(support->counts.count, sizeof *support->shares);
    if (!support->shares)
        return COR_NOMEM;
    return status == COR_OK ? note_stems(evidence, support) : status;
}

void cor_support_dispose(struct cor_support *support)
{
    cor_layout_dispose(&support->layout);
    cor_free(support->sole);
    cor_free(support->units);
    cor_free(support->shares);
    cor_map_dispose(&support->index);
    cor_map_dispose(&support->folders);
    cor_map_dispose(&support->stems);
    cor_array_dispose(&support->counts);
    cor_array_dispose(&support->rows);
    cor_arena_dispose(&support->arena);
}

struct cor_count cor_support_count(const struct cor_support *support, uint32_t file)
{
    uint64_t at = 0;
    if (!cor_map_get(&support->index, cor_file_key(file), &at))
        return (struct cor_count){.file = file};
    return support->counts.items[at];
}

static enum cor_status note_mains(const struct cor_evidence *evidence, struct cor_owners *owners)
{
    const struct cor_name *name = cor_names_find(evidence->names, COR_SLICE("main"));
    if (!name)
        return COR_OK;
    struct cor_definitions run = cor_source_definitions(evidence->source, name);
    for (size_t i = 0; i < run.count; i++) {
        const struct cor_definition *main = &run.items[i];
        const char *path = evidence->source->files.items[main->file].path;
        if (!main->active || main->data || main->linkage != COR_LINKAGE_EXTERNAL)
            continue;
        if (cor_map_put(&owners->mains, cor_file_key(main->file), 1) != COR_OK ||
            cor_map_put(&owners->mains, cor_folder_key(path), 1) != COR_OK)
            return COR_NOMEM;
    }
    return COR_OK;
}

static enum cor_status note_owner(const struct cor_evidence *evidence, struct cor_owners *owners,
                                  const struct cor_support *support, uint32_t component)
{
    for (size_t i = 0; i < support->counts.count; i++) {
        const struct cor_count *count = &support->counts.items[i];
        const void *key = cor_folder_key(evidence->source->files.items[count->file].path);
        uint64_t here = 0, most = 0;
        if (count->sole > owners->best[count->file]) {
            owners->best[count->file] = count->sole;
            owners->owner[count->file] = component;
        }
        cor_map_get(&support->folders, key, &here);
        cor_map_get(&owners->folders, key, &most);
        if (here > most && cor_map_put(&owners->folders, key, here) != COR_OK)
            return COR_NOMEM;
    }
    return COR_OK;
}

enum cor_status cor_owners_build(const struct cor_evidence *evidence, struct cor_support *supports,
                                 struct cor_owners *owners)
{
    owners->count = evidence->source->files.count;
    owners->best = cor_alloc_zero(owners->count, sizeof *owners->best);
    owners->owner = cor_alloc_zero(owners->count, sizeof *owners->owner);
    if (!owners->best || !owners->owner)
        return COR_NOMEM;
    enum cor_status status = note_mains(evidence, owners);
    for (size_t i = 0; status == COR_OK && i < evidence->product->components.count; i++) {
        supports[i].owners = owners;
        status = note_owner(evidence, owners, &supports[i], (uint32_t)i);
    }
    return status;
}

void cor_owners_dispose(struct cor_owners *owners)
{
    cor_free(owners->best);
    cor_free(owners->owner);
    cor_map_dispose(&owners->folders);
    cor_map_dispose(&owners->mains);
}
