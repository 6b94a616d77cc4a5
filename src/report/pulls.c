// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/pulls.h"

#include <string.h>

// Up to and with the "!" behind the innermost archive's name; 0 outside of archives.
static size_t archive_size(const char *path)
{
    static const char mark[] = ".a!/";
    size_t size = 0;
    for (const char *at = strstr(path, mark); at; at = strstr(at + 1, mark))
        size = (size_t)(at - path) + 3;
    return size;
}

static bool provides(const struct cor_case_symbol *symbol, uint32_t component)
{
    for (size_t i = 0; i < symbol->providers.count; i++) {
        const struct cor_case_provider *provider = &symbol->providers.items[i];
        if (provider->component == component)
            return provider->how && strcmp(provider->how, "static") == 0;
    }
    return false;
}

static bool is_inside(const struct cor_case *case_, uint32_t id, const char *archive, size_t size)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    return component && strncmp(component->path, archive, size) == 0;
}

// Of the needs of one symbol that the component has.
static void add_needs(const struct cor_case *case_, const struct cor_case_component *component,
                      const struct cor_case_symbol *symbol, struct cor_pull *pull, bool *outside)
{
    const size_t size = archive_size(component->path);
    bool pulls = false;
    for (size_t i = 0; i < symbol->needed_by.count && !(pulls && *outside); i++) {
        const struct cor_case_need *need = &symbol->needed_by.items[i];
        if (need->weak)
            continue;
        pulls = true;
        bool out = !is_inside(case_, need->component, component->path, size);
        if (pull->symbol && (*outside || !out))
            continue;
        *outside = out;
        pull->symbol = symbol->name;
        pull->user = need->component;
        pull->members = symbol->providers.count;
    }
    pull->symbols += pulls;
}

struct cor_pull cor_pull_of(const struct cor_case *case_,
                            const struct cor_case_component *component)
{
    struct cor_pull pull = {.member = archive_size(component->path) > 0};
    bool outside = false;
    for (size_t i = 0; pull.member && i < case_->symbols.count; i++)
        if (provides(&case_->symbols.items[i], component->id))
            add_needs(case_, component, &case_->symbols.items[i], &pull, &outside);
    return pull;
}
