// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Inputs, members and what was searched.
#include "audit/case_text.h"

static enum cor_status add_members(const struct cor_walk *walk, uint32_t first_input,
                                   struct cor_case *case_)
{
    if (!walk)
        return COR_OK;
    uint32_t base = (uint32_t)case_->members.count;
    enum cor_status status = cor_array_reserve(&case_->members, cor_walk_count(walk));
    for (size_t i = 0; status == COR_OK && i < cor_walk_count(walk); i++) {
        struct cor_member member = *cor_walk_member(walk, i);
        member.input += first_input;
        if (member.parent != COR_NONE)
            member.parent += base;
        status = cor_case_text(case_, &member.path);
        if (status == COR_OK)
            status = cor_case_text(case_, &member.format);
        if (status == COR_OK)
            status = cor_case_text(case_, &member.reason);
        if (status == COR_OK)
            status = cor_case_text(case_, &member.given_name);
        if (status == COR_OK)
            status = cor_case_text(case_, &member.note);
        if (status == COR_OK)
            case_->members.items[case_->members.count++] = member;
    }
    return status;
}

static enum cor_status add_inputs(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->inputs.count; i++) {
        struct cor_input input = pipeline->inputs.items[i];
        status = cor_case_text(case_, &input.path);
        if (status == COR_OK)
            status = cor_case_text(case_, &input.name);
        if (status == COR_OK)
            status = cor_array_add(&case_->inputs, input);
    }
    return status;
}

static void count_sources(const struct cor_source_facts *facts, struct cor_case_source *source)
{
    source->files = facts->files.count;
    source->bytes = facts->bytes;
    source->definitions = facts->definitions.count;
    for (size_t i = 0; i < facts->files.count; i++) {
        enum cor_language language = facts->files.items[i].language;
        if (language == COR_LANGUAGE_C || language == COR_LANGUAGE_CXX)
            source->c_files++;
        else if (language == COR_LANGUAGE_ASSEMBLY)
            source->assembly_files++;
        else
            source->other_files++;
    }
}

enum cor_status cor_case_add_inputs(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = add_inputs(pipeline, case_);
    if (status == COR_OK)
        status = add_members(pipeline->shipped_walk,
                             cor_pipeline_first_input(pipeline, COR_ROLE_SHIPPED), case_);
    if (status == COR_OK)
        status = add_members(pipeline->source_walk,
                             cor_pipeline_first_input(pipeline, COR_ROLE_SOURCE), case_);
    count_sources(&pipeline->source, &case_->source);
    return status;
}
