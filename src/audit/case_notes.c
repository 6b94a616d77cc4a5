// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Sentences about links: contradictions between the sides, and what is loaded by name.
#include "audit/case_text.h"

static enum cor_status add_note(struct cor_case *case_, const char *text)
{
    enum cor_status status = cor_case_text(case_, &text);
    return status == COR_OK ? cor_array_add(&case_->notes, text) : status;
}

static enum cor_status add_load(struct cor_pipeline *pipeline, struct cor_case *case_,
                                const struct cor_load *load)
{
    struct cor_component *const *items = pipeline->product.components.items;
    const char *text = cor_arena_printf(
        &case_->arena, "%s names %s (\"%s\") and may load it when it runs (dlopen)",
        items[load->user]->path, items[load->library]->path, load->name);
    return text ? cor_array_add(&case_->notes, text) : COR_NOMEM;
}

enum cor_status cor_case_add_notes(struct cor_pipeline *pipeline, struct cor_case *case_)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pipeline->links.notes.count; i++)
        status = add_note(case_, pipeline->links.notes.items[i]);
    for (size_t i = 0; status == COR_OK && i < pipeline->links.loads.count; i++)
        status = add_load(pipeline, case_, &pipeline->links.loads.items[i]);
    return status;
}
