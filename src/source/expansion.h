// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the expander's own files share.
#ifndef COR_SOURCE_EXPANSION_H
#define COR_SOURCE_EXPANSION_H

#include "source/expand.h"

enum { COR_ARGUMENT_LIMIT = 256 };

struct cor_argument {
    const struct cor_token *tokens;
    size_t count;
    const struct cor_token *expanded; // made when first wanted
    size_t expanded_count;
    bool is_expanded;
};

// A list that grows in scratch memory.
struct cor_token_list {
    struct cor_token *items;
    size_t count, capacity;
};

static inline void cor_expander_fail(struct cor_expander *expander, enum cor_status status)
{
    if (expander->status == COR_OK)
        expander->status = status;
}

static inline bool cor_expander_going(const struct cor_expander *expander)
{
    return expander->status == COR_OK && !expander->overflow;
}

// expand_choice.c: what the macro means in this run; NULL when it means none, or on failure.
struct cor_macro *cor_expand_choose(struct cor_expander *expander, struct cor_macro *first);

// expand_tokens.c: the streams of tokens that are being expanded, one within the other. `base`:
// contexts below it are out of reach.
bool cor_expand_push(struct cor_expander *expander, const struct cor_token *tokens, size_t count,
                     const struct cor_macro *macro, const struct cor_macro *first);
// The next token without taking it.
const struct cor_token *cor_expand_peek(struct cor_expander *expander, size_t base);
const struct cor_token *cor_expand_take(struct cor_expander *expander, size_t base);
void cor_expand_append(struct cor_expander *expander, struct cor_token_list *list,
                       const struct cor_token *token);
// The list's tokens; the list is empty afterwards.
const struct cor_token *cor_expand_settle(struct cor_token_list *list);

// expand.c: the next token of the expansion. False at its end.
bool cor_expand_next(struct cor_expander *expander, size_t base, struct cor_token *ret_token);

// expand_arguments.c: reads "( a, b )"; the opening parenthesis was taken. False when it does not
// close.
bool cor_expand_read_arguments(struct cor_expander *expander, size_t base,
                               const struct cor_macro_body *body, struct cor_argument *arguments,
                               unsigned *ret_count);
void cor_expand_argument(struct cor_expander *expander, struct cor_argument *argument);
// #argument
struct cor_token cor_expand_string(struct cor_expander *expander,
                                   const struct cor_argument *argument);

// expand_substitute.c: pushes the macro's body with the arguments in place. False on failure.
bool cor_expand_substituted(struct cor_expander *expander, const struct cor_macro *first,
                            const struct cor_macro *macro, const struct cor_macro_body *body,
                            struct cor_argument *arguments, unsigned argument_count);

#endif
