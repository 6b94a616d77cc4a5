// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The links between components for Graphviz: an arrow from whoever needs to whoever has, with the
// number of names; those with findings bold. Components that no arrow touches are left out.
#include "report/dot.h"

#include <inttypes.h>

#include "base/arena.h"
#include "report/json_out.h"
#include "report/edges.h"
#include "report/excuses.h"
#include "report/put.h"

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

static enum cor_status put_nodes(FILE *out, const struct cor_case *case_,
                                 const struct cor_edges *edges)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    bool *touched = cor_arena_alloc(&arena, case_->components.count + 1, sizeof *touched);
    for (size_t i = 0; touched && i < edges->list.count; i++) {
        const struct cor_edge *edge = &edges->list.items[i];
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

static void put_edges(FILE *out, const struct cor_edges *edges)
{
    for (size_t i = 0; i < edges->list.count; i++) {
        const struct cor_edge *edge = &edges->list.items[i];
        fprintf(out, "  c%" PRIu32 " -> c%" PRIu32 " [label=\"%" PRIu32 "\"%s];\n", edge->from,
                edge->to, edge->names, edge->findings ? ", style=bold, color=\"#b34700\"" : "");
    }
}

static enum cor_status put_comment(FILE *out, const struct cor_case *case_)
{
    struct cor_arena arena;
    struct cor_json json = {.out = out};
    cor_arena_init(&arena);
    const char *text = cor_excuse_sentences(&arena, case_);
    if (text && *text) {
        fputs("  comment=", out);
        cor_json_text(&json, NULL, text);
        fputs(";\n", out);
    }
    cor_arena_dispose(&arena);
    return text ? COR_OK : COR_NOMEM;
}

enum cor_status cor_dot_write(const struct cor_case *case_,
                              const struct cor_report_options *options, FILE *out)
{
    struct cor_edges edges;
    (void)options;
    enum cor_status status = cor_edges_make(case_, &edges);
    if (status != COR_OK)
        return status;
    fputs("digraph correspond {\n  rankdir=LR;\n  node [shape=box];\n", out);
    status = put_comment(out, case_);
    if (status == COR_OK)
        status = put_nodes(out, case_, &edges);
    put_edges(out, &edges);
    fputs("}\n", out);
    cor_edges_dispose(&edges);
    return status == COR_OK ? cor_put_done(out) : status;
}
