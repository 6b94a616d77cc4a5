// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Functions that a component defines and no component needs, without a released body. Those that
// the released source uses become symbol rows of their own.
#include <stdlib.h>
#include <string.h>

#include "audit/case_evidence.h"
#include "audit/case_text.h"
#include "base/alloc.h"
#include "verdict/body_names.h"

// Which (component, name) pairs are bound by some need.
struct bound {
    const struct cor_name *name;
    uint32_t component;
};

static int bound_order(const void *left, const void *right)
{
    const struct bound *a = left, *b = right;
    if (a->component != b->component)
        return a->component < b->component ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name); // looked up only, never listed
}

static enum cor_status collect_bound(const struct cor_pipeline *pipeline, struct bound **ret_bound)
{
    const struct cor_links *links = &pipeline->links;
    struct bound *bound = cor_alloc(links->providers.count * sizeof *bound);
    if (!bound)
        return COR_NOMEM;
    for (size_t i = 0; i < links->providers.count; i++)
        bound[i] = (struct bound){
            cor_provider_symbol(&pipeline->product, &links->providers.items[i])->name,
            links->providers.items[i].component};
    qsort(bound, links->providers.count, sizeof *bound, bound_order);
    *ret_bound = bound;
    return COR_OK;
}

static int name_order(const void *key, const void *item)
{
    return strcmp(key, ((const struct cor_case_symbol *)item)->name);
}

// The source uses it, no component needs it, and no other body could be meant.
static bool used_by_source(const struct cor_pipeline *pipeline, const struct cor_case *case_,
                           size_t needed, const struct cor_symbol *symbol)
{
    struct cor_uses uses = cor_source_uses(&pipeline->source, symbol->name);
    if (symbol->binding == COR_BIND_LOCAL ||
        cor_source_definitions(&pipeline->source, symbol->name).count ||
        (needed && bsearch(symbol->name->text, case_->symbols.items, needed,
                           sizeof *case_->symbols.items, name_order)))
        return false;
    for (size_t i = 0; i < uses.count; i++)
        if (uses.items[i].active)
            return true;
    return false;
}

static enum cor_status promote(struct cor_pipeline *pipeline, struct cor_case *case_, size_t number,
                               const struct cor_symbol *symbol, const struct cor_verdict *verdict)
{
    const struct cor_component *component = pipeline->product.components.items[number];
    struct cor_case_symbol row = {
        .name = symbol->name->text,
        .class_ = verdict->class_,
        .reason = verdict->reason,
        .flags = verdict->flags,
        .full = true,
        .finding =
            verdict->class_ == COR_CLASS_BINARY_ONLY || verdict->class_ == COR_CLASS_PREBUILT,
    };
    struct cor_case_provider provider = {.component = component->id,
                                         .address = symbol->address,
                                         .size = symbol->size,
                                         .how = "used by the released source"};
    if (symbol->section < component->sections.count)
        provider.section = component->sections.items[symbol->section];
    row.direction = row.finding ? COR_DIRECTION_RELEASED_TO_BINARY : COR_DIRECTION_NONE;
    const char **texts[] = {&row.name, &row.reason, &provider.section, &provider.how};
    enum cor_status status = cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
    if (status == COR_OK)
        status = cor_array_add(&case_->symbols, row);
    if (status != COR_OK)
        return status;
    struct cor_case_symbol *kept = &case_->symbols.items[case_->symbols.count - 1];
    case_->findings += kept->finding;
    case_->undetermined += kept->class_ == COR_CLASS_UNDETERMINED;
    case_->names++;
    status = cor_array_add(&kept->providers, provider);
    return status == COR_OK ? cor_case_add_evidence(pipeline, case_, symbol->name, kept) : status;
}

static enum cor_status add_function(struct cor_pipeline *pipeline, struct cor_case *case_,
                                    size_t number, const struct cor_symbol *symbol,
                                    const struct cor_verdict *verdict)
{
    const struct cor_component *component = pipeline->product.components.items[number];
    const struct cor_component_verdicts *verdicts = &pipeline->verdicts.components[number];
    bool lacking =
        verdict->class_ == COR_CLASS_BINARY_ONLY || verdict->class_ == COR_CLASS_PREBUILT;
    struct cor_case_function row = {
        .component = component->id,
        .name = symbol->name->text,
        .class_ = verdict->class_,
        .reason = verdict->reason,
        .address = symbol->address,
        .size = symbol->size,
        .finding = lacking && (verdicts->has_source || verdicts->copyleft),
    };
    if (symbol->section < component->sections.count)
        row.section = component->sections.items[symbol->section];
    const char **texts[] = {&row.name, &row.reason, &row.section};
    enum cor_status status = cor_case_texts(case_, texts, sizeof texts / sizeof *texts);
    case_->findings += row.finding;
    case_->undetermined += row.class_ == COR_CLASS_UNDETERMINED;
    return status == COR_OK ? cor_array_add(&case_->functions, row) : status;
}

// `needed`: how many rows the case has for needed names; they stand first and in name order.
static enum cor_status add_of(struct cor_pipeline *pipeline, struct cor_case *case_, size_t number,
                              size_t needed, const struct bound *bound)
{
    const struct cor_component *component = pipeline->product.components.items[number];
    const struct cor_component_verdicts *verdicts = &pipeline->verdicts.components[number];
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < component->defined.count; i++) {
        const struct cor_symbol *symbol = &component->defined.items[i];
        const struct cor_verdict *verdict = &verdicts->own[i];
        const struct bound key = {symbol->name, (uint32_t)number};
        if (!cor_symbol_is_function(symbol) || verdict->class_ == COR_CLASS_RELEASED ||
            verdict->class_ == COR_CLASS_TOOLCHAIN ||
            bsearch(&key, bound, pipeline->links.providers.count, sizeof key, bound_order))
            continue;
        status = used_by_source(pipeline, case_, needed, symbol)
                     ? promote(pipeline, case_, number, symbol, verdict)
                     : add_function(pipeline, case_, number, symbol, verdict);
    }
    return status;
}

static int symbol_order(const void *left, const void *right)
{
    const struct cor_case_symbol *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    if (order)
        return order;
    if (a->class_ != b->class_)
        return a->class_ < b->class_ ? -1 : 1;
    for (size_t i = 0; i < a->providers.count && i < b->providers.count; i++) {
        const struct cor_case_provider *x = &a->providers.items[i], *y = &b->providers.items[i];
        if (x->component != y->component)
            return x->component < y->component ? -1 : 1;
        if (x->address != y->address)
            return x->address < y->address ? -1 : 1;
    }
    return (a->providers.count > b->providers.count) - (a->providers.count < b->providers.count);
}

enum cor_status cor_case_add_functions(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    struct bound *bound = NULL;
    size_t before = case_->symbols.count;
    enum cor_status status = collect_bound(pipeline, &bound);
    for (size_t i = 0; status == COR_OK && i < pipeline->product.components.count; i++)
        if (pipeline->verdicts.components[i].judged &&
            pipeline->product.components.items[i]->defined_table != COR_TABLE_NONE)
            status = add_of(pipeline, case_, i, before, bound);
    if (case_->symbols.count > before)
        qsort(case_->symbols.items, case_->symbols.count, sizeof *case_->symbols.items,
              symbol_order);
    cor_free(bound);
    return status;
}
