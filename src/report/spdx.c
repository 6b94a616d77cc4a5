// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// SPDX 2.3 as JSON: inputs, components and cited source files as packages, since SPDX asks for the
// SHA-1 of each file, which a case does not hold; an input contains what was found in it, and a
// component is linked to those that have what it needs.
#include "report/spdx.h"

#include <inttypes.h>

#include "report/bom.h"
#include "report/bom_content.h"
#include "report/json_out.h"
#include "report/excuses.h"
#include "report/put.h"

static void put_id(struct cor_json *json, const char *key, enum cor_bom_kind kind, uint32_t number)
{
    char id[64];
    snprintf(id, sizeof id, "SPDXRef-%s-%" PRIu32, cor_bom_kind_word(kind), number);
    cor_json_text(json, key, id);
}

static void put_checksum(struct cor_json *json, const char *algorithm, const char *value)
{
    if (!value)
        return;
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "algorithm", algorithm);
    cor_json_text(json, "checksumValue", value);
    cor_json_close(json, '}');
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

static const char *purpose(const struct cor_bom_item *item)
{
    static const char *const of_kind[COR_KIND_COUNT] = {
        [COR_KIND_KERNEL] = "OPERATING-SYSTEM",
        [COR_KIND_EXECUTABLE] = "APPLICATION",
        [COR_KIND_SHARED_OBJECT] = "LIBRARY",
        [COR_KIND_ARCHIVE] = "LIBRARY",
    };
    if (item->of_input)
        return item->of_input->role == COR_ROLE_SOURCE ? "SOURCE" : "ARCHIVE";
    const char *word = item->of_component ? of_kind[item->of_component->kind] : "SOURCE";
    return word ? word : "FILE";
}

static void put_package(struct cor_json *json, const struct cor_bom_item *item)
{
    char reference[32];
    const char *licence = cor_bom_expression(item, reference);
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    put_id(json, "SPDXID", item->kind, item->number);
    cor_json_text(json, "name", item->name);
    if (item->kind != COR_BOM_INPUT)
        cor_json_text(json, "packageFileName", item->path);
    cor_json_text(json, "downloadLocation", "NOASSERTION");
    cor_json_bool(json, "filesAnalyzed", false);
    cor_json_text(json, "licenseConcluded", "NOASSERTION");
    cor_json_text(json, "licenseDeclared", licence ? licence : "NOASSERTION");
    cor_json_text(json, "copyrightText", "NOASSERTION");
    cor_json_text(json, "primaryPackagePurpose", purpose(item));
    if (item->sha1 || item->sha256) {
        cor_json_open(json, "checksums", '[');
        put_checksum(json, "SHA1", item->sha1);
        put_checksum(json, "SHA256", item->sha256);
        cor_json_close(json, ']');
    }
    cor_json_close(json, '}');
}

static void put_licences(struct cor_json *json, const struct cor_bom *bom)
{
    cor_json_open(json, "hasExtractedLicensingInfos", '[');
    for (size_t i = 0; i < bom->licences.count; i++) {
        char id[32];
        snprintf(id, sizeof id, "LicenseRef-%zu", i + 1);
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "licenseId", id);
        cor_json_text(json, "name", bom->licences.items[i]);
        cor_json_text(json, "extractedText", bom->licences.items[i]);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
}

static void put_relation(struct cor_json *json, const struct cor_bom_item *from, const char *type,
                         const struct cor_bom_item *to)
{
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    if (from)
        put_id(json, "spdxElementId", from->kind, from->number);
    else
        cor_json_text(json, "spdxElementId", "SPDXRef-DOCUMENT");
    cor_json_text(json, "relationshipType", type);
    put_id(json, "relatedSpdxElement", to->kind, to->number);
    cor_json_close(json, '}');
}

static void put_relations(struct cor_json *json, const struct cor_bom *bom)
{
    cor_json_open(json, "relationships", '[');
    for (size_t i = 0; i < bom->items.count; i++) {
        const struct cor_bom_item *item = &bom->items.items[i];
        if (item->kind == COR_BOM_INPUT)
            put_relation(json, NULL, "DESCRIBES", item);
        else if (item->input < bom->case_->inputs.count)
            put_relation(json, &bom->items.items[item->input], "CONTAINS", item);
    }
    for (size_t i = 0; i < bom->links.count; i++) {
        const struct cor_bom_link *link = &bom->links.items[i];
        struct cor_bom_item from = {.kind = COR_BOM_COMPONENT, .number = link->from};
        struct cor_bom_item to = {.kind = COR_BOM_COMPONENT, .number = link->to};
        put_relation(json, &from, link->is_static ? "STATIC_LINK" : "DYNAMIC_LINK", &to);
    }
    cor_json_close(json, ']');
}

enum cor_status cor_spdx_write(const struct cor_case *case_,
                               const struct cor_report_options *options, FILE *out)
{
    struct cor_json json = {.out = out};
    struct cor_bom bom;
    (void)options;
    enum cor_status status = cor_bom_init(&bom, case_);
    if (status != COR_OK)
        return status;
    cor_json_open(&json, NULL, '{');
    status = put_head(&json, case_);
    cor_json_open(&json, "packages", '[');
    for (size_t i = 0; i < bom.items.count; i++)
        put_package(&json, &bom.items.items[i]);
    cor_json_close(&json, ']');
    put_licences(&json, &bom);
    put_relations(&json, &bom);
    cor_json_close(&json, '}');
    fputc('\n', out);
    cor_bom_dispose(&bom);
    return status == COR_OK ? cor_put_done(out) : status;
}
