// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/expand.h"

#include "source/chars.h"
#include "source/forms.h"
#include "source/words.h"

enum {
    STEP_LIMIT = 60000,
    RUN_LIMIT = 160,
    OUT_LIMIT = 1 << 20,
    CONTEXT_LIMIT = 200,
    ARGUMENT_LIMIT = 256,
};

struct argument {
    const struct cor_token *tokens;
    size_t count;
    const struct cor_token *expanded; // made when first wanted
    size_t expanded_count;
    bool is_expanded;
};

// A list that grows in scratch memory.
typedef struct {
    struct cor_token *items;
    size_t count, capacity;
} token_list;

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

static void fail(struct cor_expander *expander, enum cor_status status)
{
    if (expander->status == COR_OK)
        expander->status = status;
}

static bool going(const struct cor_expander *expander)
{
    return expander->status == COR_OK && !expander->overflow;
}

// --- the choice of an alternative -------------------------------------------------------------

static const struct cor_alternatives *alternatives_of(struct cor_expander *expander,
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
        fail(expander, COR_NOMEM);
        return NULL;
    }
    memcpy(kept, &found, size);
    return kept;
}

const struct cor_alternatives *cor_expander_alternatives(struct cor_expander *expander,
                                                         struct cor_macro *first)
{
    return alternatives_of(expander, first);
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
        fail(expander, COR_NOMEM);
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
                fail(expander, COR_NOMEM);
            return;
        }
        if (known)
            memcpy(choices, expander->run->choices, known * sizeof *choices);
        choices[known] = (struct cor_choice){first, i};
        struct cor_expand_run run = {choices, known + 1};
        if (cor_array_add(&expander->runs, run) != COR_OK)
            fail(expander, COR_NOMEM);
    }
}

static const struct cor_census_file *enclosing_file(const struct cor_expander *expander)
{
    for (size_t i = expander->contexts.count; i-- > 0;)
        if (expander->contexts.items[i].macro)
            return expander->contexts.items[i].macro->file;
    return NULL;
}

static struct cor_macro *choose(struct cor_expander *expander, struct cor_macro *first)
{
    const struct cor_alternatives *alternatives = alternatives_of(expander, first);
    if (!alternatives)
        return NULL;
    if (expander->recorder)
        fail(expander, cor_form_note_macro(expander->recorder, first, alternatives));
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

// --- token streams ----------------------------------------------------------------------------

static bool push_context(struct cor_expander *expander, const struct cor_token *tokens,
                         size_t count, const struct cor_macro *macro, const struct cor_macro *first)
{
    struct cor_expand_context context = {tokens, count, 0, macro, first};
    if (expander->contexts.count >= CONTEXT_LIMIT) {
        expander->overflow = true;
        return false;
    }
    if (cor_array_add(&expander->contexts, context) != COR_OK) {
        fail(expander, COR_NOMEM);
        return false;
    }
    return true;
}

// The next token without taking it. `base`: contexts below it are out of reach.
static const struct cor_token *peek(struct cor_expander *expander, size_t base)
{
    for (size_t i = expander->contexts.count; i > base; i--) {
        const struct cor_expand_context *context = &expander->contexts.items[i - 1];
        if (context->at < context->count)
            return &context->tokens[context->at];
    }
    return NULL;
}

static const struct cor_token *take(struct cor_expander *expander, size_t base)
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

static bool in_progress(const struct cor_expander *expander, const struct cor_macro *first)
{
    for (size_t i = expander->contexts.count; i-- > 0;)
        if (expander->contexts.items[i].first == first)
            return true;
    return false;
}

static void append(struct cor_expander *expander, token_list *list, const struct cor_token *token)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 16;
        struct cor_token *items = cor_scratch_take(&expander->scratch, capacity * sizeof *items);
        if (!items) {
            fail(expander, COR_NOMEM);
            return;
        }
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = *token;
}

