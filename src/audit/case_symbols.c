// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One row for each needed name, class and set of providers.
#include <stdlib.h>
#include <string.h>

#include "audit/case_evidence.h"
#include "audit/case_text.h"
#include "base/alloc.h"

struct need {
    const struct cor_component *component;
    const struct cor_symbol *symbol;
    const struct cor_verdict *verdict;
    const struct cor_provider *providers;
    uint32_t provider_count, number; // index of the component in the product
};

static int provider_order(const struct need *a, const struct need *b)
{
    for (uint32_t i = 0; i < a->provider_count && i < b->provider_count; i++) {
        if (a->providers[i].component != b->providers[i].component)
            return a->providers[i].component < b->providers[i].component ? -1 : 1;
        if (a->providers[i].symbol != b->providers[i].symbol)
            return a->providers[i].symbol < b->providers[i].symbol ? -1 : 1;
    }
    return (a->provider_count > b->provider_count) - (a->provider_count < b->provider_count);
}

static int group_order(const struct need *a, const struct need *b)
{
    int order = cor_name_order(a->symbol->name, b->symbol->name);
    if (order)
        return order;
    if (a->verdict->class_ != b->verdict->class_)
        return a->verdict->class_ < b->verdict->class_ ? -1 : 1;
    return provider_order(a, b);
}

static int need_order(const void *left, const void *right)
{
    const struct need *a = left, *b = right;
    int order = group_order(a, b);
    if (order)
        return order;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return (a->symbol->row > b->symbol->row) - (a->symbol->row < b->symbol->row);
}

static size_t count_needs(const struct cor_pipeline *pipeline)
{
    size_t count = 0;
    for (size_t i = 0; i < pipeline->product.components.count; i++)
        if (pipeline->verdicts.components[i].judged)
            count += pipeline->product.components.items[i]->undefined.count;
    return count;
}

static void collect(const struct cor_pipeline *pipeline, struct need *needs)
{
    for (size_t i = 0; i < pipeline->product.components.count; i++) {
        const struct cor_component *component = pipeline->product.components.items[i];
        const struct cor_component_verdicts *verdicts = &pipeline->verdicts.components[i];
        for (size_t k = 0; verdicts->judged && k < component->undefined.count; k++) {
            const struct cor_resolution *resolution = &pipeline->links.components[i].resolutions[k];
            *needs++ = (struct need){
                .component = component,
                .symbol = &component->undefined.items[k],
                .verdict = &verdicts->needs[k],
                .providers =
                    resolution->count ? &pipeline->links.providers.items[resolution->first] : NULL,
                .provider_count = resolution->count,
                .number = (uint32_t)i,
            };
        }
    }
}

static bool open_side(const struct cor_pipeline *pipeline, uint32_t number)
{
    const struct cor_component_verdicts *verdicts = &pipeline->verdicts.components[number];
    return verdicts->has_source || verdicts->copyleft;
}

// A finding is what a component with released bodies or a copyleft licence needs, or itself has,
// without a body in the release.
static void judge_finding(const struct cor_pipeline *pipeline, const struct need *group,
                          size_t count, struct cor_case_symbol *row)
{
    bool needed_openly = false, provided_openly = false;
    for (size_t i = 0; i < count; i++)
        needed_openly = needed_openly || open_side(pipeline, group[i].number);
    if (group->provider_count)
        provided_openly = open_side(pipeline, group->providers[0].component);
    if (row->class_ != COR_CLASS_BINARY_ONLY && row->class_ != COR_CLASS_PREBUILT &&
        row->class_ != COR_CLASS_UNRESOLVED)
        return;
    row->finding = needed_openly || provided_openly;
    row->direction = needed_openly     ? COR_DIRECTION_RELEASED_TO_BINARY
                     : provided_openly ? COR_DIRECTION_BINARY_TO_RELEASED
                                       : COR_DIRECTION_BINARY_TO_BINARY;
}

static enum cor_status add_needers(const struct need *group, size_t count,
                                   struct cor_case_symbol *row)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < count; i++) {
        const struct cor_case_need need = {group[i].component->id, group[i].symbol->row,
                                           group[i].symbol->binding == COR_BIND_WEAK};
        if (i > 0 && group[i].component == group[i - 1].component)
            continue;
        status = cor_array_add(&row->needed_by, need);
    }
    return status;
}

