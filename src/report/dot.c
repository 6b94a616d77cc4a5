// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The links between components for Graphviz: an arrow from whoever needs to whoever has, with the
// number of names; those with findings bold. Components that no arrow touches are left out.
#include "report/dot.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/interrupt.h"
#include "report/json_out.h"
#include "report/put.h"

struct edge {
    uint32_t from, to, names, findings;
};

struct edges {
    COR_ARRAY(struct edge) list;
};

static int by_ends(const void *a, const void *b)
{
    const struct edge *left = a, *right = b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return (left->to > right->to) - (left->to < right->to);
}

static void merge(struct edges *edges)
{
    size_t kept = 0;
    if (edges->list.count > 1)
        qsort(edges->list.items, edges->list.count, sizeof *edges->list.items, by_ends);
    for (size_t i = 0; i < edges->list.count; i++) {
        struct edge *last = kept ? &edges->list.items[kept - 1] : NULL;
        const struct edge *next = &edges->list.items[i];
        if (last && by_ends(last, next) == 0) {
            last->names += next->names;
            last->findings += next->findings;
        } else {
            edges->list.items[kept++] = *next;
        }
    }
    edges->list.count = kept;
}

static enum cor_status add_symbol(struct edges *edges, const struct cor_case_symbol *symbol)
{
    for (size_t i = 0; i < symbol->needed_by.count; i++)
        for (size_t k = 0; k < symbol->providers.count; k++) {
            struct edge edge = {symbol->needed_by.items[i].component,
                                symbol->providers.items[k].component, 1, symbol->finding};
            if (cor_array_add(&edges->list, edge) != COR_OK)
                return COR_NOMEM;
        }
    // Sorted now and then, so that the list stays as small as the picture.
    enum { SORT_AT = 1 << 16 };
    if (edges->list.count >= SORT_AT && edges->list.count * 2 >= edges->list.capacity)
        merge(edges);
    return COR_OK;
}

static void put_node(FILE *out, const struct cor_case *case_, uint32_t id)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    if (!component)
        return;
    // The quoting of JSON is one that Graphviz takes.
    struct cor_json json = {.out = out};
    fprintf(out, "  c%" PRIu32 " [label=", id);
    cor_json_text(&json, NULL, component->name);
    fprintf(out, ", style=filled, fillcolor=\"%s\"];\n",
            component->has_source ? "#cfe8ff" : "#ffd9b3");
}

static enum cor_status put_nodes(FILE *out, const struct cor_case *case_, const struct edges *edges)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    bool *touched = cor_arena_alloc(&arena, case_->components.count + 1, sizeof *touched);
    for (size_t i = 0; touched && i < edges->list.count; i++) {
        const struct edge *edge = &edges->list.items[i];
        if (edge->from <= case_->components.count)
            touched[edge->from] = true;
        if (edge->to <= case_->components.count)
            touched[edge->to] = true;
    }
    for (uint32_t id = 1; touched && id <= case_->components.count; id++)
        if (touched[id])
            put_node(out, case_, id);
    cor_arena_dispose(&arena);
    return touched ? COR_OK : COR_NOMEM;
}

static void put_edges(FILE *out, const struct edges *edges)
{
    for (size_t i = 0; i < edges->list.count; i++) {
        const struct edge *edge = &edges->list.items[i];
        fprintf(out, "  c%" PRIu32 " -> c%" PRIu32 " [label=\"%" PRIu32 "\"%s];\n", edge->from,
                edge->to, edge->names, edge->findings ? ", style=bold, color=\"#b34700\"" : "");
    }
}

enum cor_status cor_dot_write(const struct cor_case *case_,
                              const struct cor_report_options *options, FILE *out)
{
    struct edges edges = {0};
    enum cor_status status = COR_OK;
    (void)options;
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++)
        status = cor_interrupted() ? COR_INTERRUPTED : add_symbol(&edges, &case_->symbols.items[i]);
    if (status == COR_OK) {
        merge(&edges);
        fputs("digraph correspond {\n  rankdir=LR;\n  node [shape=box];\n", out);
        status = put_nodes(out, case_, &edges);
        put_edges(out, &edges);
        fputs("}\n", out);
    }
    cor_array_dispose(&edges.list);
    return status == COR_OK ? cor_put_done(out) : status;
}
