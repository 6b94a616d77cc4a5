// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// SPDX 3.0.1 as JSON-LD: a graph of the same content as in 2.3, with components and cited source
// files as files. Every element names the one record of who made it and when.
#include "report/spdx3.h"

#include <inttypes.h>

#include "report/bom.h"
#include "report/bom_content.h"
#include "report/json_out.h"
#include "report/put.h"

struct graph {
    struct cor_json json;
    const struct cor_bom *bom;
    char uuid[37];
    uint32_t relations;
};

// "urn:uuid:...#Component-4": `number` 0 is left out.
static void put_id(struct graph *graph, const char *key, const char *what, uint32_t number)
{
    char id[128];
    snprintf(id, sizeof id, number ? "urn:uuid:%s#%s-%" PRIu32 : "urn:uuid:%s#%s", graph->uuid,
             what, number);
    cor_json_text(&graph->json, key, id);
}

static void open_element(struct graph *graph, const char *type, const char *what, uint32_t number)
{
    cor_json_line(&graph->json);
    cor_json_open(&graph->json, NULL, '{');
    cor_json_text(&graph->json, "type", type);
    put_id(graph, "spdxId", what, number);
    cor_json_text(&graph->json, "creationInfo", "_:creation");
}

static void close_element(struct graph *graph)
{
    cor_json_close(&graph->json, '}');
}

static void put_list(struct graph *graph, const char *key, const char *const *texts)
{
    cor_json_open(&graph->json, key, '[');
    for (; *texts; texts++)
        cor_json_text(&graph->json, NULL, *texts);
    cor_json_close(&graph->json, ']');
}

static void put_creation(struct graph *graph)
{
    char time[32];
    cor_bom_time(time);
    cor_json_line(&graph->json);
    cor_json_open(&graph->json, NULL, '{');
    cor_json_text(&graph->json, "type", "CreationInfo");
    cor_json_text(&graph->json, "@id", "_:creation");
    cor_json_text(&graph->json, "specVersion", "3.0.1");
    cor_json_text(&graph->json, "created", time);
    cor_json_open(&graph->json, "createdBy", '[');
    put_id(graph, NULL, "Agent", 0);
    cor_json_close(&graph->json, ']');
    close_element(graph);
    open_element(graph, "SoftwareAgent", "Agent", 0);
    cor_json_text(&graph->json, "name", "correspond");
    cor_json_text(&graph->json, "summary", graph->bom->case_->tool_version);
    close_element(graph);
}

static void put_document(struct graph *graph)
{
    static const char *const profiles[] = {"core", "software", "simpleLicensing", NULL};
    static const char *const types[] = {"analyzed", NULL};
    open_element(graph, "SpdxDocument", "Document", 0);
    put_list(graph, "profileConformance", profiles);
    cor_json_open(&graph->json, "rootElement", '[');
    put_id(graph, NULL, "Sbom", 0);
    cor_json_close(&graph->json, ']');
    close_element(graph);
    open_element(graph, "software_Sbom", "Sbom", 0);
    put_list(graph, "software_sbomType", types);
    cor_json_open(&graph->json, "rootElement", '[');
    for (uint32_t i = 0; i < graph->bom->case_->inputs.count; i++)
        put_id(graph, NULL, "Input", i + 1);
    cor_json_close(&graph->json, ']');
    close_element(graph);
}

static const char *purpose(const struct cor_bom_item *item)
{
    static const char *const of_kind[COR_KIND_COUNT] = {
        [COR_KIND_KERNEL] = "operatingSystem", [COR_KIND_KERNEL_MODULE] = "module",
        [COR_KIND_EXECUTABLE] = "executable",  [COR_KIND_SHARED_OBJECT] = "library",
        [COR_KIND_ARCHIVE] = "library",
    };
    if (item->of_input)
        return item->of_input->role == COR_ROLE_SOURCE ? "source" : "archive";
    const char *word = item->of_component ? of_kind[item->of_component->kind] : "source";
    return word ? word : "file";
}

static void put_hash(struct cor_json *json, const char *algorithm, const char *value)
{
    if (!value)
        return;
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "type", "Hash");
    cor_json_text(json, "algorithm", algorithm);
    cor_json_text(json, "hashValue", value);
    cor_json_close(json, '}');
}

