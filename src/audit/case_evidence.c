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

// Fields that the compiler may have put a suffix to.
static bool same_function(const char *binary, const char *source)
{
    size_t length = strlen(source);
    return strncmp(binary, source, length) == 0 &&
           (binary[length] == '\0' || binary[length] == '.');
}

// The only place in the release where this function uses the name, if there is just one; the n-th
// of n otherwise, when binary and source have as many.
static const struct cor_case_place *source_of(const struct cor_case_symbol *row,
                                              const struct cor_reference *reference, size_t nth,
                                              size_t of)
{
    const struct cor_case_place *nth_place = NULL;
    size_t count = 0;
    for (size_t i = 0; reference->function && i < row->calls.count; i++) {
        const struct cor_case_place *call = &row->calls.items[i];
        if (!call->active || !call->function || !same_function(reference->function, call->function))
            continue;
        if (count++ == nth)
            nth_place = call;
    }
    return count == of || (count == 1 && of > 0) ? nth_place ? nth_place : NULL : NULL;
}

static bool same_function_run(const struct cor_reference *a, const struct cor_reference *b)
{
    return a->name == b->name && a->function && b->function &&
           (a->function == b->function || strcmp(a->function, b->function) == 0);
}

// A relocation row tells a call from another use; what is used tells an address from data.
static enum cor_refkind refine(enum cor_refkind kind, const struct cor_case_symbol *row)
{
    if (kind != COR_REFKIND_ADDRESS && kind != COR_REFKIND_DATA)
        return kind;
    return row->data ? COR_REFKIND_DATA : COR_REFKIND_ADDRESS;
}

static enum cor_status add_reference(struct cor_case *case_, uint32_t id,
                                     const struct cor_reference *reference, size_t nth, size_t of,
                                     struct cor_case_symbol *row)
{
    const struct cor_case_place *place = source_of(row, reference, nth, of);
    struct cor_case_reference copy = {
        .component = id,
        .section = reference->section,
        .offset = reference->offset,
        .type = reference->type,
        .addend = reference->addend,
        .kind = refine(reference->kind, row),
        .function = reference->function,
        .instruction = reference->instruction,
        .bytes = reference->bytes,
        .source_file = place ? place->file : NULL,
        .source_function = place ? place->function : NULL,
        .source_line = place ? place->line : 0,
    };
    const char **texts[] = {&copy.section, &copy.type, &copy.function, &copy.instruction,
                            &copy.bytes};
    enum cor_status status = cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
    return status == COR_OK ? cor_array_add(&row->references, copy) : status;
}

// References stand in name order: the first of a name by bisection.
static size_t first_of(const struct cor_references *list, const struct cor_name *name)
{
    size_t low = 0, high = list->items.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cor_name_order(list->items.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static enum cor_status add_component_references(struct cor_pipeline *pipeline,
                                                struct cor_case *case_, const struct cor_name *name,
                                                uint32_t id, struct cor_case_symbol *row)
{
    const struct cor_references *list = &pipeline->references[id - 1];
    size_t first = first_of(list, name), end = first;
    enum cor_status status = COR_OK;
    while (end < list->items.count && list->items.items[end].name == name)
        end++;
    for (size_t k = first, stop; status == COR_OK && k < end; k = stop) {
        for (stop = k + 1;
             stop < end && same_function_run(&list->items.items[k], &list->items.items[stop]);)
            stop++;
        for (size_t n = k; status == COR_OK && n < stop; n++)
            status = add_reference(case_, id, &list->items.items[n], n - k, stop - k, row);
    }
    return status;
}

static bool needs_it(const struct cor_case_symbol *row, uint32_t id)
{
    for (size_t i = 0; i < row->needed_by.count; i++)
        if (row->needed_by.items[i].component == id)
            return true;
    return false;
}

// Of those who need the name; then of its first provider, whose own code may use it too.
static enum cor_status add_references(struct cor_pipeline *pipeline, struct cor_case *case_,
                                      const struct cor_name *name, struct cor_case_symbol *row)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < row->needed_by.count; i++)
        status =
            add_component_references(pipeline, case_, name, row->needed_by.items[i].component, row);
    if (status == COR_OK && row->providers.count &&
        !needs_it(row, row->providers.items[0].component))
        status =
            add_component_references(pipeline, case_, name, row->providers.items[0].component, row);
    return status;
}

enum cor_status cor_case_add_evidence(struct cor_pipeline *pipeline, struct cor_case *case_,
                                      const struct cor_name *name, struct cor_case_symbol *row)
{
    enum cor_status status = add_declarations(pipeline, case_, name, row);
    if (status == COR_OK)
        status = add_calls(pipeline, case_, name, row);
    if (status == COR_OK)
        status = add_references(pipeline, case_, name, row);
    return status;
}