static const struct cor_token *settle(struct cor_expander *expander, token_list *list)
{
    static const struct cor_token none;
    const struct cor_token *tokens = list->count ? list->items : &none;
    (void)expander;
    *list = (token_list){0};
    return tokens;
}

// --- arguments --------------------------------------------------------------------------------

// Reads "( a, b )"; the opening parenthesis was taken. False when it does not close.
static bool read_arguments(struct cor_expander *expander, size_t base,
                           const struct cor_macro_body *body, struct argument *arguments,
                           unsigned *ret_count)
{
    token_list list = {0};
    unsigned depth = 0, count = 0;
    bool closed = false;
    unsigned last =
        body->variadic && body->parameter_count ? body->parameter_count - 1 : ARGUMENT_LIMIT - 1;
    while (going(expander)) {
        const struct cor_token *token = take(expander, base);
        if (!token)
            break;
        closed = token->mark == ')' && depth == 0;
        if (closed || (token->mark == ',' && depth == 0 && count < last)) {
            arguments[count] = (struct argument){.count = list.count};
            arguments[count++].tokens = settle(expander, &list);
            if (closed || count >= ARGUMENT_LIMIT)
                break;
            continue;
        }
        depth += token->mark == '(';
        depth -= token->mark == ')';
        append(expander, &list, token);
    }
    *ret_count = count;
    return closed && going(expander);
}

static bool expand_next(struct cor_expander *expander, size_t base, struct cor_token *ret_token);

static void expand_argument(struct cor_expander *expander, struct argument *argument)
{
    if (argument->is_expanded)
        return;
    argument->is_expanded = true;
    token_list list = {0};
    size_t base = expander->contexts.count;
    if (!push_context(expander, argument->tokens, argument->count, NULL, NULL))
        return;
    unsigned brace = 0;
    while (going(expander)) {
        struct cor_token token;
        const struct cor_token *raw = brace ? take(expander, base) : NULL;
        if (raw)
            token = *raw;
        else if (brace || !expand_next(expander, base, &token))
            break;
        brace += token.mark == '{';
        brace -= token.mark == '}' && brace;
        append(expander, &list, &token);
    }
    while (expander->contexts.count > base)
        expander->contexts.count--;
    argument->expanded_count = list.count;
    argument->expanded = settle(expander, &list);
}

static struct cor_token stringified(struct cor_expander *expander, const struct argument *argument)
{
    size_t size = 2;
    for (size_t i = 0; i < argument->count; i++)
        size += argument->tokens[i].size * 2 + 1;
    struct cor_token string = {.kind = COR_TOKEN_STRING, .text = "\"\"", .size = 2};
    char *text = cor_scratch_take(&expander->scratch, size);
    if (!text) {
        fail(expander, COR_NOMEM);
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

// --- substitution -----------------------------------------------------------------------------

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
        fail(expander, COR_NOMEM);
        return;
    }
    memcpy(text, left->text, left->size);
    memcpy(text + left->size, right->text, right->size);
    text[left->size + right->size] = '\0';
    left->text = text;
    left->size += right->size;
    left->macro = COR_MACRO_NOT_LOOKED_UP;
    if (expander->recorder && cor_form_is_marked(cor_token_slice(left)))
        fail(expander, cor_form_note_pasted(expander->recorder, cor_token_slice(left)));
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
    struct argument *arguments;
    unsigned argument_count;
    token_list out;
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
        append(substitution->expander, &substitution->out, &token);
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
    struct argument *argument = &substitution->arguments[token->match];
    expand_argument(substitution->expander, argument);
    if (argument->expanded)
        append_run(substitution, argument->expanded, argument->expanded_count,
                   token->flags & COR_TOKEN_SPACED);
}

