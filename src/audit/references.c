// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stdlib.h>
#include <string.h>

#include "audit/pipeline.h"
#include "binary/lines.h"

struct reference_visitor {
    struct cor_visitor visitor;
    struct cor_pipeline *pipeline;
    struct cor_arena *arenas; // one for each worker, handed to the pipeline at the end
};

// Whether it needs a wanted name, or provides one that another component needs.
static bool needs_wanted(const struct cor_pipeline *pipeline, const struct cor_component *component,
                         const bool *provides)
{
    uint64_t one;
    if (!cor_pipeline_is_subject(pipeline, component) || component->unsupported)
        return false;
    if (provides[component->id - 1])
        return true;
    for (size_t i = 0; i < component->undefined.count; i++)
        if (cor_map_get(&pipeline->wanted, component->undefined.items[i].name, &one))
            return true;
    return false;
}

static int find_order(const void *key, const void *item)
{
    const struct cor_component *component = *(struct cor_component *const *)item;
    const struct cor_component *wanted = key;
    if (wanted->input != component->input)
        return wanted->input < component->input ? -1 : 1;
    return strcmp(wanted->path, component->path);
}

static enum cor_status visit(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                             unsigned worker)
{
    struct reference_visitor *self = (struct reference_visitor *)visitor;
    struct cor_pipeline *pipeline = self->pipeline;
    const struct cor_component key = {.input = (uint32_t)(leaf->input - pipeline->inputs.items),
                                      .path = leaf->member->path};
    struct cor_component **found =
        bsearch(&key, pipeline->product.components.items, pipeline->product.components.count,
                sizeof *pipeline->product.components.items, find_order);
    if (!found || memcmp((*found)->sha256, leaf->member->sha256, 32) != 0)
        return cor_fail(pipeline->options->diag, COR_PARTIAL, COR_OK, leaf->member->path,
                        "changed between two readings: its references are left out");
    struct cor_references *references =
        &pipeline->references[found - pipeline->product.components.items];
    enum cor_status status =
        cor_references_read(*found, pipeline->names, leaf->bytes, leaf->size, &pipeline->wanted,
                            &self->arenas[worker], references, pipeline->options->diag);
    if (status == COR_OK && references->items.count && cor_lines_has(leaf->bytes, leaf->size))
        status = cor_lines_read(leaf->bytes, leaf->size, references, &self->arenas[worker]);
    return status == COR_NOMEM ? status : COR_OK;
}

static int path_order(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static enum cor_status read_them(struct cor_pipeline *pipeline, const char **paths, size_t count)
{
    unsigned workers = pipeline->worker_count;
    struct reference_visitor visitor = {{visit, NULL}, pipeline, NULL};
    struct cor_walk *walk;
    enum cor_role role = pipeline->release_alone ? COR_ROLE_SOURCE : COR_ROLE_SHIPPED;
    visitor.arenas = cor_arena_alloc(&pipeline->arena, workers, sizeof *visitor.arenas);
    if (!visitor.arenas)
        return COR_NOMEM;
    qsort(paths, count, sizeof *paths, path_order);
    enum cor_status status =
        cor_pipeline_walk(pipeline, role, &visitor.visitor, paths, count, &walk);
    for (unsigned i = 0; i < workers; i++)
        cor_arena_adopt(&pipeline->arena, &visitor.arenas[i]);
    return status;
}

static enum cor_status visit_debug(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                                   unsigned worker)
{
    struct cor_pipeline *pipeline = ((struct reference_visitor *)visitor)->pipeline;
    enum cor_status status = COR_OK;
    (void)worker;
    pthread_mutex_lock(&pipeline->product_lock);
    for (size_t i = 0; status == COR_OK && i < pipeline->debug_files.count; i++) {
        const struct cor_debug_file *file = &pipeline->debug_files.items[i];
        if (file->component->id && strcmp(file->path, leaf->member->path) == 0)
            status =
                cor_lines_read(leaf->bytes, leaf->size,
                               &pipeline->references[file->component->id - 1], &pipeline->arena);
    }
    pthread_mutex_unlock(&pipeline->product_lock);
    return status;
}

static enum cor_status read_debug(struct cor_pipeline *pipeline)
{
    struct reference_visitor visitor = {{visit_debug, NULL}, pipeline, NULL};
    struct cor_walk *walk;
    COR_ARRAY(const char *) paths = {0};
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->debug_files.count; i++) {
        const struct cor_debug_file *file = &pipeline->debug_files.items[i];
        if (file->component->id && pipeline->references[file->component->id - 1].items.count)
            status = cor_array_add(&paths, file->path);
    }
    if (status == COR_OK && paths.count) {
        qsort(paths.items, paths.count, sizeof *paths.items, path_order);
        status = cor_pipeline_walk(pipeline, COR_ROLE_DEBUG, &visitor.visitor, paths.items,
                                   paths.count, &walk);
    }
    cor_array_dispose(&paths);
    return status;
}

static void mark_providers(const struct cor_pipeline *pipeline, bool *provides)
{
    const struct cor_links *links = &pipeline->links;
    uint64_t one;
    for (size_t i = 0; i < pipeline->product.components.count; i++) {
        const struct cor_component *user = pipeline->product.components.items[i];
        const struct cor_resolution *list = links->components[i].resolutions;
        for (size_t k = 0; list && k < user->undefined.count; k++)
            if (list[k].count &&
                cor_map_get(&pipeline->wanted, user->undefined.items[k].name, &one))
                provides[links->providers.items[list[k].first].component] = true;
    }
}

enum cor_status cor_pipeline_references(struct cor_pipeline *pipeline)
{
    COR_ARRAY(const char *) paths = {0};
    size_t count = pipeline->product.components.count;
    enum cor_status status = COR_OK;
    pipeline->references = cor_arena_alloc(&pipeline->arena, count, sizeof *pipeline->references);
    bool *provides = cor_arena_alloc(&pipeline->arena, count, sizeof *provides);
    if (!pipeline->references || !provides)
        return COR_NOMEM;
    mark_providers(pipeline, provides);
    for (size_t i = 0; status == COR_OK && i < count; i++)
        if (needs_wanted(pipeline, pipeline->product.components.items[i], provides))
            status = cor_array_add(&paths, pipeline->product.components.items[i]->path);
    if (status == COR_OK && paths.count)
        status = read_them(pipeline, paths.items, paths.count);
    if (status == COR_OK)
        status = read_debug(pipeline);
    cor_array_dispose(&paths);
    return status;
}
