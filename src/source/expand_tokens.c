// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/expansion.h"

enum { STEP_LIMIT = 60000, CONTEXT_LIMIT = 200 };

bool cor_expand_push(struct cor_expander *expander, const struct cor_token *tokens, size_t count,
                     const struct cor_macro *macro, const struct cor_macro *first)
{
    struct cor_expand_context context = {tokens, count, 0, macro, first};
    if (expander->contexts.count >= CONTEXT_LIMIT) {
        expander->overflow = true;
        return false;
    }
    if (cor_array_add(&expander->contexts, context) != COR_OK) {
        cor_expander_fail(expander, COR_NOMEM);
        return false;
    }
    return true;
}

const struct cor_token *cor_expand_peek(struct cor_expander *expander, size_t base)
{
    for (size_t i = expander->contexts.count; i > base; i--) {
        const struct cor_expand_context *context = &expander->contexts.items[i - 1];
        if (context->at < context->count)
            return &context->tokens[context->at];
    }
    return NULL;
}

const struct cor_token *cor_expand_take(struct cor_expander *expander, size_t base)
{
    while (expander->contexts.count > base) {
        struct cor_expand_context *context =
            &expander->contexts.items[expander->contexts.count - 1];
        if (context->at < context->count) {
            if (++expander->steps > STEP_LIMIT)
                expander->overflow = true;
            return &context->tokens[context->at++];
        }
        expander->contexts.count--;
    }
    return NULL;
}

void cor_expand_append(struct cor_expander *expander, struct cor_token_list *list,
                       const struct cor_token *token)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        struct cor_token *items = cor_scratch_take(&expander->scratch, capacity * sizeof *items);
        if (!items) {
            cor_expander_fail(expander, COR_NOMEM);
            return;
        }
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = *token;
}

const struct cor_token *cor_expand_settle(struct cor_token_list *list)
{
    static const struct cor_token none;
    const struct cor_token *tokens = list->count ? list->items : &none;
    *list = (struct cor_token_list){0};
    return tokens;
}
