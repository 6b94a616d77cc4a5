// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Combined works: components joined by links.
#include <stdlib.h>
#include <string.h>

#include "audit/case_text.h"
#include "base/alloc.h"

static uint32_t root_of(uint32_t *parents, uint32_t item)
{
    while (parents[item] != item)
        item = parents[item] = parents[parents[item]];
    return item;
}

// The smaller index becomes the root, so that works stand in the order of their first component.
static void join(uint32_t *parents, uint32_t a, uint32_t b)
{
    a = root_of(parents, a);
    b = root_of(parents, b);
    if (a < b)
        parents[b] = a;
    else
        parents[a] = b;
}

struct edge {
    uint32_t from, to; // numbers in the product
    uint64_t names;
};

struct work_links {
    uint64_t *counts; // by number: how many names it needs of others
    COR_ARRAY(struct edge) edges;
};

static int edge_order(const void *left, const void *right)
{
    const struct edge *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

// Edges of one component stand together; few enough to be looked through.
static enum cor_status count_edge(struct work_links *links, uint32_t from, uint32_t to)
{
    for (size_t i = links->edges.count; i > 0 && links->edges.items[i - 1].from == from; i--)
        if (links->edges.items[i - 1].to == to) {
            links->edges.items[i - 1].names++;
            return COR_OK;
        }
    return cor_array_add(&links->edges, (struct edge){from, to, 1});
}

static enum cor_status link_all(const struct cor_pipeline *pipeline, uint32_t *parents,
                                struct work_links *links)
{
    for (size_t i = 0; i < pipeline->links.loads.count; i++) {
        const struct cor_load *load = &pipeline->links.loads.items[i];
        if (cor_pipeline_is_subject(pipeline, pipeline->product.components.items[load->library]))
            join(parents, load->user, load->library);
    }
    for (uint32_t i = 0; i < pipeline->product.components.count; i++) {
        const struct cor_component *user = pipeline->product.components.items[i];
        const struct cor_component_links *list = &pipeline->links.components[i];
        for (size_t k = 0; list->resolutions && k < user->undefined.count; k++) {
            if (!list->resolutions[k].count)
                continue;
            uint32_t provider =
                pipeline->links.providers.items[list->resolutions[k].first].component;
            if (!cor_pipeline_is_subject(pipeline, pipeline->product.components.items[provider]))
                continue;
            join(parents, i, provider);
            links->counts[i]++;
            enum cor_status status = count_edge(links, i, provider);
            if (status != COR_OK)
                return status;
        }
    }
    return COR_OK;
}

static enum cor_status add_licence(struct cor_case *case_, struct cor_case_work *work,
                                   const char *licence)
{
    for (size_t i = 0; licence && i < work->licences.count; i++)
        if (strcmp(work->licences.items[i], licence) == 0)
            return COR_OK;
    if (!licence)
        return COR_OK;
    enum cor_status status = cor_case_text(case_, &licence);
    return status == COR_OK ? cor_array_add(&work->licences, licence) : status;
}

static bool has_functions(const struct cor_component *component)
{
    for (size_t i = 0; i < component->defined.count; i++)
        if (cor_symbol_is_function(&component->defined.items[i]))
            return true;
    return false;
}

static enum cor_status add_member(struct cor_pipeline *pipeline, struct cor_case *case_,
                                  uint32_t number, uint64_t links, struct cor_case_work *work)
{
    const struct cor_component *component = pipeline->product.components.items[number];
    enum cor_status status = cor_array_add(&work->components, component->id);
    work->links += links;
    if (status == COR_OK)
        status = add_licence(case_, work, component->licence);
    if (status == COR_OK && component->defined_table != COR_TABLE_NONE &&
        has_functions(component) && !pipeline->verdicts.components[number].has_source)
        status = cor_array_add(&work->missing, component->id);
    return status;
}

static int text_order(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static enum cor_status add_edges(const struct cor_pipeline *pipeline, struct cor_case *case_,
                                 uint32_t *parents, struct work_links *links,
                                 const uint32_t *numbers)
{
    enum cor_status status = COR_OK;
    if (links->edges.count)
        qsort(links->edges.items, links->edges.count, sizeof *links->edges.items, edge_order);
    for (size_t i = 0; status == COR_OK && i < links->edges.count; i++) {
        const struct edge *edge = &links->edges.items[i];
        uint32_t work = numbers[root_of(parents, edge->from)];
        if (work == COR_NONE || edge->from == edge->to)
            continue;
        const struct cor_case_edge made = {pipeline->product.components.items[edge->from]->id,
                                           pipeline->product.components.items[edge->to]->id,
                                           edge->names};
        status = cor_array_add(&case_->works.items[work].edges, made);
    }
    return status;
}

static enum cor_status add_works(struct cor_pipeline *pipeline, struct cor_case *case_,
                                 uint32_t *parents, struct work_links *links, uint32_t *numbers)
{
    uint32_t count = (uint32_t)pipeline->product.components.count;
    enum cor_status status = COR_OK;
    for (uint32_t i = 0; i < count; i++)
        numbers[root_of(parents, i)]++; // how many members, then which work
    for (uint32_t i = 0; status == COR_OK && i < count; i++) {
        uint32_t size = numbers[i];
        numbers[i] = COR_NONE;
        if (size < 2)
            continue;
        numbers[i] = (uint32_t)case_->works.count;
        status = cor_array_add(&case_->works, (struct cor_case_work){0});
    }
    for (uint32_t i = 0; status == COR_OK && i < count; i++) {
        uint32_t work = numbers[root_of(parents, i)];
        if (work != COR_NONE)
            status = add_member(pipeline, case_, i, links->counts[i], &case_->works.items[work]);
    }
    if (status == COR_OK)
        status = add_edges(pipeline, case_, parents, links, numbers);
    for (size_t i = 0; i < case_->works.count; i++)
        if (case_->works.items[i].licences.count > 1)
            qsort(case_->works.items[i].licences.items, case_->works.items[i].licences.count,
                  sizeof(char *), text_order);
    return status;
}

enum cor_status cor_case_add_works(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    size_t count = pipeline->product.components.count;
    uint32_t *parents = cor_alloc_zero(count, sizeof *parents);
    uint32_t *numbers = cor_alloc_zero(count, sizeof *numbers);
    struct work_links links = {.counts = cor_alloc_zero(count, sizeof *links.counts)};
    enum cor_status status = parents && numbers && links.counts ? COR_OK : COR_NOMEM;
    for (uint32_t i = 0; status == COR_OK && i < count; i++)
        parents[i] = i;
    if (status == COR_OK)
        status = link_all(pipeline, parents, &links);
    if (status == COR_OK)
        status = add_works(pipeline, case_, parents, &links, numbers);
    cor_array_dispose(&links.edges);
    cor_free(links.counts);
    cor_free(numbers);
    cor_free(parents);
    return status;
}
