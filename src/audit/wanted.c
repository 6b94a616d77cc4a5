// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <string.h>

#include "audit/crossings.h"
#include "verdict/body_names.h"

bool cor_pipeline_is_subject(const struct cor_pipeline *pipeline,
                             const struct cor_component *component)
{
    return component->role == (pipeline->release_alone ? COR_ROLE_SOURCE : COR_ROLE_SHIPPED);
}

bool cor_pipeline_lists(const struct cor_pipeline *pipeline, enum cor_class class_,
                        const struct cor_name *name)
{
    const struct cor_audit_options *options = pipeline->options;
    if (options->all || (class_ != COR_CLASS_RELEASED && class_ != COR_CLASS_TOOLCHAIN))
        return true;
    for (size_t i = 0; i < options->name_count; i++)
        if (strcmp(options->names[i], name->text) == 0)
            return true;
    return false;
}

static enum cor_status want(struct cor_pipeline *pipeline, const struct cor_symbol *symbol,
                            enum cor_wanted how)
{
    struct cor_body_names list;
    uint64_t old;
    enum cor_status status = cor_body_names(pipeline->names, symbol->name, true, &list);
    for (unsigned i = 0; status == COR_OK && i < list.count; i++)
        if (!cor_map_get(&pipeline->wanted, list.items[i], &old) || old < how)
            status = cor_map_put(&pipeline->wanted, list.items[i], how);
    return status;
}

// What a component without released bodies uses of released code is told too.
static enum cor_status want_crossings(struct cor_pipeline *pipeline, size_t number)
{
    const struct cor_component *component = pipeline->product.components.items[number];
    const struct cor_provider *provider;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < component->undefined.count; i++)
        if (cor_crosses_into_released(pipeline, number, i, &provider))
            status = want(pipeline, &component->undefined.items[i], COR_WANTED);
    return status;
}

static enum cor_status want_of(struct cor_pipeline *pipeline, size_t number)
{
    const struct cor_component *component = pipeline->product.components.items[number];
    const struct cor_component_verdicts *verdicts = &pipeline->verdicts.components[number];
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < component->undefined.count; i++)
        if (cor_pipeline_lists(pipeline, verdicts->needs[i].class_,
                               component->undefined.items[i].name))
            status = want(pipeline, &component->undefined.items[i], COR_WANTED_INSIDE);
    for (size_t i = 0; status == COR_OK && i < component->defined.count; i++) {
        const struct cor_symbol *symbol = &component->defined.items[i];
        if (cor_symbol_is_function(symbol) && symbol->binding != COR_BIND_LOCAL &&
            cor_pipeline_lists(pipeline, verdicts->own[i].class_, symbol->name))
            status = want(pipeline, symbol, COR_WANTED);
    }
    return status;
}

enum cor_status cor_pipeline_wanted(struct cor_pipeline *pipeline)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->product.components.count; i++)
        if (pipeline->verdicts.components[i].judged)
            status = want_of(pipeline, i);
    for (size_t i = 0; status == COR_OK && i < pipeline->product.components.count; i++)
        status = want_crossings(pipeline, i);
    return status;
}
