// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// SARIF 2.1.0: a result for each finding at each line that calls it, so that code hosts can show it
// there; without a call, at the first declaration, or at the component.
#include "report/sarif.h"

#include "base/interrupt.h"
#include "report/json_out.h"
#include "report/put.h"
#include "report/sarif_places.h"
#include "report/text.h"

// A friendly name for each rule, and what to do about it.
static const struct {
    const char *name, *help;
} rules[COR_CLASS_COUNT] = {
    [COR_CLASS_RELEASED] = {"Released", "Nothing is to be done."},
    [COR_CLASS_PREBUILT] = {"ReleasedAsObjectCode", "Ask for the source of the object file."},
    [COR_CLASS_BINARY_ONLY] = {"OnlyInBinaryForm",
                               "Ask for the source of the component that defines it."},
    [COR_CLASS_UNRESOLVED] = {"DefinedNowhere", "Ask for the component that defines it."},
    [COR_CLASS_TOOLCHAIN] = {"Toolchain", "Nothing is to be done."},
    [COR_CLASS_UNDETERMINED] = {"Undetermined", "Give the input that the reason names."},
};

static void put_message(struct cor_json *json, const char *key, const char *text)
{
    cor_json_open(json, key, '{');
    cor_json_text(json, "text", text);
    cor_json_close(json, '}');
}

static enum cor_status begin_result(struct cor_json *json, const char *name, enum cor_class class_,
                                    const char *reason)
{
    struct cor_arena arena;
    cor_arena_init(&arena);
    const char *text = cor_arena_printf(&arena, "%s is %s.%s%s", name, cor_text_verdict(class_),
                                        reason ? " Reason: " : "", reason ? reason : "");
    cor_json_line(json);
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "ruleId", cor_class_word(class_));
    cor_json_number(json, "ruleIndex", class_);
    cor_json_text(json, "level", "error");
    put_message(json, "message", text ? text : "");
    cor_arena_dispose(&arena);
    return text ? COR_OK : COR_NOMEM;
}

static void put_suppression(struct cor_json *json, const struct cor_case_excuse *excuse)
{
    struct cor_arena arena;
    if (!excuse)
        return;
    cor_arena_init(&arena);
    const char *text = excuse->reason
                           ? cor_arena_printf(&arena, "%s: %s (%s, until %s)", excuse->kind,
                                              excuse->reason, excuse->author, excuse->expires)
                           : "the baseline has it too";
    cor_json_open(json, "suppressions", '[');
    cor_json_open(json, NULL, '{');
    cor_json_text(json, "kind", "external");
    cor_json_text(json, "justification", text);
    cor_json_close(json, '}');
    cor_json_close(json, ']');
    cor_arena_dispose(&arena);
}

// Ends the result.
static void put_fingerprint(struct cor_json *json, const char *name)
{
    cor_json_open(json, "partialFingerprints", '{');
    cor_json_text(json, "correspondName/v1", name);
    cor_json_close(json, '}');
    cor_json_close(json, '}');
}

static enum cor_status put_results(struct cor_json *json, const struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        if (!symbol->finding)
            continue;
        status = cor_interrupted()
                     ? COR_INTERRUPTED
                     : begin_result(json, symbol->name, symbol->class_, symbol->reason);
        cor_sarif_locations(json, case_, symbol);
        cor_sarif_related(json, case_, symbol);
        put_suppression(json, cor_case_excuse_by_number(case_, symbol->excuse));
        put_fingerprint(json, symbol->name);
    }
    for (size_t i = 0; status == COR_OK && i < case_->functions.count; i++) {
        const struct cor_case_function *function = &case_->functions.items[i];
        const struct cor_case_component *component =
            cor_case_component_by_id(case_, function->component);
        if (!function->finding)
            continue;
        status = begin_result(json, function->name, function->class_, function->reason);
        cor_json_open(json, "locations", '[');
        if (component)
            cor_sarif_file(json, component->path, function->name);
        cor_json_close(json, ']');
        put_suppression(json, cor_case_excuse_by_number(case_, function->excuse));
        put_fingerprint(json, function->name);
    }
    return status;
}

static void put_tool(struct cor_json *json, const struct cor_case *case_)
{
    cor_json_open(json, "tool", '{');
    cor_json_open(json, "driver", '{');
    cor_json_text(json, "name", case_->tool_name ? case_->tool_name : "correspond");
    cor_json_text(json, "version", case_->tool_version ? case_->tool_version : "0");
    cor_json_open(json, "rules", '[');
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++) {
        cor_json_line(json);
        cor_json_open(json, NULL, '{');
        cor_json_text(json, "id", cor_class_word((enum cor_class)i));
        cor_json_text(json, "name", rules[i].name);
        put_message(json, "shortDescription", cor_text_verdict((enum cor_class)i));
        put_message(json, "fullDescription", cor_text_verdict((enum cor_class)i));
        put_message(json, "help", rules[i].help);
        cor_json_close(json, '}');
    }
    cor_json_close(json, ']');
    cor_json_close(json, '}');
    cor_json_close(json, '}');
}

enum cor_status cor_sarif_write(const struct cor_case *case_,
                                const struct cor_report_options *options, FILE *out)
{
    struct cor_json json = {.out = out};
    (void)options;
    cor_json_open(&json, NULL, '{');
    cor_json_text(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    cor_json_text(&json, "version", "2.1.0");
    cor_json_open(&json, "runs", '[');
    cor_json_open(&json, NULL, '{');
    put_tool(&json, case_);
    cor_json_text(&json, "columnKind", "utf16CodeUnits");
    cor_json_open(&json, "results", '[');
    enum cor_status status = put_results(&json, case_);
    cor_json_close(&json, ']');
    cor_json_close(&json, '}');
    cor_json_close(&json, ']');
    cor_json_close(&json, '}');
    fputc('\n', out);
    return status == COR_OK ? cor_put_done(out) : status;
}
