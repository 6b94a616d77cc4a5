// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/audit.h"

#include <inttypes.h>
#include <string.h>

#include "audit/case_text.h"
#include "audit/source_lines.h"
#include "base/interrupt.h"
#include "base/watch.h"

#ifndef COR_VERSION
#define COR_VERSION "0"
#endif

static void pipeline_init(struct cor_pipeline *pipeline, const struct cor_audit_options *options)
{
    *pipeline = (struct cor_pipeline){.options = options};
    cor_arena_init(&pipeline->arena);
    cor_product_init(&pipeline->product);
    cor_source_facts_init(&pipeline->source);
    cor_links_init(&pipeline->links);
    cor_verdicts_init(&pipeline->verdicts);
    cor_map_init(&pipeline->interest);
    cor_map_init(&pipeline->wanted);
    cor_map_init(&pipeline->line_files);
    pthread_mutex_init(&pipeline->product_lock, NULL);
}

static void pipeline_dispose(struct cor_pipeline *pipeline)
{
    cor_workers_free(pipeline->workers);
    cor_recogniser_free(pipeline->recogniser);
    for (size_t i = 0; pipeline->references && i < pipeline->product.components.count; i++)
        cor_references_dispose(&pipeline->references[i]);
    for (size_t i = 0; pipeline->lines && i < pipeline->product.components.count; i++)
        cor_source_lines_close(&pipeline->lines[i]);
    cor_verdicts_dispose(&pipeline->verdicts);
    cor_links_dispose(&pipeline->links);
    cor_source_facts_dispose(&pipeline->source);
    cor_product_dispose(&pipeline->product);
    for (size_t i = 0; i < pipeline->walks.count; i++)
        cor_walk_free(pipeline->walks.items[i]);
    cor_array_dispose(&pipeline->walks);
    cor_array_dispose(&pipeline->unread_source);
    cor_array_dispose(&pipeline->unread_shipped);
    cor_array_dispose(&pipeline->debug_files);
    cor_array_dispose(&pipeline->inputs);
    cor_map_dispose(&pipeline->interest);
    cor_map_dispose(&pipeline->wanted);
    cor_map_dispose(&pipeline->line_files);
    cor_names_free(pipeline->names);
    cor_arena_dispose(&pipeline->arena);
    pthread_mutex_destroy(&pipeline->product_lock);
}

static enum cor_status start(struct cor_pipeline *pipeline)
{
    const struct cor_audit_options *options = pipeline->options;
    pipeline->names = cor_names_new();
    pipeline->worker_count = cor_watch_alone()  ? 1
                             : options->workers ? options->workers
                                                : cor_processors();
    pipeline->workers = cor_workers_new(pipeline->worker_count, (size_t)options->limits.held_bytes);
    pipeline->release_alone = true;
    for (size_t i = 0; i < options->input_count; i++)
        if (options->inputs[i].role == COR_ROLE_SHIPPED)
            pipeline->release_alone = false;
    return pipeline->names && pipeline->workers ? COR_OK : COR_NOMEM;
}

// Bytes of all inputs of a role.
static uint64_t bytes_of(const struct cor_pipeline *pipeline, enum cor_role role)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < pipeline->inputs.count; i++)
        if (pipeline->inputs.items[i].role == role)
            sum += pipeline->inputs.items[i].size;
    return sum;
}

static enum cor_status read_inputs(struct cor_pipeline *pipeline)
{
    struct cor_progress *progress = pipeline->options->progress;
    enum cor_role subject = pipeline->release_alone ? COR_ROLE_SOURCE : COR_ROLE_SHIPPED;
    struct cor_walk *other;
    cor_progress_stage(progress, "reading binaries",
                       bytes_of(pipeline, subject) + bytes_of(pipeline, COR_ROLE_SYSTEM) +
                           bytes_of(pipeline, COR_ROLE_TOOLCHAIN) +
                           bytes_of(pipeline, COR_ROLE_DEBUG));
    enum cor_status status = cor_pipeline_binaries(pipeline, subject, &pipeline->shipped_walk);
    if (pipeline->release_alone)
        pipeline->shipped_walk = NULL;
    if (status == COR_OK)
        status = cor_pipeline_binaries(pipeline, COR_ROLE_SYSTEM, &other);
    if (status == COR_OK)
        status = cor_pipeline_binaries(pipeline, COR_ROLE_TOOLCHAIN, &other);
    if (status == COR_OK)
        status = cor_pipeline_debug(pipeline);
    if (status == COR_OK)
        status = cor_pipeline_interest(pipeline);
    cor_progress_stage(progress, "reading source", bytes_of(pipeline, COR_ROLE_SOURCE));
    if (status == COR_OK)
        status = cor_pipeline_census(pipeline);
    return status;
}

