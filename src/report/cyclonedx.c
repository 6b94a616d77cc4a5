// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// CycloneDX 1.6 as JSON: the inputs, in each of them its components and cited source files with
// hashes, licences and coverage, and who depends on whom.
#include "report/cyclonedx.h"

#include <inttypes.h>

#include "report/bom.h"
#include "report/bom_content.h"
#include "report/json_out.h"
#include "report/picture.h"
#include "report/excuses.h"
#include "report/put.h"

static void put_reference(struct cor_json *json, const char *key, enum cor_bom_kind kind,
                          uint32_t number)
{
    static const char *const words[] = {"input", "component", "source"};
    char text[64];
    snprintf(text, sizeof text, "%s-%" PRIu32, words[kind], number);
    cor_json_text(json, key, text);
}

static void put_hash(struct cor_json *json, const char *algorithm, const char *value)
{
    if (!value)
        return;
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

static void put_licence(struct cor_json *json, const struct cor_bom_item *item)
{
    if (!item->licence)
        return;
    cor_json_open(json, "licenses", '[');
    cor_json_open(json, NULL, '{');
    if (item->expression) {
        cor_json_text(json, "expression", item->expression);
    } else {
        cor_json_open(json, "license", '{');
        cor_json_text(json, "name", item->licence);
        cor_json_close(json, '}');
    }
    cor_json_close(json, '}');
    cor_json_close(json, ']');
}

static const char *type_of(const struct cor_bom_item *item)
{
    static const char *const types[COR_KIND_COUNT] = {
        [COR_KIND_KERNEL] = "operating-system",
        [COR_KIND_KERNEL_MODULE] = "device-driver",
        [COR_KIND_EXECUTABLE] = "application",
        [COR_KIND_SHARED_OBJECT] = "library",
    };
    const char *type = item->of_component ? types[item->of_component->kind] : NULL;
    return type ? type : "file";
}

static void open_item(struct cor_json *json, const struct cor_bom *bom,
                      const struct cor_bom_item *item)
{
    const struct cor_case_component *component = item->of_component;
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "type", type_of(item));
    put_reference(json, "bom-ref", item->kind, item->number);
    cor_json_text(json, "name", item->name);
    if (item->sha1 || item->sha256) {
        cor_json_open(json, "hashes", '[');
        put_hash(json, "SHA-1", item->sha1);
        put_hash(json, "SHA-256", item->sha256);
        cor_json_close(json, ']');
    }
    put_licence(json, item);
    cor_json_open(json, "properties", '[');
    put_property(json, "correspond:path", item->path);
    if (component || item->input < bom->case_->inputs.count)
        put_property(json, "correspond:role",
                     cor_role_word(component ? component->role
                                             : bom->case_->inputs.items[item->input].role));
    if (component)
        put_property(json, "correspond:coverage", cor_coverage_word(cor_coverage_of(component)));
    cor_json_close(json, ']');
}

// What was found in an input, or in none that is known.
static void put_inside(struct cor_json *json, const struct cor_bom *bom, uint32_t input)
{
    size_t inputs = bom->case_->inputs.count;
    for (size_t i = inputs; i < bom->items.count; i++) {
        const struct cor_bom_item *item = &bom->items.items[i];
        if (item->input != input && (item->input < inputs || input < inputs))
            continue;
        open_item(json, bom, item);
        cor_json_close(json, '}');
    }
}

static void put_items(struct cor_json *json, const struct cor_bom *bom)
{
    uint32_t inputs = (uint32_t)bom->case_->inputs.count;
    cor_json_open(json, "components", '[');
    for (uint32_t i = 0; i < inputs; i++) {
        open_item(json, bom, &bom->items.items[i]);
        cor_json_open(json, "components", '[');
        put_inside(json, bom, i);
        cor_json_close(json, ']');
        cor_json_close(json, '}');
    }
    put_inside(json, bom, inputs);
    cor_json_close(json, ']');
}

static void put_dependencies(struct cor_json *json, const struct cor_bom *bom)
{
    cor_json_open(json, "dependencies", '[');
    for (size_t i = 0; i < bom->links.count;) {
        uint32_t from = bom->links.items[i].from;
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        put_reference(json, "ref", COR_BOM_COMPONENT, from);
        cor_json_open(json, "dependsOn", '[');
        for (; i < bom->links.count && bom->links.items[i].from == from; i++)
            put_reference(json, NULL, COR_BOM_COMPONENT, bom->links.items[i].to);
        cor_json_close(json, ']');
        cor_json_close(json, '}');
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
    struct cor_bom bom;
    char uuid[37], serial[64];
    (void)options;
    enum cor_status status = cor_bom_init(&bom, case_);
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
    put_items(&json, &bom);
    put_dependencies(&json, &bom);
    cor_json_close(&json, '}');
    fputc('\n', out);
    cor_bom_dispose(&bom);
    return status == COR_OK ? cor_put_done(out) : status;
}
