// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What an invocation could define when its expansion is too large: the words it is given, and what
// the macros behind it paste together.
#include "source/chars.h"
#include "source/finish.h"
#include "source/words.h"

enum { MACROS_LIMIT = 256, PATTERN_LIMIT = 120, LITERAL_MINIMUM = 4, GAPS_LIMIT = 256 };

struct search {
    struct cor_census *census;
    const char *reason;
    uint32_t line;
    const struct cor_macro *queue[MACROS_LIMIT]; // first alternatives
    unsigned queued, gaps;
    enum cor_status status;
};

static void enqueue(struct search *search, struct cor_slice word)
{
    const struct cor_macro *macro = cor_macro_find(&search->census->recogniser->macros.own, word);
    for (unsigned i = 0; i < search->queued; i++)
        if (search->queue[i] == macro)
            return;
    if (macro && !cor_macro_is_opaque(word) && search->queued < MACROS_LIMIT)
        search->queue[search->queued++] = macro;
}

static void add_gap(struct search *search, struct cor_slice pattern)
{
    size_t literal = 0;
    for (size_t i = 0; i < pattern.size; i++)
        literal += pattern.data[i] != '*';
    if (literal < LITERAL_MINIMUM || search->gaps >= GAPS_LIMIT || search->status != COR_OK)
        return;
    const char *copy = cor_arena_text(&search->census->arena, pattern);
    search->gaps++;
    search->status =
        copy ? cor_census_gap(search->census, search->line, copy, search->reason) : COR_NOMEM;
}

static bool is_parameter(const struct cor_macro *macro, const struct cor_token *token)
{
    struct cor_lexer lexer;
    struct cor_token each;
    if (cor_token_is(token, "__VA_ARGS__"))
        return true;
    cor_lexer_init(&lexer, macro->parameters.data ? macro->parameters.data : "",
                   macro->parameters.size);
    lexer.directives = false;
    for (;;) {
        cor_lex(&lexer, &each);
        if (each.kind == COR_TOKEN_END)
            return false;
        if (cor_slice_same(cor_token_slice(&each), cor_token_slice(token)))
            return true;
    }
}

// Adds one operand of ## to the pattern; false when no name can come of it.
static bool add_piece(const struct cor_macro *macro, const struct cor_token *token, char *pattern,
                      size_t *size)
{
    struct cor_slice piece = cor_token_slice(token);
    if (token->kind == COR_TOKEN_WORD && macro->function_like && is_parameter(macro, token))
        piece = COR_SLICE("*");
    if (*size + piece.size > PATTERN_LIMIT)
        return false;
    for (size_t i = 0; i < piece.size; i++)
        if (!cor_is_word(piece.data[i]) && piece.data[i] != '*')
            return false;
    memcpy(pattern + *size, piece.data, piece.size);
    *size += piece.size;
    return true;
}

static bool is_paste(const struct cor_token *token)
{
    return token->mark == '#' && token->size == 2;
}

static void search_body(struct search *search, const struct cor_macro *macro)
{
    char pattern[PATTERN_LIMIT];
    struct cor_lexer lexer;
    struct cor_token token, last = {0};
    size_t size = 0;
    bool pasting = false, good = false;
    cor_lexer_init(&lexer, macro->body.data, macro->body.size);
    lexer.directives = false;
    do {
        cor_lex(&lexer, &token);
        if (is_paste(&token)) {
            if (size == 0)
                good = add_piece(macro, &last, pattern, &size);
            pasting = true;
            continue;
        }
        if (pasting) {
            good = good && add_piece(macro, &token, pattern, &size);
        } else {
            if (good && size)
                add_gap(search, cor_slice(pattern, size));
            size = 0;
            good = false;
        }
        pasting = false;
        if (token.kind == COR_TOKEN_WORD)
            enqueue(search, cor_token_slice(&token));
        last = token;
    } while (token.kind != COR_TOKEN_END && search->status == COR_OK);
}

static void search_text(struct search *search, struct cor_slice text)
{
    struct cor_lexer lexer;
    struct cor_token token;
    cor_lexer_init(&lexer, text.data, text.size);
    lexer.directives = false;
    for (;;) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END)
            return;
        struct cor_slice word = cor_token_slice(&token);
        if (token.kind != COR_TOKEN_WORD || cor_word_class(word) != COR_WORD_PLAIN)
            continue;
        if (cor_macro_find(&search->census->recogniser->macros.own, word))
            enqueue(search, word);
        else
            add_gap(search, word);
    }
}

enum cor_status cor_gap_patterns(struct cor_census *census, const struct cor_invocation *invocation,
                                 const char *reason)
{
    struct search search = {.census = census, .reason = reason, .line = invocation->line};
    search_text(&search, invocation->text);
    for (unsigned i = 0; i < search.queued; i++)
        for (const struct cor_macro *macro = search.queue[i]; macro; macro = macro->next)
            search_body(&search, macro);
    if (search.status == COR_OK && !search.gaps)
        search.status = cor_census_gap(census, invocation->line, NULL, reason);
    return search.status;
}
