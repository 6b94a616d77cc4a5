// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <string.h>
#include <strings.h>

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

static bool is_hex(const char *text, size_t size)
{
    return strlen(text) == size && strspn(text, "0123456789abcdefABCDEF") == size;
}

static const char *hash_of(const struct cor_input *input, bool sha1)
{
    return sha1 ? input->sha1 : input->sha256;
}

static enum cor_status check_one(struct cor_pipeline *pipeline, const char *expect)
{
    bool sha1 = strncmp(expect, "sha1:", 5) == 0;
    const char *hash = expect + (sha1 ? 5 : 7);
    if ((!sha1 && strncmp(expect, "sha256:", 7) != 0) || !is_hex(hash, sha1 ? 40 : 64))
        return cor_fail(pipeline->options->diag, COR_FATAL, COR_USAGE, "--expect",
                        "\"%s\" is neither sha1: and 40 nor sha256: and 64 hex digits", expect);
    for (size_t i = 0; i < pipeline->inputs.count; i++)
        if (strcasecmp(hash_of(&pipeline->inputs.items[i], sha1), hash) == 0)
            return COR_OK;
    const struct cor_input *first = &pipeline->inputs.items[0];
    if (pipeline->inputs.count == 1 && !first->folder)
        return cor_fail(pipeline->options->diag, COR_FATAL, COR_MISMATCH, first->path,
                        "has %s:%s, expected %s", sha1 ? "sha1" : "sha256", hash_of(first, sha1),
                        expect);
    return cor_fail(pipeline->options->diag, COR_FATAL, COR_MISMATCH, "--expect", "no input has %s",
                    expect);
}

enum cor_status cor_pipeline_inputs(struct cor_pipeline *pipeline)
{
    enum cor_status status = COR_OK;
    for (int role = 0; status == COR_OK && role < COR_ROLE_COUNT; role++)
        status = open_role(pipeline, (enum cor_role)role);
    for (size_t i = 0; status == COR_OK && i < pipeline->options->expect_count; i++)
        status = check_one(pipeline, pipeline->options->expect[i]);
    return status;
}