static void substitute(struct substitution *substitution, bool function_like)
{
    const struct cor_macro_body *body = substitution->body;
    for (uint32_t i = 0; i < body->count && going(substitution->expander);) {
        const struct cor_token *token = &body->tokens[i];
        bool pasted = i + 1 < body->count && is_paste(&body->tokens[i + 1]);
        if (function_like && token->mark == '#' && token->size == 1 && i + 1 < body->count &&
            body->tokens[i + 1].kind == COR_TOKEN_PARAMETER) {
            uint32_t number = body->tokens[i + 1].match;
            static const struct argument none = {0};
            struct cor_token string = stringified(
                substitution->expander,
                number < substitution->argument_count ? &substitution->arguments[number] : &none);
            string.flags = token->flags & COR_TOKEN_SPACED;
            append(substitution->expander, &substitution->out, &string);
            i += 2;
        } else if (pasted) {
            i = paste_chain(substitution, i);
        } else {
            if (token->kind == COR_TOKEN_PARAMETER)
                substitute_parameter(substitution, token);
            else if (!cor_token_is(token, "__VA_OPT__"))
                append(substitution->expander, &substitution->out, token);
            i++;
        }
    }
}

static bool push_expansion(struct cor_expander *expander, const struct cor_macro *first,
                           const struct cor_macro *macro, const struct cor_macro_body *body,
                           struct argument *arguments, unsigned argument_count)
{
    struct substitution substitution = {expander, body, arguments, argument_count, {0}};
    substitute(&substitution, macro->function_like);
    size_t count = substitution.out.count, kept = 0;
    for (size_t i = 0; i < count; i++)
        if (substitution.out.items[i].kind != COR_TOKEN_GAP)
            substitution.out.items[kept++] = substitution.out.items[i];
    substitution.out.count = kept;
    const struct cor_token *tokens = settle(expander, &substitution.out);
    return tokens && going(expander) && push_context(expander, tokens, kept, macro, first);
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
    struct cor_macro *macro = choose(expander, first);
    if (!macro)
        return false;
    const struct cor_token *next = macro->function_like ? peek(expander, base) : NULL;
    if (macro->function_like && (!next || next->mark != '('))
        return false;
    const struct cor_macro_body *body =
        cor_macro_body(macro, expander->full, expander->scope, expander->arena, &expander->scratch);
    if (!body) {
        fail(expander, COR_NOMEM);
        return false;
    }
    struct argument arguments[ARGUMENT_LIMIT];
    unsigned count = 0;
    if (macro->function_like) {
        take(expander, base);
        if (!read_arguments(expander, base, body, arguments, &count))
            return false;
    }
    expander->expanded = true;
    return push_expansion(expander, first, macro, body, arguments, count);
}

static bool expand_next(struct cor_expander *expander, size_t base, struct cor_token *ret_token)
{
    while (going(expander)) {
        const struct cor_token *token = take(expander, base);
        if (!token)
            return false;
        *ret_token = *token;
        if (token->kind != COR_TOKEN_WORD || token->macro == COR_MACRO_NONE ||
            !expand_word(expander, base, ret_token))
            return going(expander);
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
        fail(expander, status);
}

static void expand_all(struct cor_expander *expander, const struct cor_token *tokens, size_t count)
{
    unsigned brace = 0;
    expander->contexts.count = 0;
    expander->out.size = 0;
    expander->steps = 0;
    if (!push_context(expander, tokens, count, NULL, NULL))
        return;
    while (going(expander)) {
        struct cor_token token;
        const struct cor_token *raw = brace && !expander->full ? take(expander, 0) : NULL;
        if (raw)
            token = *raw;
        else if ((brace && !expander->full) || !expand_next(expander, 0, &token))
            break;
        put(expander, &token);
        brace += token.mark == '{';
        brace -= token.mark == '}' && brace;
    }
}

static const struct cor_token *lex_all(struct cor_expander *expander, struct cor_slice text,
                                       size_t *ret_count)
{
    token_list list = {0};
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
        append(expander, &list, &token);
    }
    *ret_count = list.count;
    return settle(expander, &list);
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
            fail(expander, take_result(context, cor_buffer_slice(&expander->out)));
    }
    expander->run = NULL;
    expander->overflow = overflowed;
    return expander->status;
}
