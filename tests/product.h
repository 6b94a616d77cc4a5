// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Hand-made products for the tests of linkage and verdict.
#ifndef COR_TESTS_PRODUCT_H
#define COR_TESTS_PRODUCT_H

#include <elf.h>
#include <stdlib.h>

#include "harness.h"
#include "model/product.h"
#include "model/source.h"

struct made {
    struct cor_names *names;
    struct cor_product product;
    struct cor_source_facts source;
};

static inline struct made made_new(void)
{
    struct made made = {.names = cor_names_new()};
    cor_product_init(&made.product);
    cor_source_facts_init(&made.source);
    return made;
}

static inline void made_free(struct made *made)
{
    cor_product_dispose(&made->product);
    cor_source_facts_dispose(&made->source);
    cor_names_free(made->names);
}

static inline const struct cor_name *made_name(struct made *made, const char *text)
{
    const struct cor_name *name = NULL;
    CHECK(cor_names_intern(made->names, cor_slice_text(text), &name) == COR_OK);
    return name;
}

// Paths must be added in order.
static inline struct cor_component *made_component(struct made *made, enum cor_role role,
                                                   enum cor_kind kind, uint16_t elf_type,
                                                   const char *path)
{
    struct cor_component *component = cor_component_new();
    const char *slash = strrchr(path, '/');
    component->role = role;
    component->kind = kind;
    component->elf_type = elf_type;
    component->elf_machine = EM_X86_64;
    component->elf_class = 64;
    component->path = path;
    component->name = slash ? slash + 1 : path;
    component->undefined_table = component->defined_table = COR_TABLE_SYMTAB;
    component->sorted = true;
    memset(component->sha256, (int)made->product.components.count + 1, 32);
    CHECK(cor_array_add(&component->sections, ".text") == COR_OK);
    CHECK(cor_array_add(&made->product.components, component) == COR_OK);
    component->id = (uint32_t)made->product.components.count;
    return component;
}

// Names of one component must be added in order.
static inline void made_need(struct made *made, struct cor_component *component, const char *name,
                             enum cor_binding binding)
{
    CHECK(cor_array_add(&component->undefined,
                        (struct cor_symbol){.name = made_name(made, name),
                                            .row = (uint32_t)component->undefined.count + 1,
                                            .section = COR_NONE,
                                            .file = COR_NONE,
                                            .binding = (uint8_t)binding}) == COR_OK);
}

static inline struct cor_symbol *made_function(struct made *made, struct cor_component *component,
                                               const char *name, enum cor_binding binding)
{
    CHECK(cor_array_add(&component->defined, (struct cor_symbol){.name = made_name(made, name),
                                                                 .section = 0,
                                                                 .file = COR_NONE,
                                                                 .binding = (uint8_t)binding,
                                                                 .type = COR_SYMBOL_FUNCTION,
                                                                 .size = 16}) == COR_OK);
    return &component->defined.items[component->defined.count - 1];
}

static inline uint32_t made_file(struct made *made, const char *path)
{
    CHECK(cor_array_add(&made->source.files, (struct cor_source_file){.path = path}) == COR_OK);
    return (uint32_t)made->source.files.count - 1;
}

// Names must be added in order.
static inline struct cor_definition *made_body(struct made *made, uint32_t file, const char *name,
                                               enum cor_linkage linkage)
{
    CHECK(cor_array_add(&made->source.definitions,
                        (struct cor_definition){.name = made_name(made, name),
                                                .file = file,
                                                .line = 10,
                                                .linkage = (uint8_t)linkage,
                                                .active = true}) == COR_OK);
    return &made->source.definitions.items[made->source.definitions.count - 1];
}

#endif
