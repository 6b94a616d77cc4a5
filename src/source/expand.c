// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/expansion.h"

#include "source/chars.h"

enum { OUT_LIMIT = 1 << 20 };

void cor_expander_init(struct cor_expander *expander, const struct cor_macro_scope *scope,
                       const struct cor_include **includes_of, struct cor_arena *arena)
{
    *expander = (struct cor_expander){.scope = scope, .includes_of = includes_of, .arena = arena};
    cor_scratch_init(&expander->scratch);
    cor_scratch_init(&expander->plan_scratch);
    cor_scratch_init(&expander->file_scratch);
    cor_map_init(&expander->alternatives);
    cor_buffer_init(&expander->out, OUT_LIMIT);
}

void cor_expander_dispose(struct cor_expander *expander)
{
    cor_scratch_dispose(&expander->scratch);
    cor_scratch_dispose(&expander->plan_scratch);
    cor_scratch_dispose(&expander->file_scratch);
    cor_map_dispose(&expander->alternatives);
    cor_array_dispose(&expander->contexts);
    cor_array_dispose(&expander->runs);
    cor_array_dispose(&expander->met);
    cor_buffer_dispose(&expander->out);
}

// --- words ------------------------------------------------------------------------------------

static bool in_progress(const struct cor_expander *expander, const struct cor_macro *first)
{
    for (size_t i = expander->contexts.count; i-- > 0;)
        if (expander->contexts.items[i].first == first)
            return true;
    return false;
}

// True when the word was a macro and its expansion was pushed.
static bool expand_word(struct cor_expander *expander, size_t base, struct cor_token *token)
{
    if (token->flags & COR_TOKEN_BLOCKED)
        return false;
    if (token->macro == COR_MACRO_NOT_LOOKED_UP)
        token->macro = cor_macro_in_scope(expander->scope, cor_token_slice(token));
    if (token->macro == COR_MACRO_NONE)
        return false;
    struct cor_macro *first = cor_macro_numbered(expander->scope, token->macro);
    if (in_progress(expander, first)) {
        token->flags |= COR_TOKEN_BLOCKED;
        return false;
    }
    struct cor_macro *macro = cor_expand_choose(expander, first);
    if (!macro)
        return false;
    const struct cor_token *next = macro->function_like ? cor_expand_peek(expander, base) : NULL;
    if (macro->function_like && (!next || next->mark != '('))
        return false;
    const struct cor_macro_body *body =
        cor_macro_body(macro, expander->full, expander->scope, expander->arena, &expander->scratch);
    if (!body) {
        cor_expander_fail(expander, COR_NOMEM);
        return false;
    }
    struct cor_argument arguments[COR_ARGUMENT_LIMIT];
    unsigned count = 0;
    if (macro->function_like) {
        cor_expand_take(expander, base);
        if (!cor_expand_read_arguments(expander, base, body, arguments, &count))
            return false;
    }
    expander->expanded = true;
    return cor_expand_substituted(expander, first, macro, body, arguments, count);
}

bool cor_expand_next(struct cor_expander *expander, size_t base, struct cor_token *ret_token)
{
    while (cor_expander_going(expander)) {
        const struct cor_token *token = cor_expand_take(expander, base);
        if (!token)
            return false;
        *ret_token = *token;
        if (token->kind != COR_TOKEN_WORD || token->macro == COR_MACRO_NONE ||
            !expand_word(expander, base, ret_token))
            return cor_expander_going(expander);
    }
    return false;
}

// --- results ----------------------------------------------------------------------------------

static void put(struct cor_expander *expander, const struct cor_token *token)
{
    struct cor_buffer *out = &expander->out;
    bool glue = out->size && cor_is_word(out->data[out->size - 1]) &&
                (cor_is_word(token->text[0]) || token->text[0] == '"');
    enum cor_status status = COR_OK;
    if (token->flags & COR_TOKEN_SPACED || glue)
        status = cor_buffer_append(out, " ", 1);
    if (status == COR_OK)
        status = cor_buffer_append(out, token->text, token->size);
    if (status == COR_LIMIT)
        expander->overflow = true;
    else if (status != COR_OK)
        cor_expander_fail(expander, status);
}

static void expand_all(struct cor_expander *expander, const struct cor_token *tokens, size_t count)
{
    unsigned brace = 0;
    expander->contexts.count = 0;
    expander->out.size = 0;
    expander->steps = 0;
    if (!cor_expand_push(expander, tokens, count, NULL, NULL))
        return;
    while (cor_expander_going(expander)) {
        struct cor_token token;
        const struct cor_token *raw =
            brace && !expander->full ? cor_expand_take(expander, 0) : NULL;
        if (raw)
            token = *raw;
        else if ((brace && !expander->full) || !cor_expand_next(expander, 0, &token))
            break;
        put(expander, &token);
        brace += token.mark == '{';
        brace -= token.mark == '}' && brace;
    }
}

static const struct cor_token *lex_all(struct cor_expander *expander, struct cor_slice text,
                                       size_t *ret_count)
{
    struct cor_token_list list = {0};
    struct cor_lexer lexer;
    struct cor_token token;
    cor_lexer_init(&lexer, text.data, text.size);
    lexer.directives = false;
    for (;;) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END || expander->status != COR_OK)
            break;
        if (token.kind == COR_TOKEN_WORD)
            token.macro = cor_macro_in_scope(expander->scope, cor_token_slice(&token));
        cor_expand_append(expander, &list, &token);
    }
    *ret_count = list.count;
    return cor_expand_settle(&list);
}

void cor_expander_enter(struct cor_expander *expander, const struct cor_census_file *file)
{
    if (expander->file == file)
        return;
    cor_map_dispose(&expander->alternatives);
    cor_scratch_reset(&expander->file_scratch);
    expander->file = file;
}

enum cor_status cor_expand(struct cor_expander *expander, const struct cor_census_file *file,
                           struct cor_slice text, bool full,
                           enum cor_status (*take_result)(void *context, struct cor_slice result),
                           void *context)
{
    cor_expander_enter(expander, file);
    cor_scratch_reset(&expander->scratch);
    cor_scratch_reset(&expander->plan_scratch);
    expander->status = COR_OK;
    expander->full = full;
    expander->expanded = false;
    expander->runs.count = expander->met.count = 0;
    bool overflowed = false;
    size_t count;
    const struct cor_token *tokens = lex_all(expander, text, &count);
    if (!tokens || cor_array_add(&expander->runs, (struct cor_expand_run){0}) != COR_OK)
        return COR_NOMEM;
    const struct cor_scratch mark = expander->scratch;
    for (size_t i = 0; i < expander->runs.count && expander->status == COR_OK; i++) {
        struct cor_expand_run run = expander->runs.items[i];
        expander->run = &run;
        cor_scratch_release(&expander->scratch, &mark);
        expander->overflow = false;
        expand_all(expander, tokens, count);
        overflowed |= expander->overflow;
        if (expander->status == COR_OK)
            cor_expander_fail(expander, take_result(context, cor_buffer_slice(&expander->out)));
    }
    expander->run = NULL;
    expander->overflow = overflowed;
    return expander->status;
}
