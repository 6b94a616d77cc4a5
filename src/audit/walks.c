// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/pipeline.h"

static enum cor_status walk_role(struct cor_pipeline *pipeline, enum cor_role role,
                                 struct cor_visitor *visitor, const char *const *only,
                                 size_t only_count, struct cor_walk **ret_walk)
{
    const struct cor_audit_options *options = pipeline->options;
    const struct cor_walk_options walk_options = {
        .workers = pipeline->workers,
        .limits = options->limits,
        .progress = options->progress,
        .diag = pipeline->second_reading ? NULL : options->diag,
        .exclude = options->exclude,
        .exclude_count = options->exclude_count,
        .only = only,
        .only_count = only_count,
    };
    size_t first = 0, count = 0;
    while (first < pipeline->inputs.count && pipeline->inputs.items[first].role != role)
        first++;
    while (first + count < pipeline->inputs.count &&
           pipeline->inputs.items[first + count].role == role)
        count++;
    const struct cor_input *inputs = count ? &pipeline->inputs.items[first] : NULL;
    return cor_walk_inputs(inputs, count, &walk_options, visitor, ret_walk);
}

enum cor_status cor_pipeline_walk(struct cor_pipeline *pipeline, enum cor_role role,
                                  struct cor_visitor *visitor, const char *const *only,
                                  size_t only_count, struct cor_walk **ret_walk)
{
    struct cor_walk *walk = NULL;
    enum cor_status status = cor_array_reserve(&pipeline->walks, 1);
    if (status == COR_OK)
        status = walk_role(pipeline, role, visitor, only, only_count, &walk);
    if (status != COR_OK)
        return status;
    pipeline->walks.items[pipeline->walks.count++] = walk;
    *ret_walk = walk;
    return COR_OK;
}

uint32_t cor_pipeline_first_input(const struct cor_pipeline *pipeline, enum cor_role role)
{
    uint32_t first = 0;
    while (first < pipeline->inputs.count && pipeline->inputs.items[first].role != role)
        first++;
    return first;
}
