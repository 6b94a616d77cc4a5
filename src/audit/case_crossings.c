// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The other direction: what a component without any released body calls in released code.
#include "audit/case_text.h"
#include "audit/crossings.h"

bool cor_crosses_into_released(const struct cor_pipeline *pipeline, size_t number, size_t row,
                               const struct cor_provider **ret_provider)
{
    const struct cor_component_links *links = &pipeline->links.components[number];
    const struct cor_component_verdicts *verdicts = &pipeline->verdicts.components[number];
    if (!verdicts->judged || verdicts->has_source || !links->resolutions ||
        !links->resolutions[row].count || verdicts->needs[row].class_ != COR_CLASS_RELEASED)
        return false;
    const struct cor_provider *provider =
        &pipeline->links.providers.items[links->resolutions[row].first];
    if (!pipeline->verdicts.components[provider->component].has_source)
        return false;
    *ret_provider = provider;
    return true;
}

static enum cor_status add_crossing(struct cor_case *case_, uint32_t component, uint32_t provider,
                                    const struct cor_name *name,
                                    const struct cor_reference *reference)
{
    struct cor_case_crossing row = {
        .component = component, .provider = provider, .name = name->text};
    if (reference) {
        row.section = reference->section;
        row.offset = reference->offset;
        row.type = reference->type;
        row.kind = reference->kind;
        row.function = reference->function;
        row.instruction = reference->instruction;
    }
    const char **texts[] = {&row.name, &row.section, &row.type, &row.function, &row.instruction};
    enum cor_status status = cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
    return status == COR_OK ? cor_array_add(&case_->crossings, row) : status;
}

static enum cor_status add_of(struct cor_pipeline *pipeline, struct cor_case *case_, size_t number,
                              size_t row, const struct cor_provider *provider)
{
    const struct cor_component *component = pipeline->product.components.items[number];
    const struct cor_name *name = component->undefined.items[row].name;
    const struct cor_references *list = &pipeline->references[number];
    uint32_t to = pipeline->product.components.items[provider->component]->id;
    enum cor_status status = COR_OK;
    size_t count = 0;
    for (size_t i = 0; status == COR_OK && i < list->items.count; i++) {
        if (list->items.items[i].name != name)
            continue;
        count++;
        status = add_crossing(case_, component->id, to, name, &list->items.items[i]);
    }
    if (status == COR_OK && !count)
        status = add_crossing(case_, component->id, to, name, NULL);
    return status;
}

enum cor_status cor_case_add_crossings(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    const struct cor_provider *provider;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->product.components.count; i++) {
        const struct cor_component *component = pipeline->product.components.items[i];
        for (size_t k = 0; status == COR_OK && k < component->undefined.count; k++) {
            bool repeated =
                k && component->undefined.items[k].name == component->undefined.items[k - 1].name;
            if (component->id && !repeated && cor_crosses_into_released(pipeline, i, k, &provider))
                status = add_of(pipeline, case_, i, k, provider);
        }
    }
    return status;
}
