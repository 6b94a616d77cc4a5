// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/support.h"

#include <stdlib.h>
#include <string.h>

#include "verdict/toolchain_names.h"

// So many other functions without any body make a lone namesake certain.
enum { CERTAIN = 5 };

struct tally {
    const struct cor_evidence *evidence;
    struct cor_support *support;
    uint64_t seen[8]; // folders already counted for this function
    unsigned seen_count;
    enum cor_status status;
};

// A folder's key for the map: a number that is never NULL as a pointer.
static const void *folder_key(const char *path)
{
    const char *slash = strrchr(path, '/');
    uint32_t hash = cor_hash_text(cor_slice(path, slash ? (size_t)(slash - path) : 0));
    return (const void *)(uintptr_t)((uint64_t)hash + 1);
}

static bool count_folder(void *context, const struct cor_body_candidate *candidate)
{
    struct tally *tally = context;
    if (candidate->why_not)
        return true;
    const char *path = tally->evidence->source->files.items[candidate->definition->file].path;
    const void *key = folder_key(path);
    for (unsigned i = 0; i < tally->seen_count; i++)
        if (tally->seen[i] == (uint64_t)(uintptr_t)key)
            return true;
    if (tally->seen_count == sizeof tally->seen / sizeof *tally->seen)
        return false;
    tally->seen[tally->seen_count++] = (uint64_t)(uintptr_t)key;
    uint64_t count = 0;
    cor_map_get(&tally->support->folders, key, &count);
    tally->status = cor_map_put(&tally->support->folders, key, count + 1);
    return tally->status == COR_OK;
}

enum cor_status cor_support_build(const struct cor_evidence *evidence,
                                  const struct cor_component *component,
                                  struct cor_support *support)
{
    *support = (struct cor_support){0};
    for (size_t i = 0; i < component->defined.count; i++) {
        const struct cor_symbol *symbol = &component->defined.items[i];
        if (!cor_symbol_is_function(symbol) || cor_is_runtime_name(cor_name_slice(symbol->name)))
            continue;
        struct tally tally = {.evidence = evidence, .support = support};
        const struct cor_body_query query = {symbol->name, component, symbol};
        cor_body_candidates(evidence, &query, count_folder, &tally);
        if (tally.status != COR_OK)
            return tally.status;
        support->functions++;
        support->with_body += tally.seen_count > 0;
    }
    return COR_OK;
}

void cor_support_dispose(struct cor_support *support)
{
    cor_map_dispose(&support->folders);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool named_in_binary(const struct cor_body_query *query, const char *path)
{
    const char *name = base_name(path);
    const struct cor_component *component = query->component;
    if (query->symbol->file != COR_NONE && query->symbol->file < component->files.count)
        return strcmp(base_name(component->files.items[query->symbol->file]), name) == 0;
    for (size_t i = 0; i < component->files.count; i++)
        if (strcmp(base_name(component->files.items[i]), name) == 0)
            return true;
    return false;
}

enum cor_fit cor_support_fit(const struct cor_evidence *evidence, const struct cor_support *support,
                             const struct cor_body_query *query,
                             const struct cor_definition *definition)
{
    const char *path = evidence->source->files.items[definition->file].path;
    uint64_t there = 0;
    if (!query->symbol || support->functions <= 1 || named_in_binary(query, path))
        return COR_FIT_BODY;
    cor_map_get(&support->folders, folder_key(path), &there);
    if (there >= 2 || support->with_body * 2 >= support->functions)
        return COR_FIT_BODY;
    bool lone = support->with_body <= 1 && support->functions - support->with_body >= CERTAIN;
    return lone ? COR_FIT_NAMESAKE : COR_FIT_DOUBTFUL;
}
