// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/again.h"

#include <stdlib.h>
#include <string.h>

const char *cor_again_path(const struct cor_again_options *options, const struct cor_input *input)
{
    for (size_t i = 0; i < options->place_count; i++)
        if (options->places[i].role == input->role && options->places[i].number == input->number)
            return options->places[i].path;
    return input->path;
}

struct told {
    COR_ARRAY(struct cor_audit_input) inputs;
    COR_ARRAY(const char *) exclude;
};

static enum cor_status collect(const struct cor_case *before,
                               const struct cor_again_options *options, struct told *told)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < before->inputs.count; i++) {
        const struct cor_input *input = &before->inputs.items[i];
        status = cor_array_add(
            &told->inputs,
            (struct cor_audit_input){input->role, cor_again_path(options, input), input->name});
    }
    for (size_t i = 0; status == COR_OK && i < before->options.count; i++)
        if (strcmp(before->options.items[i].name, "exclude") == 0 && before->options.items[i].value)
            status = cor_array_add(&told->exclude, before->options.items[i].value);
    return status;
}

static bool was_told(const struct cor_case *before, const char *name)
{
    for (size_t i = 0; i < before->options.count; i++)
        if (strcmp(before->options.items[i].name, name) == 0)
            return true;
    return false;
}

static struct cor_limits limits_of(const struct cor_case *before)
{
    struct cor_limits limits = cor_default_limits;
    for (size_t i = 0; i < cor_limit_count; i++) {
        const char *value = cor_case_option(before, cor_limit_names[i]);
        if (value)
            cor_limit_set(&limits, i, strtoull(value, NULL, 10));
    }
    return limits;
}

// The hashes that were expected are facts to compare now, so they must not end the audit.
static enum cor_status keep_expected(const struct cor_case *before, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < before->options.count; i++) {
        struct cor_case_option option = before->options.items[i];
        if (strcmp(option.name, "expect") != 0 || !option.value)
            continue;
        option.name = "expect";
        option.value = cor_arena_text(&case_->arena, cor_slice_text(option.value));
        status = option.value ? cor_array_add(&case_->options, option) : COR_NOMEM;
    }
    return status;
}

enum cor_status cor_audit_again(const struct cor_case *before,
                                const struct cor_again_options *options, struct cor_case *case_)
{
    struct told told = {0};
    enum cor_status status = collect(before, options, &told);
    const struct cor_audit_options audit = {
        .inputs = told.inputs.items,
        .input_count = told.inputs.count,
        .exclude = told.exclude.items,
        .exclude_count = told.exclude.count,
        .workers = options->workers,
        .all = was_told(before, "all"),
        .unprotected = was_told(before, "no-sandbox"),
        .names = options->names,
        .name_count = options->name_count,
        .limits = limits_of(before),
        .progress = options->progress,
        .diag = options->diag,
    };
    if (status == COR_OK)
        status = cor_audit(&audit, case_);
    if (status == COR_OK)
        status = keep_expected(before, case_);
    cor_array_dispose(&told.inputs);
    cor_array_dispose(&told.exclude);
    return status;
}

bool cor_same_inputs(const struct cor_case *before, const struct cor_case *now)
{
    if (before->inputs.count != now->inputs.count)
        return false;
    for (size_t i = 0; i < before->inputs.count; i++)
        if (strcmp(before->inputs.items[i].sha256, now->inputs.items[i].sha256) != 0 ||
            before->inputs.items[i].size != now->inputs.items[i].size)
            return false;
    return true;
}
