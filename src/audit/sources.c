// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <string.h>

#include "audit/pipeline.h"
#include "verdict/body_names.h"

struct source_visitor {
    struct cor_visitor visitor;
    struct cor_pipeline *pipeline;
};

static enum cor_status add_interest(struct cor_pipeline *pipeline, const struct cor_symbol *symbol)
{
    struct cor_body_names list;
    uint64_t known;
    if (cor_map_get(&pipeline->interest, symbol->name, &known))
        return COR_OK;
    enum cor_status status = cor_body_names(pipeline->names, symbol->name, true, &list);
    for (unsigned i = 0; status == COR_OK && i < list.count; i++)
        status = cor_map_put(&pipeline->interest, list.items[i], 1);
    return status;
}

// A file with a main() of its own is a program of its own: the verdict asks for it.
static enum cor_status add_main(struct cor_pipeline *pipeline)
{
    const struct cor_name *name;
    enum cor_status status = cor_names_intern(pipeline->names, COR_SLICE("main"), &name);
    return status == COR_OK ? cor_map_put(&pipeline->interest, name, 1) : status;
}

enum cor_status cor_pipeline_interest(struct cor_pipeline *pipeline)
{
    enum cor_status status = add_main(pipeline);
    for (size_t i = 0; i < pipeline->product.components.count; i++) {
        const struct cor_component *component = pipeline->product.components.items[i];
        if (!cor_pipeline_is_subject(pipeline, component))
            continue;
        for (size_t k = 0; status == COR_OK && k < component->undefined.count; k++)
            status = add_interest(pipeline, &component->undefined.items[k]);
        for (size_t k = 0; status == COR_OK && k < component->defined.count; k++)
            status = add_interest(pipeline, &component->defined.items[k]);
    }
    return status;
}

// A folder input's files are named below it; others keep the whole chain.
static struct cor_source_text text_of(const struct cor_pipeline *pipeline,
                                      const struct cor_leaf *leaf)
{
    const char *path = leaf->member->path;
    size_t name = strlen(leaf->input->name);
    if (leaf->input->folder && strncmp(path, leaf->input->name, name) == 0 && path[name] == '/')
        path += name + 1;
    return (struct cor_source_text){.input = (uint32_t)(leaf->input - pipeline->inputs.items),
                                    .path = path,
                                    .bytes = leaf->bytes,
                                    .size = leaf->size};
}

static enum cor_status census(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                              unsigned worker)
{
    struct cor_pipeline *pipeline = ((struct source_visitor *)visitor)->pipeline;
    if (cor_source_is_text(leaf->bytes, leaf->size)) {
        const struct cor_source_text text = text_of(pipeline, leaf);
        return leaf->size ? cor_recogniser_census(pipeline->recogniser, &text, worker) : COR_OK;
    }
    return pipeline->release_alone ? COR_OK : cor_pipeline_add_component(pipeline, leaf);
}

static enum cor_status evidence(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                                unsigned worker)
{
    struct cor_pipeline *pipeline = ((struct source_visitor *)visitor)->pipeline;
    if (!leaf->size || !cor_source_is_text(leaf->bytes, leaf->size))
        return COR_OK;
    const struct cor_source_text text = text_of(pipeline, leaf);
    return cor_recogniser_evidence(pipeline->recogniser, &pipeline->wanted, &text, worker);
}

enum cor_status cor_pipeline_census(struct cor_pipeline *pipeline)
{
    const struct cor_recogniser_options options = {
        .names = pipeline->names,
        .worker_count = pipeline->worker_count,
        .interest = &pipeline->interest,
    };
    struct source_visitor visitor = {{census, NULL}, pipeline};
    pipeline->recogniser = cor_recogniser_new(&options);
    if (!pipeline->recogniser)
        return COR_NOMEM;
    enum cor_status status = cor_pipeline_walk(pipeline, COR_ROLE_SOURCE, &visitor.visitor, NULL, 0,
                                               &pipeline->source_walk);
    if (status == COR_OK && !pipeline->release_alone)
        status = cor_pipeline_add_archives(pipeline, COR_ROLE_SOURCE, pipeline->source_walk);
    if (status == COR_OK)
        status = cor_recogniser_finish(pipeline->recogniser, pipeline->workers, &pipeline->source);
    return status;
}

static bool any(struct cor_visitor *visitor, const struct cor_member *member,
                const unsigned char *head, size_t size)
{
    (void)visitor, (void)member;
    return cor_source_is_text(head, size);
}

enum cor_status cor_pipeline_evidence(struct cor_pipeline *pipeline)
{
    struct source_visitor visitor = {{evidence, any}, pipeline};
    struct cor_walk *walk;
    if (!pipeline->wanted.count)
        return COR_OK;
    enum cor_status status =
        cor_pipeline_walk(pipeline, COR_ROLE_SOURCE, &visitor.visitor, NULL, 0, &walk);
    if (status == COR_OK)
        status = cor_recogniser_evidence_finish(pipeline->recogniser, &pipeline->source);
    return status;
}