static enum cor_status list_unread(struct cor_pipeline *pipeline)
{
    enum cor_status status = COR_OK;
    const struct cor_walk *source = pipeline->source_walk, *shipped = pipeline->shipped_walk;
    for (size_t i = 0; status == COR_OK && source && i < cor_walk_count(source); i++) {
        const struct cor_member *member = cor_walk_member(source, i);
        if (member->state == COR_STATE_UNREAD && member->may_hide_source)
            status = cor_array_add(&pipeline->unread_source,
                                   (struct cor_unread){member->path, member->reason});
    }
    // A symbol table that was read in part may have held what nobody else has.
    for (size_t i = 0; status == COR_OK && i < pipeline->product.components.count; i++) {
        const struct cor_component *component = pipeline->product.components.items[i];
        if (component->role == COR_ROLE_SHIPPED && component->damage)
            status = cor_array_add(&pipeline->unread_shipped,
                                   (struct cor_unread){component->path, component->damage});
    }
    for (size_t i = 0; status == COR_OK && shipped && i < cor_walk_count(shipped); i++) {
        const struct cor_member *member = cor_walk_member(shipped, i);
        if (member->state == COR_STATE_UNREAD && member->may_hide_code)
            status = cor_array_add(&pipeline->unread_shipped,
                                   (struct cor_unread){member->path, member->reason});
    }
    return status;
}

// Of the system's components only those that something is bound to are worth a line.
static enum cor_status drop_idle(struct cor_pipeline *pipeline)
{
    size_t count = pipeline->product.components.count;
    bool *keep = cor_arena_alloc(&pipeline->arena, count, sizeof *keep);
    if (!keep)
        return COR_NOMEM;
    for (size_t i = 0; i < count; i++) {
        enum cor_role role = pipeline->product.components.items[i]->role;
        keep[i] = role == COR_ROLE_SHIPPED || role == COR_ROLE_SOURCE;
    }
    for (size_t i = 0; i < pipeline->links.providers.count; i++)
        keep[pipeline->links.providers.items[i].component] = true;
    cor_product_keep(&pipeline->product, keep);
    return COR_OK;
}

static enum cor_status judge(struct cor_pipeline *pipeline)
{
    cor_progress_stage(pipeline->options->progress, "judging", 0);
    cor_product_number(&pipeline->product);
    enum cor_status status = cor_product_find_kernels(&pipeline->product);
    if (status == COR_OK)
        status = cor_linkage_resolve(&pipeline->product, &pipeline->links);
    if (status == COR_OK)
        status = drop_idle(pipeline);
    if (status == COR_OK)
        status = list_unread(pipeline);
    if (status != COR_OK)
        return status;
    const struct cor_evidence evidence = {
        .product = &pipeline->product,
        .links = &pipeline->links,
        .source = &pipeline->source,
        .names = pipeline->names,
        .unread_source = pipeline->unread_source.items,
        .unread_source_count = pipeline->unread_source.count,
        .unread_shipped = pipeline->unread_shipped.items,
        .unread_shipped_count = pipeline->unread_shipped.count,
        .inputs = pipeline->inputs.items,
        .input_count = pipeline->inputs.count,
    };
    return cor_judge(&evidence, pipeline->workers, &pipeline->verdicts);
}

