// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "model/component.h"

#include <string.h>

#include "base/alloc.h"

struct cor_component *cor_component_new(void)
{
    struct cor_component *component = cor_alloc_zero(1, sizeof *component);
    if (component)
        cor_arena_init(&component->arena);
    return component;
}

void cor_component_free(struct cor_component *component)
{
    if (!component)
        return;
    cor_array_dispose(&component->undefined);
    cor_array_dispose(&component->defined);
    cor_array_dispose(&component->dynamic);
    cor_array_dispose(&component->sections);
    cor_array_dispose(&component->files);
    cor_array_dispose(&component->exports);
    cor_array_dispose(&component->modinfo);
    cor_array_dispose(&component->needed);
    cor_array_dispose(&component->imports);
    cor_array_dispose(&component->loads);
    cor_arena_dispose(&component->arena);
    cor_free(component);
}

const char *cor_component_modinfo(const struct cor_component *component, const char *key)
{
    for (size_t i = 0; i < component->modinfo.count; i++)
        if (strcmp(component->modinfo.items[i].key, key) == 0)
            return component->modinfo.items[i].value;
    return NULL;
}

const char *cor_component_archive(const struct cor_component *component, size_t *ret_size)
{
    static const char mark[] = ".a!/";
    const char *found = NULL;
    for (const char *at = strstr(component->path, mark); at; at = strstr(at + 1, mark))
        found = at;
    if (found && ret_size)
        *ret_size = (size_t)(found - component->path) + 2;
    return found ? component->path : NULL;
}