static void put_item(struct graph *graph, const struct cor_bom_item *item)
{
    struct cor_json *json = &graph->json;
    open_element(graph, item->kind == COR_BOM_INPUT ? "software_Package" : "software_File",
                 cor_bom_kind_word(item->kind), item->number);
    cor_json_text(json, "name", item->path);
    cor_json_text(json, "software_primaryPurpose", purpose(item));
    if (item->sha1 || item->sha256) {
        cor_json_open(json, "verifiedUsing", '[');
        put_hash(json, "sha1", item->sha1);
        put_hash(json, "sha256", item->sha256);
        cor_json_close(json, ']');
    }
    close_element(graph);
}

static void put_relation(struct graph *graph, const char *from, uint32_t from_number,
                         const char *type, const char *to, uint32_t to_number)
{
    open_element(graph, "Relationship", "Relation", ++graph->relations);
    put_id(graph, "from", from, from_number);
    cor_json_text(&graph->json, "relationshipType", type);
    cor_json_open(&graph->json, "to", '[');
    put_id(graph, NULL, to, to_number);
    cor_json_close(&graph->json, ']');
    close_element(graph);
}

// A licence without an SPDX identifier is an expression of one name, and the name leads to what was
// declared.
static void put_licence(struct graph *graph, const struct cor_bom_item *item)
{
    char reference[32];
    const char *expression = cor_bom_expression(item, reference);
    if (!expression)
        return;
    const char *what = item->kind == COR_BOM_SOURCE ? "SourceLicence" : "Licence";
    open_element(graph, "simplelicensing_LicenseExpression", what, item->number);
    cor_json_text(&graph->json, "simplelicensing_licenseExpression", expression);
    if (item->licence_ref) {
        cor_json_open(&graph->json, "simplelicensing_customIdToUri", '[');
        cor_json_open(&graph->json, NULL, '{');
        cor_json_text(&graph->json, "type", "DictionaryEntry");
        cor_json_text(&graph->json, "key", expression);
        put_id(graph, "value", "LicenceText", item->licence_ref);
        cor_json_close(&graph->json, '}');
        cor_json_close(&graph->json, ']');
    }
    close_element(graph);
    put_relation(graph, cor_bom_kind_word(item->kind), item->number, "hasDeclaredLicense", what,
                 item->number);
}

static void put_licence_texts(struct graph *graph)
{
    for (uint32_t i = 0; i < graph->bom->licences.count; i++) {
        open_element(graph, "simplelicensing_SimpleLicensingText", "LicenceText", i + 1);
        cor_json_text(&graph->json, "simplelicensing_licenseText", graph->bom->licences.items[i]);
        close_element(graph);
    }
}

static void put_graph(struct graph *graph)
{
    const struct cor_bom *bom = graph->bom;
    put_creation(graph);
    put_document(graph);
    put_licence_texts(graph);
    for (size_t i = 0; i < bom->items.count; i++) {
        const struct cor_bom_item *item = &bom->items.items[i];
        put_item(graph, item);
        if (item->kind != COR_BOM_INPUT && item->input < bom->case_->inputs.count)
            put_relation(graph, "Input", item->input + 1, "contains", cor_bom_kind_word(item->kind),
                         item->number);
        put_licence(graph, item);
    }
    for (size_t i = 0; i < bom->links.count; i++)
        put_relation(graph, "Component", bom->links.items[i].from,
                     bom->links.items[i].is_static ? "hasStaticLink" : "hasDynamicLink",
                     "Component", bom->links.items[i].to);
}

enum cor_status cor_spdx3_write(const struct cor_case *case_,
                                const struct cor_report_options *options, FILE *out)
{
    struct cor_bom bom;
    (void)options;
    enum cor_status status = cor_bom_init(&bom, case_);
    if (status != COR_OK)
        return status;
    struct graph graph = {.json = {.out = out}, .bom = &bom};
    cor_bom_uuid(case_, graph.uuid);
    cor_json_open(&graph.json, NULL, '{');
    cor_json_text(&graph.json, "@context", "https://spdx.org/rdf/3.0.1/spdx-context.jsonld");
    cor_json_open(&graph.json, "@graph", '[');
    put_graph(&graph);
    cor_json_close(&graph.json, ']');
    cor_json_close(&graph.json, '}');
    fputc('\n', out);
    cor_bom_dispose(&bom);
    return cor_put_done(out);
}