static enum cor_status collect_evidence(struct cor_pipeline *pipeline)
{
    cor_progress_stage(pipeline->options->progress, "collecting evidence",
                       bytes_of(pipeline, COR_ROLE_SOURCE) + bytes_of(pipeline, COR_ROLE_SHIPPED));
    pipeline->second_reading = true;
    enum cor_status status = cor_pipeline_wanted(pipeline);
    if (status == COR_OK)
        status = cor_pipeline_evidence(pipeline);
    if (status == COR_OK)
        status = cor_pipeline_references(pipeline);
    return status;
}

static enum cor_status add_option(struct cor_case *case_, const char *name, const char *value)
{
    struct cor_case_option option = {name, value};
    enum cor_status status = cor_case_text(case_, &option.value);
    return status == COR_OK ? cor_array_add(&case_->options, option) : status;
}

// Budgets that are not the default.
static enum cor_status add_limits(const struct cor_limits *limits, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < cor_limit_count; i++) {
        uint64_t value = cor_limit_get(limits, i);
        if (value == cor_limit_get(&cor_default_limits, i))
            continue;
        const char *text = cor_arena_printf(&case_->arena, "%" PRIu64, value);
        status = text ? cor_array_add(&case_->options,
                                      (struct cor_case_option){cor_limit_names[i], text})
                      : COR_NOMEM;
    }
    return status;
}

static enum cor_status add_options(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    const struct cor_audit_options *options = pipeline->options;
    enum cor_status status = options->all ? add_option(case_, "all", NULL) : COR_OK;
    if (status == COR_OK && options->unprotected)
        status = add_option(case_, "no-sandbox", NULL);
    if (status == COR_OK)
        status = add_limits(&options->limits, case_);
    for (size_t i = 0; status == COR_OK && i < options->exclude_count; i++)
        status = add_option(case_, "exclude", options->exclude[i]);
    for (size_t i = 0; status == COR_OK && i < options->expect_count; i++)
        status = add_option(case_, "expect", options->expect[i]);
    return status;
}

static enum cor_status build_case(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    static const struct {
        enum cor_status (*add)(struct cor_pipeline *pipeline, struct cor_case *case_);
    } parts[] = {
        {add_options},          {cor_case_add_inputs},       {cor_case_add_components},
        {cor_case_add_symbols}, {cor_case_add_source_files}, {cor_case_add_functions},
        {cor_case_add_works},   {cor_case_add_crossings},    {cor_case_add_notes},
    };
    enum cor_status status = COR_OK;
    case_->tool_name = "correspond";
    case_->tool_version = COR_VERSION;
    pipeline->cited =
        cor_arena_alloc(&pipeline->arena, pipeline->source.files.count + 1, sizeof(bool));
    if (!pipeline->cited)
        return COR_NOMEM;
    for (size_t i = 0; status == COR_OK && i < sizeof parts / sizeof *parts; i++)
        status = parts[i].add(pipeline, case_);
    return status;
}

static enum cor_status run(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    static enum cor_status (*const stages[])(struct cor_pipeline * pipeline) = {
        start, cor_pipeline_inputs, read_inputs, judge, collect_evidence,
    };
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < sizeof stages / sizeof *stages; i++)
        status = cor_interrupted() ? COR_INTERRUPTED : stages[i](pipeline);
    return status == COR_OK ? build_case(pipeline, case_) : status;
}

enum cor_status cor_audit(const struct cor_audit_options *options, struct cor_case *case_)
{
    struct cor_pipeline pipeline;
    pipeline_init(&pipeline, options);
    enum cor_status status = run(&pipeline, case_);
    if (status == COR_NOMEM)
        status = cor_fail(options->diag, COR_FATAL, COR_NOMEM, "audit", "out of memory");
    pipeline_dispose(&pipeline);
    return status;
}

int cor_audit_outcome(const struct cor_case *case_)
{
    const struct cor_case_source *source = &case_->source;
    if (case_->component_total == 0 ||
        (source->c_files + source->assembly_files == 0 && source->definitions == 0))
        return 3;
    if (case_->findings > case_->excused_findings)
        return 1;
    return case_->undetermined > case_->excused_undetermined ? 4 : 0;
}
