// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Invocations of one form are expanded once.
#include "source/finish.h"

#include "source/words.h"

enum { VARIANTS = 64 };

static const size_t memory_limit = (size_t)96 << 20;

static bool means_the_same(struct cor_expander *expander, const struct cor_form_macro *macro)
{
    const struct cor_alternatives *now = cor_expander_alternatives(expander, macro->first);
    return now && now->count == macro->alternatives->count &&
           memcmp(now->items, macro->alternatives->items,
                  now->count * sizeof(struct cor_macro *)) == 0;
}

// Whether the form's results hold for these words in the file entered.
static bool holds(struct cor_finisher *finisher, const struct cor_form *form,
                  const struct cor_form_words *words)
{
    for (size_t i = 0; i < form->macro_count; i++)
        if (!means_the_same(&finisher->expander, &form->macros[i]))
            return false;
    for (size_t i = 0; i < form->pasted_count; i++) {
        struct cor_slice word = cor_form_fill(&finisher->forms, form->pasted[i], words);
        if (!word.data || cor_macro_in_scope(finisher->expander.scope, word) != COR_MACRO_NONE ||
            cor_word_class(word) != COR_WORD_PLAIN)
            return false;
    }
    return true;
}

static enum cor_status fill_in(struct cor_finisher *finisher,
                               const struct cor_invocation *invocation, const struct cor_form *form,
                               const struct cor_form_words *words)
{
    struct cor_census *census = finisher->census;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < form->event_count && status == COR_OK; i++) {
        const struct cor_form_event *event = &form->events[i];
        struct cor_kept what = event->what;
        what.through = event->through_macro ? invocation->name.data : NULL;
        if (event->through.size) {
            struct cor_slice through = cor_form_fill(&finisher->forms, event->through, words);
            what.through = through.data ? cor_arena_text(&census->arena, through) : NULL;
            status = what.through ? COR_OK : COR_NOMEM;
        }
        struct cor_slice name = cor_form_fill(&finisher->forms, event->name, words);
        if (status == COR_OK)
            status =
                name.data ? cor_census_define(census, name, invocation->line, &what) : COR_NOMEM;
    }
    return status;
}

// Expands the form's text; what it makes goes to the recorder.
static enum cor_status record(struct cor_finisher *finisher,
                              const struct cor_invocation *invocation, const struct cor_name *text)
{
    struct cor_form_recorder *recorder = &finisher->forms.recorder;
    struct cor_invocation marked = *invocation;
    marked.text = cor_slice(text->text, text->size - 1); // without its kind
    recorder->invocation = &marked;
    recorder->arena = &finisher->forms.arena;
    recorder->events.count = recorder->macros.count = recorder->pasted.count = 0;
    recorder->spoiled = false;
    finisher->census->recorder = finisher->expander.recorder = recorder;
    enum cor_status status = cor_finish_invocation(finisher, &marked);
    finisher->census->recorder = finisher->expander.recorder = NULL;
    return status;
}

static enum cor_status new_form(struct cor_finisher *finisher, const struct cor_form *next,
                                const struct cor_form **ret_form)
{
    const struct cor_form_recorder *recorder = &finisher->forms.recorder;
    struct cor_arena *arena = &finisher->forms.arena;
    struct cor_form *form = cor_arena_alloc(arena, 1, sizeof *form);
    if (!form)
        return COR_NOMEM;
    *form = (struct cor_form){.next = next,
                              .variant = next ? next->variant + 1 : 0,
                              .spoiled = recorder->spoiled,
                              .event_count = recorder->events.count,
                              .macro_count = recorder->macros.count,
                              .pasted_count = recorder->pasted.count};
    form->events =
        cor_arena_copy(arena, recorder->events.items, form->event_count * sizeof *form->events);
    form->macros =
        cor_arena_copy(arena, recorder->macros.items, form->macro_count * sizeof *form->macros);
    form->pasted =
        cor_arena_copy(arena, recorder->pasted.items, form->pasted_count * sizeof *form->pasted);
    if (!form->events || !form->macros || !form->pasted)
        return COR_NOMEM;
    *ret_form = form;
    return COR_OK;
}

// The kind of the invocation stands behind its text.
static enum cor_status name_form(struct cor_finisher *finisher,
                                 const struct cor_invocation *invocation,
                                 const struct cor_name **ret_name)
{
    struct cor_forms *forms = &finisher->forms;
    const struct cor_census_file *file = finisher->census->file;
    char kind = (char)('0' + invocation->assembly + 2 * invocation->active + 4 * file->header +
                       8 * (file->language == COR_LANGUAGE_CXX));
    enum cor_status status = cor_buffer_append(&forms->text, &kind, 1);
    if (status == COR_OK && !forms->texts && !(forms->texts = cor_names_new()))
        status = COR_NOMEM;
    return status == COR_OK
               ? cor_names_intern(forms->texts, cor_buffer_slice(&forms->text), ret_name)
               : status;
}

// A form is made when its text comes a second time.
static enum cor_status find_form(struct cor_finisher *finisher,
                                 const struct cor_invocation *invocation,
                                 const struct cor_form_words *words,
                                 const struct cor_form **ret_form)
{
    struct cor_forms *forms = &finisher->forms;
    const struct cor_name *text;
    const struct cor_form *first, *form;
    uint64_t known;
    *ret_form = NULL;
    enum cor_status status = name_form(finisher, invocation, &text);
    if (status != COR_OK)
        return status;
    if (!cor_map_get(&forms->by_text, text, &known))
        return cor_map_put(&forms->by_text, text, 0);
    first = (const struct cor_form *)(uintptr_t)known;
    for (form = first; form; form = form->next)
        if (form->spoiled || holds(finisher, form, words)) {
            *ret_form = form->spoiled ? NULL : form;
            return COR_OK;
        }
    if ((first && first->variant + 1 >= VARIANTS) || forms->arena.total > memory_limit)
        return COR_OK;
    status = record(finisher, invocation, text);
    if (status == COR_OK)
        status = new_form(finisher, first, &form);
    if (status == COR_OK)
        status = cor_map_put(&forms->by_text, text, (uintptr_t)form);
    if (status == COR_OK && !form->spoiled && holds(finisher, form, words))
        *ret_form = form;
    return status;
}

enum cor_status cor_finish_form(struct cor_finisher *finisher,
                                const struct cor_invocation *invocation, bool *ret_done)
{
    struct cor_form_words words;
    const struct cor_form *form = NULL;
    bool possible;
    *ret_done = false;
    cor_expander_enter(&finisher->expander, finisher->census->file);
    enum cor_status status =
        cor_form_text(&finisher->forms, finisher->expander.scope, invocation, &words, &possible);
    if (status == COR_OK && possible)
        status = find_form(finisher, invocation, &words, &form);
    if (status == COR_OK && form) {
        *ret_done = true;
        status = fill_in(finisher, invocation, form, &words);
    }
    return status;
}
