// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The links between components as GraphML.
#include "report/graphml.h"

#include <inttypes.h>

#include "report/edges.h"
#include "report/excuses.h"
#include "report/picture.h"
#include "report/put.h"
#include "report/xml_out.h"

static const struct {
    const char *id, *of, *name, *type;
} keys[] = {
    {"name", "node", "name", "string"},     {"path", "node", "path", "string"},
    {"kind", "node", "kind", "string"},     {"coverage", "node", "coverage", "string"},
    {"defined", "node", "defined", "long"}, {"released", "node", "released", "long"},
    {"names", "edge", "names", "long"},     {"findings", "edge", "findings", "long"},
};

static void put_text(FILE *out, const char *key, const char *text)
{
    fprintf(out, "<data key=\"%s\">", key);
    cor_xml_text(out, text);
    fputs("</data>", out);
}

static void put_number(FILE *out, const char *key, uint64_t number)
{
    fprintf(out, "<data key=\"%s\">%" PRIu64 "</data>", key, number);
}

static void put_node(FILE *out, const struct cor_case_component *component)
{
    fprintf(out, "<node id=\"c%" PRIu32 "\">", component->id);
    put_text(out, "name", component->name);
    put_text(out, "path", component->path);
    put_text(out, "kind", cor_kind_word(component->kind));
    put_text(out, "coverage", cor_coverage_word(cor_coverage_of(component)));
    if (component->defined.known) {
        put_number(out, "defined", component->defined.total);
        put_number(out, "released", component->defined.of[COR_CLASS_RELEASED]);
    }
    fputs("</node>\n", out);
}

static void put_edge(FILE *out, const struct cor_case *case_, const struct cor_edge *edge)
{
    if (!cor_case_component_by_id(case_, edge->from) || !cor_case_component_by_id(case_, edge->to))
        return;
    fprintf(out, "<edge source=\"c%" PRIu32 "\" target=\"c%" PRIu32 "\">", edge->from, edge->to);
    put_number(out, "names", edge->names);
    put_number(out, "findings", edge->findings);
    fputs("</edge>\n", out);
}

static enum cor_status put_description(FILE *out, const struct cor_case *case_)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    const char *text = cor_excuse_sentences(&arena, case_);
    if (text && *text) {
        fputs("<desc>", out);
        cor_xml_text(out, text);
        fputs("</desc>\n", out);
    }
    cor_arena_dispose(&arena);
    return text ? COR_OK : COR_NOMEM;
}

enum cor_status cor_graphml_write(const struct cor_case *case_,
                                  const struct cor_report_options *options, FILE *out)
{
    struct cor_edges edges;
    (void)options;
    enum cor_status status = cor_edges_make(case_, &edges);
    if (status != COR_OK)
        return status;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
          out);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        fprintf(out, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", keys[i].id,
                keys[i].of, keys[i].name, keys[i].type);
    fputs("<graph id=\"components\" edgedefault=\"directed\">\n", out);
    status = put_description(out, case_);
    for (size_t i = 0; i < case_->components.count; i++)
        put_node(out, &case_->components.items[i]);
    for (size_t i = 0; i < edges.list.count; i++)
        put_edge(out, case_, &edges.list.items[i]);
    fputs("</graph>\n</graphml>\n", out);
    cor_edges_dispose(&edges);
    return status == COR_OK ? cor_put_done(out) : status;
}