static enum cor_status add_providers(const struct cor_pipeline *pipeline, struct cor_case *case_,
                                     const struct need *group, struct cor_case_symbol *row)
{
    enum cor_status status = COR_OK;
    for (uint32_t i = 0; status == COR_OK && i < group->provider_count; i++) {
        const struct cor_provider *link = &group->providers[i];
        const struct cor_component *component = pipeline->product.components.items[link->component];
        const struct cor_symbol *symbol = cor_provider_symbol(&pipeline->product, link);
        struct cor_case_provider provider = {
            .component = component->id,
            .address = symbol->address,
            .size = symbol->size,
            .how = pipeline->links.components[group->number].rule,
        };
        if (symbol->section < component->sections.count)
            provider.section = component->sections.items[symbol->section];
        row->data = !cor_symbol_is_function(symbol);
        status = cor_case_text(case_, &provider.section);
        if (status == COR_OK)
            status = cor_case_text(case_, &provider.how);
        if (status == COR_OK)
            status = cor_array_add(&row->providers, provider);
    }
    return status;
}

static const struct cor_resolution *resolution_of(const struct cor_pipeline *pipeline,
                                                  const struct need *need)
{
    size_t row = (size_t)(need->symbol - need->component->undefined.items);
    return &pipeline->links.components[need->number].resolutions[row];
}

static enum cor_status add_row(struct cor_pipeline *pipeline, struct cor_case *case_,
                               const struct need *group, size_t count)
{
    struct cor_case_symbol row = {
        .name = group->symbol->name->text,
        .class_ = group->verdict->class_,
        .reason = group->verdict->reason,
        .flags = group->verdict->flags,
        .full = cor_pipeline_lists(pipeline, group->verdict->class_, group->symbol->name),
    };
    enum cor_status status = cor_array_reserve(&case_->symbols, 1);
    if (status != COR_OK)
        return status;
    struct cor_case_symbol *kept = &case_->symbols.items[case_->symbols.count++];
    judge_finding(pipeline, group, count, &row);
    for (size_t i = 0; i < count; i++)
        if (resolution_of(pipeline, &group[i])->version_differs)
            row.flags |= COR_FLAG_VERSION_DIFFERS;
    *kept = row;
    status = cor_case_text(case_, &kept->name);
    if (status == COR_OK)
        status = cor_case_text(case_, &kept->reason);
    if (status == COR_OK)
        status = add_needers(group, count, kept);
    if (status == COR_OK)
        status = add_providers(pipeline, case_, group, kept);
    if (status == COR_OK)
        status = cor_case_add_bodies(pipeline, case_, group->symbol, group->component,
                                     group->provider_count ? group->providers : NULL, kept);
    if (status == COR_OK && kept->full)
        status = cor_case_add_evidence(pipeline, case_, group->symbol->name, kept);
    return status;
}

// A release alone: what its objects need and neither side has (a kernel's API, say) is counted.
static bool is_outside(const struct cor_pipeline *pipeline, const struct need *need)
{
    return pipeline->release_alone && !need->provider_count &&
           (need->verdict->class_ == COR_CLASS_UNDETERMINED ||
            need->verdict->class_ == COR_CLASS_UNRESOLVED);
}

static enum cor_status group_all(struct cor_pipeline *pipeline, struct cor_case *case_,
                                 const struct need *needs, size_t count, struct cor_map *outside)
{
    enum cor_status status = COR_OK;
    for (size_t first = 0, end; status == COR_OK && first < count; first = end) {
        for (end = first + 1; end < count && group_order(&needs[first], &needs[end]) == 0; end++)
            ;
        if (is_outside(pipeline, &needs[first])) {
            status = cor_map_put(outside, needs[first].symbol->name, 1);
            continue;
        }
        status = add_row(pipeline, case_, &needs[first], end - first);
        bool new_name = first == 0 || needs[first].symbol->name != needs[first - 1].symbol->name;
        if (status == COR_OK) {
            const struct cor_case_symbol *row = &case_->symbols.items[case_->symbols.count - 1];
            case_->names += new_name;
            case_->findings += row->finding;
            case_->undetermined += row->class_ == COR_CLASS_UNDETERMINED;
        }
    }
    return status;
}

enum cor_status cor_case_add_symbols(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    size_t count = count_needs(pipeline);
    struct need *needs = cor_alloc(count * sizeof *needs);
    if (!needs)
        return COR_NOMEM;
    collect(pipeline, needs);
    qsort(needs, count, sizeof *needs, need_order);
    struct cor_map outside;
    cor_map_init(&outside);
    enum cor_status status = group_all(pipeline, case_, needs, count, &outside);
    if (status == COR_OK && pipeline->release_alone)
        status = cor_case_count_outside(pipeline, case_, &outside);
    cor_map_dispose(&outside);
    cor_free(needs);
    return status;
}
