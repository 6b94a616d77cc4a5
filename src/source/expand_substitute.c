// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A macro's body with its arguments in place, and words put together.
#include "source/expansion.h"
#include "source/forms.h"

static void paste(struct cor_expander *expander, struct cor_token *left,
                  const struct cor_token *right)
{
    if (left->kind == COR_TOKEN_GAP || right->kind == COR_TOKEN_GAP) {
        uint8_t flags = left->flags;
        if (left->kind == COR_TOKEN_GAP)
            *left = *right;
        left->flags = flags;
        return;
    }
    char *text = cor_scratch_take(&expander->scratch, (size_t)left->size + right->size + 1);
    if (!text) {
        cor_expander_fail(expander, COR_NOMEM);
        return;
    }
    memcpy(text, left->text, left->size);
    memcpy(text + left->size, right->text, right->size);
    text[left->size + right->size] = '\0';
    left->text = text;
    left->size += right->size;
    left->macro = COR_MACRO_NOT_LOOKED_UP;
    if (expander->recorder && cor_form_is_marked(cor_token_slice(left)))
        cor_expander_fail(expander,
                          cor_form_note_pasted(expander->recorder, cor_token_slice(left)));
    left->flags &= (uint8_t)~COR_TOKEN_BLOCKED;
    if (left->kind == COR_TOKEN_PUNCTUATION && right->kind != COR_TOKEN_PUNCTUATION &&
        left->mark != '$' && left->mark != '.')
        left->kind = right->kind;
    if (left->kind != COR_TOKEN_PUNCTUATION)
        left->mark = 0;
}

struct substitution {
    struct cor_expander *expander;
    const struct cor_macro_body *body;
    struct cor_argument *arguments;
    unsigned argument_count;
    struct cor_token_list out;
};

static bool is_paste(const struct cor_token *token)
{
    return token->mark == '#' && token->size == 2;
}

static void append_run(struct substitution *substitution, const struct cor_token *tokens,
                       size_t count, uint8_t flags)
{
    for (size_t i = 0; i < count && substitution->expander->status == COR_OK; i++) {
        struct cor_token token = tokens[i];
        if (i == 0)
            token.flags = (uint8_t)((token.flags & COR_TOKEN_BLOCKED) | flags);
        cor_expand_append(substitution->expander, &substitution->out, &token);
    }
}

// The tokens of one operand of ##, as they were written.
static void operand(struct substitution *substitution, uint32_t at,
                    const struct cor_token **ret_tokens, size_t *ret_count,
                    struct cor_token *single)
{
    const struct cor_token *token = &substitution->body->tokens[at];
    static const struct cor_token gap = {.kind = COR_TOKEN_GAP, .text = ""};
    *ret_tokens = single;
    *ret_count = 1;
    *single = *token;
    if (token->kind != COR_TOKEN_PARAMETER)
        return;
    if (token->match < substitution->argument_count &&
        substitution->arguments[token->match].count) {
        *ret_tokens = substitution->arguments[token->match].tokens;
        *ret_count = substitution->arguments[token->match].count;
    } else {
        *single = gap;
    }
}

// "a ## b ## c" from body token `at` on; returns the first token behind it.
static uint32_t paste_chain(struct substitution *substitution, uint32_t at)
{
    const struct cor_macro_body *body = substitution->body;
    const struct cor_token *tokens;
    struct cor_token single;
    size_t count;
    uint8_t flags = body->tokens[at].flags & COR_TOKEN_SPACED;
    operand(substitution, at, &tokens, &count, &single);
    append_run(substitution, tokens, count, flags);
    at++;
    while (at + 1 < body->count && is_paste(&body->tokens[at]) &&
           substitution->expander->status == COR_OK) {
        const struct cor_token *right = &body->tokens[at + 1];
        operand(substitution, at + 1, &tokens, &count, &single);
        struct cor_token *left =
            substitution->out.count ? &substitution->out.items[substitution->out.count - 1] : NULL;
        bool rest = right->kind == COR_TOKEN_PARAMETER && substitution->body->variadic &&
                    right->match + 1 == substitution->body->parameter_count;
        if (rest && left && left->mark == ',') { // , ## __VA_ARGS__
            if (tokens[0].kind == COR_TOKEN_GAP)
                substitution->out.count--;
            else
                append_run(substitution, tokens, count, COR_TOKEN_SPACED);
        } else if (left) {
            paste(substitution->expander, left, &tokens[0]);
            append_run(substitution, tokens + 1, count - 1, tokens[count > 1].flags);
        }
        at += 2;
    }
    return at;
}

static void substitute_parameter(struct substitution *substitution, const struct cor_token *token)
{
    if (token->match >= substitution->argument_count)
        return;
    struct cor_argument *argument = &substitution->arguments[token->match];
    cor_expand_argument(substitution->expander, argument);
    if (argument->expanded)
        append_run(substitution, argument->expanded, argument->expanded_count,
                   token->flags & COR_TOKEN_SPACED);
}

static void substitute(struct substitution *substitution, bool function_like)
{
    const struct cor_macro_body *body = substitution->body;
    for (uint32_t i = 0; i < body->count && cor_expander_going(substitution->expander);) {
        const struct cor_token *token = &body->tokens[i];
        bool pasted = i + 1 < body->count && is_paste(&body->tokens[i + 1]);
        if (function_like && token->mark == '#' && token->size == 1 && i + 1 < body->count &&
            body->tokens[i + 1].kind == COR_TOKEN_PARAMETER) {
            uint32_t number = body->tokens[i + 1].match;
            static const struct cor_argument none = {0};
            struct cor_token string = cor_expand_string(
                substitution->expander,
                number < substitution->argument_count ? &substitution->arguments[number] : &none);
            string.flags = token->flags & COR_TOKEN_SPACED;
            cor_expand_append(substitution->expander, &substitution->out, &string);
            i += 2;
        } else if (pasted) {
            i = paste_chain(substitution, i);
        } else {
            if (token->kind == COR_TOKEN_PARAMETER)
                substitute_parameter(substitution, token);
            else if (!cor_token_is(token, "__VA_OPT__"))
                cor_expand_append(substitution->expander, &substitution->out, token);
            i++;
        }
    }
}

bool cor_expand_substituted(struct cor_expander *expander, const struct cor_macro *first,
                            const struct cor_macro *macro, const struct cor_macro_body *body,
                            struct cor_argument *arguments, unsigned argument_count)
{
    struct substitution substitution = {expander, body, arguments, argument_count, {0}};
    substitute(&substitution, macro->function_like);
    size_t count = substitution.out.count, kept = 0;
    for (size_t i = 0; i < count; i++)
        if (substitution.out.items[i].kind != COR_TOKEN_GAP)
            substitution.out.items[kept++] = substitution.out.items[i];
    substitution.out.count = kept;
    const struct cor_token *tokens = cor_expand_settle(&substitution.out);
    return tokens && cor_expander_going(expander) &&
           cor_expand_push(expander, tokens, kept, macro, first);
}
