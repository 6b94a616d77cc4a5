// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// SPDX 2.3 as JSON: the inputs as packages, the components as files with their hashes; an input
// contains its components, and a component depends on those that have what it needs.
#include "report/spdx.h"

#include <inttypes.h>

#include "report/bom.h"
#include "report/edges.h"
#include "report/json_out.h"
#include "report/excuses.h"
#include "report/put.h"

static void put_id(struct cor_json *json, const char *key, const char *what, uint64_t number)
{
    char id[64];
    snprintf(id, sizeof id, "SPDXRef-%s-%" PRIu64, what, number);
    cor_json_text(json, key, id);
}

static void put_checksum(struct cor_json *json, const char *algorithm, const char *value)
{
    if (!value || !*value)
        return;
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "algorithm", algorithm);
    cor_json_text(json, "checksumValue", value);
    cor_json_close(json, '}');
}

// SPDX wants a hash of each file. (Its text wants a SHA-1 of each, which a case does not hold.)
static bool is_listed(const struct cor_case_component *component)
{
    return component && component->sha256;
}

static enum cor_status put_comment(struct cor_json *json, const struct cor_case *case_)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    const char *text = cor_excuse_sentences(&arena, case_);
    if (text && *text)
        cor_json_text(json, "comment", text);
    cor_arena_dispose(&arena);
    return text ? COR_OK : COR_NOMEM;
}

static enum cor_status put_head(struct cor_json *json, const struct cor_case *case_)
{
    char time[32], uuid[37], space[128], creator[128];
    cor_bom_time(time);
    cor_bom_uuid(case_, uuid);
    snprintf(space, sizeof space, "urn:uuid:%s", uuid);
    snprintf(creator, sizeof creator, "Tool: correspond-%.64s",
             case_->tool_version ? case_->tool_version : "0");
    cor_json_text(json, "spdxVersion", "SPDX-2.3");
    cor_json_text(json, "dataLicense", "CC0-1.0");
    cor_json_text(json, "SPDXID", "SPDXRef-DOCUMENT");
    cor_json_text(json, "name", "correspond");
    enum cor_status status = put_comment(json, case_);
    cor_json_text(json, "documentNamespace", space);
    cor_json_open(json, "creationInfo", '{');
    cor_json_text(json, "created", time);
    cor_json_open(json, "creators", '[');
    cor_json_text(json, NULL, creator);
    cor_json_close(json, ']');
    cor_json_close(json, '}');
    return status;
}

static void put_package(struct cor_json *json, const struct cor_case *case_, size_t number)
{
    const struct cor_input *input = &case_->inputs.items[number];
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    put_id(json, "SPDXID", "Input", number + 1);
    cor_json_text(json, "name", input->name);
    cor_json_text(json, "downloadLocation", "NOASSERTION");
    cor_json_bool(json, "filesAnalyzed", false);
    cor_json_text(json, "licenseConcluded", "NOASSERTION");
    cor_json_text(json, "licenseDeclared", "NOASSERTION");
    cor_json_text(json, "copyrightText", "NOASSERTION");
    cor_json_text(json, "primaryPackagePurpose",
                  input->role == COR_ROLE_SOURCE ? "SOURCE" : "ARCHIVE");
    if (input->sha1[0]) {
        cor_json_open(json, "checksums", '[');
        put_checksum(json, "SHA1", input->sha1);
        put_checksum(json, "SHA256", input->sha256);
        cor_json_close(json, ']');
    }
    cor_json_close(json, '}');
}

static void put_file(struct cor_json *json, const struct cor_case_component *component)
{
    const char *licence = cor_bom_licence(component->licence);
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    put_id(json, "SPDXID", "Component", component->id);
    cor_json_text(json, "fileName", component->path);
    cor_json_open(json, "fileTypes", '[');
    cor_json_text(json, NULL, "BINARY");
    cor_json_close(json, ']');
    cor_json_open(json, "checksums", '[');
    put_checksum(json, "SHA256", component->sha256);
    cor_json_close(json, ']');
    cor_json_text(json, "licenseConcluded", "NOASSERTION");
    cor_json_open(json, "licenseInfoInFiles", '[');
    cor_json_text(json, NULL, "NOASSERTION");
    cor_json_close(json, ']');
    if (licence)
        cor_json_text(json, "licenseComments", licence);
    else if (component->licence)
        cor_json_text(json, "licenseComments", component->licence);
    cor_json_text(json, "copyrightText", "NOASSERTION");
    cor_json_close(json, '}');
}

static void put_relation(struct cor_json *json, const char *from, uint64_t from_number,
                         const char *type, const char *to, uint64_t to_number)
{
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    if (from)
        put_id(json, "spdxElementId", from, from_number);
    else
        cor_json_text(json, "spdxElementId", "SPDXRef-DOCUMENT");
    cor_json_text(json, "relationshipType", type);
    put_id(json, "relatedSpdxElement", to, to_number);
    cor_json_close(json, '}');
}

static void put_relations(struct cor_json *json, const struct cor_case *case_,
                          const struct cor_edges *edges)
{
    cor_json_open(json, "relationships", '[');
    for (size_t i = 0; i < case_->inputs.count; i++)
        put_relation(json, NULL, 0, "DESCRIBES", "Input", i + 1);
    for (size_t i = 0; i < case_->components.count; i++)
        if (is_listed(&case_->components.items[i]) &&
            case_->components.items[i].input < case_->inputs.count)
            put_relation(json, "Input", case_->components.items[i].input + 1, "CONTAINS",
                         "Component", case_->components.items[i].id);
    for (size_t i = 0; i < edges->list.count; i++)
        if (is_listed(cor_case_component_by_id(case_, edges->list.items[i].from)) &&
            is_listed(cor_case_component_by_id(case_, edges->list.items[i].to)))
            put_relation(json, "Component", edges->list.items[i].from, "DEPENDS_ON", "Component",
                         edges->list.items[i].to);
    cor_json_close(json, ']');
}

enum cor_status cor_spdx_write(const struct cor_case *case_,
                               const struct cor_report_options *options, FILE *out)
{
    struct cor_json json = {.out = out};
    struct cor_edges edges;
    (void)options;
    enum cor_status status = cor_edges_make(case_, &edges);
    if (status != COR_OK)
        return status;
    cor_json_open(&json, NULL, '{');
    status = put_head(&json, case_);
    cor_json_open(&json, "packages", '[');
    for (size_t i = 0; i < case_->inputs.count; i++)
        put_package(&json, case_, i);
    cor_json_close(&json, ']');
    cor_json_open(&json, "files", '[');
    for (size_t i = 0; i < case_->components.count; i++)
        if (is_listed(&case_->components.items[i]))
            put_file(&json, &case_->components.items[i]);
    cor_json_close(&json, ']');
    put_relations(&json, case_, &edges);
    cor_json_close(&json, '}');
    fputc('\n', out);
    cor_edges_dispose(&edges);
    return status == COR_OK ? cor_put_done(out) : status;
}
