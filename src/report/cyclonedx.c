// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// CycloneDX 1.6 as JSON: the components with their hashes, licences and coverage, and who depends
// on whom.
#include "report/cyclonedx.h"

#include <inttypes.h>

#include "report/bom.h"
#include "report/edges.h"
#include "report/json_out.h"
#include "report/picture.h"
#include "report/excuses.h"
#include "report/put.h"

static void put_reference(struct cor_json *json, const char *key, uint32_t id)
{
    char text[32];
    snprintf(text, sizeof text, "component-%" PRIu32, id);
    cor_json_text(json, key, text);
}

static void put_hash(struct cor_json *json, const char *algorithm, const char *value)
{
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "alg", algorithm);
    cor_json_text(json, "content", value);
    cor_json_close(json, '}');
}

static void put_property(struct cor_json *json, const char *name, const char *value)
{
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "name", name);
    cor_json_text(json, "value", value);
    cor_json_close(json, '}');
}

static void put_licence(struct cor_json *json, const char *declared)
{
    const char *identifier = cor_bom_licence(declared);
    if (!declared)
        return;
    cor_json_open(json, "licenses", '[');
    cor_json_open(json, NULL, '{');
    if (identifier) {
        cor_json_text(json, "expression", identifier);
    } else {
        cor_json_open(json, "license", '{');
        cor_json_text(json, "name", declared);
        cor_json_close(json, '}');
    }
    cor_json_close(json, '}');
    cor_json_close(json, ']');
}

static void put_component(struct cor_json *json, const struct cor_case_component *component)
{
    static const char *const types[COR_KIND_COUNT] = {
        [COR_KIND_KERNEL] = "operating-system",
        [COR_KIND_KERNEL_MODULE] = "device-driver",
        [COR_KIND_EXECUTABLE] = "application",
        [COR_KIND_SHARED_OBJECT] = "library",
    };
    const char *type = component->kind < COR_KIND_COUNT ? types[component->kind] : NULL;
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "type", type ? type : "file");
    put_reference(json, "bom-ref", component->id);
    cor_json_text(json, "name", component->name);
    if (component->sha256) {
        cor_json_open(json, "hashes", '[');
        put_hash(json, "SHA-256", component->sha256);
        cor_json_close(json, ']');
    }
    put_licence(json, component->licence);
    cor_json_open(json, "properties", '[');
    put_property(json, "correspond:path", component->path);
    put_property(json, "correspond:role", cor_role_word(component->role));
    put_property(json, "correspond:coverage", cor_coverage_word(cor_coverage_of(component)));
    cor_json_close(json, ']');
    cor_json_close(json, '}');
}

static void put_dependencies(struct cor_json *json, const struct cor_case *case_,
                             const struct cor_edges *edges)
{
    cor_json_open(json, "dependencies", '[');
    for (size_t i = 0; i < edges->list.count;) {
        uint32_t from = edges->list.items[i].from;
        bool known = cor_case_component_by_id(case_, from) != NULL;
        if (known) {
            cor_json_line(json);
            cor_json_open(json, NULL, '{');
            put_reference(json, "ref", from);
            cor_json_open(json, "dependsOn", '[');
        }
        for (; i < edges->list.count && edges->list.items[i].from == from; i++)
            if (known && cor_case_component_by_id(case_, edges->list.items[i].to))
                put_reference(json, NULL, edges->list.items[i].to);
        if (known) {
            cor_json_close(json, ']');
            cor_json_close(json, '}');
        }
    }
    cor_json_close(json, ']');
}

static enum cor_status put_excuses(struct cor_json *json, const struct cor_case *case_)
{
    struct cor_arena arena;
    enum cor_status status = COR_OK;
    if (!case_->excuses.count)
        return COR_OK;
    cor_arena_init(&arena);
    cor_json_open(json, "properties", '[');
    for (size_t i = 0; status == COR_OK && i < case_->excuses.count; i++) {
        const char *text = cor_excuse_sentence(&arena, &case_->excuses.items[i]);
        status = text ? COR_OK : COR_NOMEM;
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "name", "correspond:excuse");
        cor_json_text(json, "value", text);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
    cor_arena_dispose(&arena);
    return status;
}

static enum cor_status put_metadata(struct cor_json *json, const struct cor_case *case_)
{
    char time[32];
    cor_bom_time(time);
    cor_json_open(json, "metadata", '{');
    cor_json_text(json, "timestamp", time);
    cor_json_open(json, "tools", '{');
    cor_json_open(json, "components", '[');
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "type", "application");
    cor_json_text(json, "name", case_->tool_name ? case_->tool_name : "correspond");
    cor_json_text(json, "version", case_->tool_version ? case_->tool_version : "0");
    cor_json_close(json, '}');
    cor_json_close(json, ']');
    cor_json_close(json, '}');
    enum cor_status status = put_excuses(json, case_);
    cor_json_close(json, '}');
    return status;
}

enum cor_status cor_cyclonedx_write(const struct cor_case *case_,
                                    const struct cor_report_options *options, FILE *out)
{
    struct cor_json json = {.out = out};
    struct cor_edges edges;
    char uuid[37], serial[64];
    (void)options;
    enum cor_status status = cor_edges_make(case_, &edges);
    if (status != COR_OK)
        return status;
    cor_bom_uuid(case_, uuid);
    snprintf(serial, sizeof serial, "urn:uuid:%s", uuid);
    cor_json_open(&json, NULL, '{');
    cor_json_text(&json, "bomFormat", "CycloneDX");
    cor_json_text(&json, "specVersion", "1.6");
    cor_json_text(&json, "serialNumber", serial);
    cor_json_number(&json, "version", 1);
    status = put_metadata(&json, case_);
    cor_json_open(&json, "components", '[');
    for (size_t i = 0; i < case_->components.count; i++)
        put_component(&json, &case_->components.items[i]);
    cor_json_close(&json, ']');
    put_dependencies(&json, case_, &edges);
    cor_json_close(&json, '}');
    fputc('\n', out);
    cor_edges_dispose(&edges);
    return status == COR_OK ? cor_put_done(out) : status;
}
