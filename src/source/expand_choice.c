// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which alternative of a macro is meant, and which runs are to be made for the others.
#include "source/expansion.h"
#include "source/forms.h"

enum { RUN_LIMIT = 160 };

const struct cor_alternatives *cor_expander_alternatives(struct cor_expander *expander,
                                                         struct cor_macro *first)
{
    uint64_t known;
    if (cor_map_get(&expander->alternatives, first, &known))
        return (const struct cor_alternatives *)(uintptr_t)known;
    struct cor_alternatives found;
    cor_macro_alternatives(first, expander->file, expander->includes_of, &found);
    size_t size = offsetof(struct cor_alternatives, items) + found.count * sizeof *found.items;
    void *kept = cor_scratch_take(&expander->file_scratch, size);
    if (!kept || cor_map_put(&expander->alternatives, first, (uintptr_t)kept) != COR_OK) {
        cor_expander_fail(expander, COR_NOMEM);
        return NULL;
    }
    memcpy(kept, &found, size);
    return kept;
}

static bool already_met(const struct cor_expander *expander, const struct cor_macro *first)
{
    for (size_t i = 0; i < expander->met.count; i++)
        if (expander->met.items[i] == first)
            return true;
    return false;
}

// The other alternatives of a macro that is met for the first time get a run each.
static void plan_runs(struct cor_expander *expander, const struct cor_macro *first, unsigned count,
                      unsigned chosen)
{
    if (already_met(expander, first))
        return;
    if (cor_array_add(&expander->met, first) != COR_OK) {
        cor_expander_fail(expander, COR_NOMEM);
        return;
    }
    for (unsigned i = 0; i < count; i++) {
        if (i == chosen)
            continue;
        unsigned known = expander->run->count;
        struct cor_choice *choices =
            cor_scratch_take(&expander->plan_scratch, (known + 1) * sizeof *choices);
        if (!choices || expander->runs.count >= RUN_LIMIT) {
            if (!choices)
                cor_expander_fail(expander, COR_NOMEM);
            return;
        }
        if (known)
            memcpy(choices, expander->run->choices, known * sizeof *choices);
        choices[known] = (struct cor_choice){first, i};
        struct cor_expand_run run = {choices, known + 1};
        if (cor_array_add(&expander->runs, run) != COR_OK)
            cor_expander_fail(expander, COR_NOMEM);
    }
}

static const struct cor_census_file *enclosing_file(const struct cor_expander *expander)
{
    for (size_t i = expander->contexts.count; i-- > 0;)
        if (expander->contexts.items[i].macro)
            return expander->contexts.items[i].macro->file;
    return NULL;
}

struct cor_macro *cor_expand_choose(struct cor_expander *expander, struct cor_macro *first)
{
    const struct cor_alternatives *alternatives = cor_expander_alternatives(expander, first);
    if (!alternatives)
        return NULL;
    if (expander->recorder)
        cor_expander_fail(expander, cor_form_note_macro(expander->recorder, first, alternatives));
    if (!alternatives->count)
        return NULL;
    if (alternatives->count == 1)
        return alternatives->items[0];
    for (unsigned i = 0; i < expander->run->count; i++)
        if (expander->run->choices[i].name == first)
            return alternatives->items[expander->run->choices[i].index];
    // Unless told otherwise, a macro means its neighbours.
    const struct cor_census_file *near = enclosing_file(expander);
    unsigned chosen = 0;
    for (unsigned i = alternatives->items[0] ? alternatives->count : 0; near && i-- > 0;)
        if (alternatives->items[i] && alternatives->items[i]->file == near)
            chosen = i;
    plan_runs(expander, first, alternatives->count, chosen);
    return alternatives->items[chosen];
}
