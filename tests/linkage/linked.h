// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the tests of the linking rules ask of a result.
#ifndef COR_TESTS_LINKAGE_LINKED_H
#define COR_TESTS_LINKAGE_LINKED_H

#include "product.h"

#include "linkage/linkage.h"

// The path of the n-th provider, or NULL.
static inline const char *nth_path(const struct made *made, const struct cor_links *links,
                                   const struct cor_component *user, size_t need, uint32_t n)
{
    const struct cor_resolution *resolution = &links->components[user->id - 1].resolutions[need];
    if (n >= resolution->count)
        return NULL;
    const struct cor_provider *provider = &links->providers.items[resolution->first + n];
    return made->product.components.items[provider->component]->path;
}

static inline const char *missing_of(const struct cor_links *links,
                                     const struct cor_component *user, size_t need)
{
    return links->components[user->id - 1].resolutions[need].missing;
}

static inline struct cor_component *made_program(struct made *made, const char *path)
{
    return made_component(made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_DYN, path);
}

// Stripped: what it defines stands in .dynsym.
static inline struct cor_component *made_library(struct made *made, const char *path,
                                                 const char *soname, const char *function)
{
    struct cor_component *library =
        made_component(made, COR_ROLE_SHIPPED, COR_KIND_SHARED_OBJECT, ET_DYN, path);
    library->defined_table = COR_TABLE_NONE;
    library->soname = soname;
    made_function(made, library, function, COR_BIND_GLOBAL)->exported = true;
    return library;
}

static inline void made_needed(struct cor_component *component, const char *name)
{
    CHECK(cor_array_add(&component->needed, name) == COR_OK);
}

#endif
