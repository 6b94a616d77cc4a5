// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A release alone: how many names neither its texts nor its objects have.
#include "audit/pipeline.h"

static enum cor_status defined_names(const struct cor_pipeline *pipeline, struct cor_map *names)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < pipeline->product.components.count; i++) {
        const struct cor_component *component = pipeline->product.components.items[i];
        for (size_t k = 0; status == COR_OK && k < component->defined.count; k++)
            status = cor_map_put(names, component->defined.items[k].name, 1);
    }
    return status;
}

enum cor_status cor_case_count_outside(const struct cor_pipeline *pipeline, struct cor_case *case_,
                                       struct cor_map *outside)
{
    struct cor_map defined;
    cor_map_init(&defined);
    enum cor_status status = defined_names(pipeline, &defined);
    for (size_t i = 0; status == COR_OK && i < pipeline->source.outside.count; i++)
        status = cor_map_put(outside, pipeline->source.outside.items[i], 1);
    uint64_t value;
    case_->outside = 0;
    for (size_t i = 0; status == COR_OK && i < outside->slot_count; i++)
        case_->outside +=
            outside->slots[i].key && !cor_map_get(&defined, outside->slots[i].key, &value);
    cor_map_dispose(&defined);
    return status;
}
