// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <string.h>

#include "api/request.h"
#include "base/alloc.h"
#include "casefile/casefile.h"
#include "report/report.h"

enum cor_status cor_api_index(struct cor_result *result)
{
    const struct cor_case *case_ = &result->case_;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++)
        if (case_->symbols.items[i].finding)
            status = cor_array_add(&result->findings,
                                   (struct cor_api_finding){&case_->symbols.items[i], NULL});
    for (size_t i = 0; status == COR_OK && i < case_->functions.count; i++)
        if (case_->functions.items[i].finding)
            status = cor_array_add(&result->findings,
                                   (struct cor_api_finding){NULL, &case_->functions.items[i]});
    return status;
}

int cor_result_open(const char *path, cor_message_fn *function, void *data,
                    struct cor_result **ret_result)
{
    struct cor_result *result = cor_alloc_zero(1, sizeof *result);
    if (!result)
        return COR_NOMEM;
    cor_case_init(&result->case_);
    cor_api_sink_init(&result->sink, function, data);
    enum cor_status status = cor_casefile_read(path, &result->case_, &result->sink.diag);
    if (status == COR_OK)
        status = cor_api_index(result);
    if (status == COR_OK)
        *ret_result = result;
    else
        cor_result_free(result);
    return (int)status;
}

void cor_result_free(struct cor_result *result)
{
    if (!result)
        return;
    cor_array_dispose(&result->findings);
    cor_case_dispose(&result->case_);
    cor_free(result);
}

int cor_result_save(const struct cor_result *result, const char *path)
{
    struct cor_api_sink sink = result->sink;
    return (int)cor_casefile_write(&result->case_, path, &sink.diag);
}

int cor_result_report(const struct cor_result *result, const char *format, FILE *out)
{
    const struct cor_report_options options = {0};
    const struct cor_report_format *found = cor_report_format(format);
    return found ? (int)found->write(&result->case_, &options, out) : COR_USAGE;
}

int cor_result_outcome(const struct cor_result *result)
{
    return cor_audit_outcome(&result->case_);
}

// As many bytes of a view as the caller knows; its own `size` stays.
static void fill(void *view, const void *made, size_t made_size)
{
    size_t size;
    memcpy(&size, view, sizeof size);
    if (size > made_size)
        size = made_size;
    if (size > sizeof size)
        memcpy((char *)view + sizeof size, (const char *)made + sizeof size, size - sizeof size);
}

size_t cor_result_component_count(const struct cor_result *result)
{
    return result->case_.components.count;
}

bool cor_result_component(const struct cor_result *result, size_t index,
                          struct cor_component_view *view)
{
    if (index >= result->case_.components.count)
        return false;
    const struct cor_case_component *component = &result->case_.components.items[index];
    const struct cor_component_view made = {
        .id = component->id,
        .role = cor_role_word(component->role),
        .kind = cor_kind_word(component->kind),
        .name = component->name,
        .path = component->path,
        .machine = component->machine,
        .sha256 = component->sha256,
        .licence = component->licence,
        .has_source = component->has_source,
        .undefined_known = component->undefined.known,
        .defined_known = component->defined.known,
        .undefined = component->undefined.total,
        .defined = component->defined.total,
    };
    fill(view, &made, sizeof made);
    return true;
}

size_t cor_result_finding_count(const struct cor_result *result)
{
    return result->findings.count;
}

static struct cor_finding_view symbol_view(const struct cor_case_symbol *symbol)
{
    return (struct cor_finding_view){
        .name = symbol->name,
        .class_name = cor_class_word(symbol->class_),
        .reason = symbol->reason,
        .direction = cor_direction_word(symbol->direction),
        .excused = symbol->excuse != 0,
        .component_id = symbol->providers.count ? symbol->providers.items[0].component : 0,
        .needer_count = symbol->needed_by.count,
        .call_count = symbol->calls.count,
        .declaration_count = symbol->declarations.count,
    };
}

static struct cor_finding_view function_view(const struct cor_case_function *function)
{
    return (struct cor_finding_view){
        .name = function->name,
        .class_name = cor_class_word(function->class_),
        .reason = function->reason,
        .direction = cor_direction_word(COR_DIRECTION_NONE),
        .excused = function->excuse != 0,
        .component_id = function->component,
    };
}

bool cor_result_finding(const struct cor_result *result, size_t index,
                        struct cor_finding_view *view)
{
    if (index >= result->findings.count)
        return false;
    const struct cor_api_finding *finding = &result->findings.items[index];
    const struct cor_finding_view made =
        finding->symbol ? symbol_view(finding->symbol) : function_view(finding->function);
    fill(view, &made, sizeof made);
    return true;
}

static const struct cor_case_symbol *symbol_of(const struct cor_result *result, size_t finding)
{
    return finding < result->findings.count ? result->findings.items[finding].symbol : NULL;
}

uint32_t cor_result_needer(const struct cor_result *result, size_t finding, size_t index)
{
    const struct cor_case_symbol *symbol = symbol_of(result, finding);
    return symbol && index < symbol->needed_by.count ? symbol->needed_by.items[index].component : 0;
}

static bool fill_place(const struct cor_result *result, const struct cor_case_place *place,
                       struct cor_place_view *view)
{
    const struct cor_case *case_ = &result->case_;
    const struct cor_place_view made = {
        .input = place->input < case_->inputs.count ? case_->inputs.items[place->input].name : NULL,
        .file = place->file,
        .line = place->line,
        .function = place->function,
        .active = place->active,
    };
    fill(view, &made, sizeof made);
    return true;
}

bool cor_result_call(const struct cor_result *result, size_t finding, size_t index,
                     struct cor_place_view *view)
{
    const struct cor_case_symbol *symbol = symbol_of(result, finding);
    return symbol && index < symbol->calls.count &&
           fill_place(result, &symbol->calls.items[index], view);
}

bool cor_result_declaration(const struct cor_result *result, size_t finding, size_t index,
                            struct cor_place_view *view)
{
    const struct cor_case_symbol *symbol = symbol_of(result, finding);
    return symbol && index < symbol->declarations.count &&
           fill_place(result, &symbol->declarations.items[index], view);
}
