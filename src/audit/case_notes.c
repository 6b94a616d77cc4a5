// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Sentences for whoever reads the case: what was left out, and what limits it.
#include <inttypes.h>

#include "audit/case_text.h"

static enum cor_status add_note(struct cor_case *case_, const char *note)
{
    return note ? cor_array_add(&case_->notes, note) : COR_NOMEM;
}

static size_t count_state(const struct cor_case *case_, enum cor_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < case_->members.count; i++)
        count += case_->members.items[i].state == state;
    return count;
}

static enum cor_status note_excluded(const struct cor_pipeline *pipeline, struct cor_case *case_)
{
    size_t count = count_state(case_, COR_STATE_EXCLUDED);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->options->exclude_count; i++)
        status = add_note(case_, cor_arena_printf(&case_->arena, "--exclude %s was given",
                                                  pipeline->options->exclude[i]));
    if (status == COR_OK && pipeline->options->exclude_count)
        status =
            add_note(case_, cor_arena_printf(&case_->arena,
                                             "%zu %s left out by --exclude; what stands in "
                                             "them was not searched",
                                             count, count == 1 ? "member was" : "members were"));
    return status;
}

static enum cor_status note_damage(const struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->product.components.count; i++) {
        const struct cor_component *component = pipeline->product.components.items[i];
        if (component->damage && cor_pipeline_is_subject(pipeline, component))
            status = add_note(case_, cor_arena_printf(&case_->arena, "%s was read in part: %s",
                                                      component->path, component->damage));
    }
    return status;
}

static enum cor_status note_uses(const struct cor_pipeline *pipeline, struct cor_case *case_)
{
    uint64_t count = pipeline->source.uses_left_out;
    if (!count)
        return COR_OK;
    return add_note(case_, cor_arena_printf(
                               &case_->arena, "%" PRIu64 " further %s through macros %s not listed",
                               count, count == 1 ? "use" : "uses", count == 1 ? "is" : "are"));
}

// Contradictions between the two sides of a link, and what is loaded by name.
static enum cor_status note_links(const struct cor_pipeline *pipeline, struct cor_case *case_)
{
    struct cor_component *const *items = pipeline->product.components.items;
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->links.notes.count; i++) {
        const char *text = pipeline->links.notes.items[i];
        status = cor_case_text(case_, &text);
        if (status == COR_OK)
            status = add_note(case_, text);
    }
    for (size_t i = 0; status == COR_OK && i < pipeline->links.loads.count; i++) {
        const struct cor_load *load = &pipeline->links.loads.items[i];
        status = add_note(case_, cor_arena_printf(&case_->arena,
                                                  "%s names %s (\"%s\") and may load it when it "
                                                  "runs (dlopen)",
                                                  items[load->user]->path,
                                                  items[load->library]->path, load->name));
    }
    return status;
}

// What the shipped side says of itself: the order of boot modules, the sums of packages.
static enum cor_status note_manifests(const struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    const struct cor_walk *walk = pipeline->shipped_walk;
    for (size_t i = 0; status == COR_OK && walk && i < cor_walk_note_count(walk); i++) {
        const char *text = cor_walk_note(walk, i);
        status = cor_case_text(case_, &text);
        if (status == COR_OK)
            status = add_note(case_, text);
    }
    return status;
}

// Each side says which version it is.
static enum cor_status note_versions(const struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->verdicts.notes.count; i++) {
        const char *text = pipeline->verdicts.notes.items[i];
        status = cor_case_text(case_, &text);
        if (status == COR_OK)
            status = add_note(case_, text);
    }
    return status;
}

enum cor_status cor_case_add_notes(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = note_excluded(pipeline, case_);
    if (status == COR_OK && pipeline->options->unprotected)
        status = add_note(case_, "--no-sandbox was given: the inputs were read unprotected");
    if (status == COR_OK)
        status = note_damage(pipeline, case_);
    if (status == COR_OK)
        status = note_uses(pipeline, case_);
    if (status == COR_OK)
        status = note_versions(pipeline, case_);
    if (status == COR_OK)
        status = note_manifests(pipeline, case_);
    return status == COR_OK ? note_links(pipeline, case_) : status;
}
