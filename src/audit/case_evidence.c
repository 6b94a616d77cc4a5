// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/case_evidence.h"

#include <string.h>

#include "audit/case_text.h"
#include "verdict/body.h"

struct bodies {
    struct cor_pipeline *pipeline;
    struct cor_case *case_;
    struct cor_case_symbol *row;
    enum cor_status status;
};

static enum cor_status add_excerpt(const struct cor_source_facts *source, struct cor_case *case_,
                                   uint32_t file, struct cor_case_place *place)
{
    const struct cor_excerpt *excerpt = cor_source_excerpt(source, file, place->line);
    if (!excerpt)
        return COR_OK;
    place->excerpt_line = excerpt->first_line;
    place->excerpt = excerpt->text;
    return cor_case_text(case_, &place->excerpt);
}

static enum cor_status finish_place(struct cor_pipeline *pipeline, struct cor_case *case_,
                                    uint32_t file, struct cor_case_place *place)
{
    const char **texts[] = {&place->file, &place->function, &place->how, &place->through};
    pipeline->cited[file] = true;
    place->input = pipeline->source.files.items[file].input;
    place->file = pipeline->source.files.items[file].path;
    enum cor_status status = cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
    return status == COR_OK ? add_excerpt(&pipeline->source, case_, file, place) : status;
}

static bool add_body(void *context, const struct cor_body_candidate *candidate)
{
    struct bodies *bodies = context;
    const struct cor_definition *definition = candidate->definition;
    struct cor_case_symbol *row = bodies->row;
    bool body = !candidate->why_not && row->class_ != COR_CLASS_BINARY_ONLY;
    struct cor_case_place place = {
        .line = definition->line,
        .how = body                 ? cor_how_word((enum cor_how)definition->how)
               : candidate->why_not ? candidate->why_not
                                    : "nothing of the component that has it comes from the release",
        .through = definition->through,
        .active = definition->active,
    };
    if (!row->full && !body)
        return true;
    bodies->status = finish_place(bodies->pipeline, bodies->case_, definition->file, &place);
    if (bodies->status == COR_OK)
        bodies->status =
            body ? cor_array_add(&row->definitions, place) : cor_array_add(&row->namesakes, place);
    return bodies->status == COR_OK && row->full;
}

enum cor_status cor_case_add_bodies(struct cor_pipeline *pipeline, struct cor_case *case_,
                                    const struct cor_symbol *symbol,
                                    const struct cor_component *component,
                                    const struct cor_provider *provider,
                                    struct cor_case_symbol *row)
{
    struct bodies bodies = {pipeline, case_, row, COR_OK};
    const struct cor_evidence evidence = {
        .product = &pipeline->product, .source = &pipeline->source, .names = pipeline->names};
    struct cor_body_query query = {symbol->name, component, NULL};
    if (row->class_ == COR_CLASS_TOOLCHAIN && !row->full)
        return COR_OK;
    if (provider) {
        query.component = pipeline->product.components.items[provider->component];
        query.symbol = cor_provider_symbol(&pipeline->product, provider);
    }
    cor_body_candidates(&evidence, &query, add_body, &bodies);
    return bodies.status;
}

static enum cor_status add_declarations(struct cor_pipeline *pipeline, struct cor_case *case_,
                                        const struct cor_name *name, struct cor_case_symbol *row)
{
    struct cor_declarations run = cor_source_declarations(&pipeline->source, name);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < run.count; i++) {
        struct cor_case_place place = {.line = run.items[i].line, .active = true};
        status = finish_place(pipeline, case_, run.items[i].file, &place);
        if (status == COR_OK)
            status = cor_array_add(&row->declarations, place);
    }
    return status;
}

static enum cor_status add_calls(struct cor_pipeline *pipeline, struct cor_case *case_,
                                 const struct cor_name *name, struct cor_case_symbol *row)
{
    struct cor_uses run = cor_source_uses(&pipeline->source, name);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < run.count; i++) {
        const struct cor_use *use = &run.items[i];
        struct cor_case_place place = {.line = use->line,
                                       .function = use->function,
                                       .through = use->through,
                                       .kind = use->kind,
                                       .active = use->active};
        status = finish_place(pipeline, case_, use->file, &place);
        if (status == COR_OK)
            status = cor_array_add(&row->calls, place);
    }
    return status;
}

enum cor_status cor_case_add_evidence(struct cor_pipeline *pipeline, struct cor_case *case_,
                                      const struct cor_name *name, struct cor_case_symbol *row)
{
    enum cor_status status = add_declarations(pipeline, case_, name, row);
    if (status == COR_OK)
        status = add_calls(pipeline, case_, name, row);
    if (status == COR_OK)
        status = cor_case_add_references(pipeline, case_, name, row);
    if (status == COR_OK)
        status = cor_case_add_admissions(pipeline, case_, name, row);
    return status;
}
