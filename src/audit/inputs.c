// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/expect.h"
#include "audit/pipeline.h"
#include "intake/input.h"

// Inputs of one role stand together, so that a walk is over a run of them.
static enum cor_status open_role(struct cor_pipeline *pipeline, enum cor_role role)
{
    uint32_t number = 0;
    const struct cor_audit_options *options = pipeline->options;
    for (size_t i = 0; i < options->input_count; i++) {
        const struct cor_audit_input *given = &options->inputs[i];
        struct cor_input input = {0};
        if (given->role != role)
            continue;
        enum cor_status status =
            cor_input_open(given->path, &pipeline->arena, &input, options->diag);
        if (status != COR_OK)
            return status;
        input.role = given->role;
        input.number = ++number;
        if (given->name)
            input.name = given->name;
        status = cor_array_add(&pipeline->inputs, input);
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

enum cor_status cor_pipeline_inputs(struct cor_pipeline *pipeline)
{
    enum cor_status status = COR_OK;
    for (int role = 0; status == COR_OK && role < COR_ROLE_COUNT; role++)
        status = open_role(pipeline, (enum cor_role)role);
    for (size_t i = 0; status == COR_OK && i < pipeline->options->expect_count; i++)
        status = cor_expect(pipeline->inputs.items, pipeline->inputs.count,
                            pipeline->options->expect[i], pipeline->options->diag);
    return status;
}
