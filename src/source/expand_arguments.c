// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/expansion.h"

bool cor_expand_read_arguments(struct cor_expander *expander, size_t base,
                               const struct cor_macro_body *body, struct cor_argument *arguments,
                               unsigned *ret_count)
{
    struct cor_token_list list = {0};
    unsigned depth = 0, count = 0;
    bool closed = false;
    unsigned last = body->variadic && body->parameter_count ? body->parameter_count - 1
                                                            : COR_ARGUMENT_LIMIT - 1;
    while (cor_expander_going(expander)) {
        const struct cor_token *token = cor_expand_take(expander, base);
        if (!token)
            break;
        closed = token->mark == ')' && depth == 0;
        if (closed || (token->mark == ',' && depth == 0 && count < last)) {
            arguments[count] = (struct cor_argument){.count = list.count};
            arguments[count++].tokens = cor_expand_settle(&list);
            if (closed || count >= COR_ARGUMENT_LIMIT)
                break;
            continue;
        }
        depth += token->mark == '(';
        depth -= token->mark == ')';
        cor_expand_append(expander, &list, token);
    }
    *ret_count = count;
    return closed && cor_expander_going(expander);
}

void cor_expand_argument(struct cor_expander *expander, struct cor_argument *argument)
{
    if (argument->is_expanded)
        return;
    argument->is_expanded = true;
    struct cor_token_list list = {0};
    size_t base = expander->contexts.count;
    if (!cor_expand_push(expander, argument->tokens, argument->count, NULL, NULL))
        return;
    unsigned brace = 0;
    while (cor_expander_going(expander)) {
        struct cor_token token;
        const struct cor_token *raw = brace ? cor_expand_take(expander, base) : NULL;
        if (raw)
            token = *raw;
        else if (brace || !cor_expand_next(expander, base, &token))
            break;
        brace += token.mark == '{';
        brace -= token.mark == '}' && brace;
        cor_expand_append(expander, &list, &token);
    }
    while (expander->contexts.count > base)
        expander->contexts.count--;
    argument->expanded_count = list.count;
    argument->expanded = cor_expand_settle(&list);
}

struct cor_token cor_expand_string(struct cor_expander *expander,
                                   const struct cor_argument *argument)
{
    size_t size = 2;
    for (size_t i = 0; i < argument->count; i++)
        size += argument->tokens[i].size * 2 + 1;
    struct cor_token string = {.kind = COR_TOKEN_STRING, .text = "\"\"", .size = 2};
    char *text = cor_scratch_take(&expander->scratch, size);
    if (!text) {
        cor_expander_fail(expander, COR_NOMEM);
        return string;
    }
    size_t at = 0;
    text[at++] = '"';
    for (size_t i = 0; i < argument->count; i++) {
        const struct cor_token *token = &argument->tokens[i];
        if (i && (token->flags & COR_TOKEN_SPACED))
            text[at++] = ' ';
        for (uint32_t j = 0; j < token->size; j++) {
            char c = token->text[j];
            if (c == '"' || (c == '\\' && token->kind == COR_TOKEN_STRING))
                text[at++] = '\\';
            text[at++] = c;
        }
    }
    text[at++] = '"';
    string.text = text;
    string.size = (uint32_t)at;
    return string;
}
