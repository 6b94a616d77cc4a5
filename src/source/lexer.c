// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/lexer.h"

#include <string.h>

#include "source/chars.h"

void cor_lexer_init(struct cor_lexer *lexer, const char *text, size_t size)
{
    *lexer = (struct cor_lexer){.at = text, .end = text + size, .begin = text, .directives = true};
}

const char *cor_skip_block_comment(const char *at, const char *end)
{
    at += 2;
    while (at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        if (!slash)
            return end;
        if (slash > at && slash[-1] == '*')
            return slash + 1;
        at = slash + 1;
    }
    return end;
}

static bool spliced(const char *begin, const char *newline)
{
    const char *last = newline - 1;
    if (last >= begin && *last == '\r')
        last--;
    return last >= begin && *last == '\\';
}

const char *cor_skip_line(const char *at, const char *end)
{
    for (const char *from = at; from < end;) {
        const char *newline = memchr(from, '\n', (size_t)(end - from));
        if (!newline)
            return end;
        if (!spliced(at, newline))
            return newline;
        from = newline + 1;
    }
    return end;
}

// A comment that begins within [at, stop) and goes beyond it: its end, else NULL.
static const char *open_comment(const char *at, const char *stop, const char *end)
{
    if (at >= stop || !memchr(at, '/', (size_t)(stop - at)))
        return NULL;
    while (at < stop) {
        if (*at == '"' || *at == '\'') {
            at = cor_skip_quoted(at, stop);
        } else if (*at == '/' && at[1] == '/') {
            return NULL;
        } else if (*at == '/' && at[1] == '*') {
            at = cor_skip_block_comment(at, end);
            if (at > stop)
                return at;
        } else {
            at++;
        }
    }
    return NULL;
}

const char *cor_skip_directive(const char *at, const char *end)
{
    const char *stop = cor_skip_line(at, end);
    for (const char *from; (from = open_comment(at, stop, end)); at = from)
        stop = cor_skip_line(from, end);
    return stop;
}

const char *cor_skip_quoted(const char *at, const char *end)
{
    char quote = *at++;
    while (at < end && *at != quote) {
        if (*at == '\n')
            return at;
        if (*at == '\\' && at + 1 < end) {
            at++;
            if (*at == '\r' && at + 1 < end && at[1] == '\n')
                at++;
        }
        at++;
    }
    return at < end ? at + 1 : end;
}

const char *cor_skip_raw_string(const char *begin, const char *at, const char *end)
{
    if (at == begin || at[-1] != 'R' || at >= end)
        return NULL;
    const char *open = at + 1;
    while (open < end && open - at < 18 && *open != '(' && *open != '"' && *open != '\n')
        open++;
    if (open >= end || *open != '(')
        return NULL;
    size_t size = (size_t)(open - at - 1);
    for (const char *close = open; close < end; close++) {
        close = memchr(close, ')', (size_t)(end - close));
        if (!close)
            return end;
        if ((size_t)(end - close) > size + 1 && memcmp(close + 1, at + 1, size) == 0 &&
            close[1 + size] == '"')
            return close + size + 2;
    }
    return end;
}

// White space, comments and splices; the flags that the next token gets from them.
static uint8_t skip_blanks(struct cor_lexer *lexer)
{
    const char *at = lexer->at, *end = lexer->end;
    uint8_t flags = at == lexer->begin ? COR_TOKEN_FIRST | COR_TOKEN_COLUMN_0 : 0;
    while (at < end) {
        if (*at == '\n') {
            flags = COR_TOKEN_FIRST | COR_TOKEN_COLUMN_0 | COR_TOKEN_SPACED;
            at++;
        } else if (cor_is(*at, COR_CHAR_BLANK)) {
            flags = (uint8_t)((flags & ~COR_TOKEN_COLUMN_0) | COR_TOKEN_SPACED);
            at++;
        } else if (*at == '/' && at[1] == '*') {
            at = cor_skip_block_comment(at, end);
            flags = (uint8_t)((flags & ~COR_TOKEN_COLUMN_0) | COR_TOKEN_SPACED);
        } else if (*at == '/' && at[1] == '/') {
            at = cor_skip_line(at, end);
        } else if (*at == '\\' && (at[1] == '\n' || (at[1] == '\r' && at[2] == '\n'))) {
            at += at[1] == '\n' ? 2 : 3;
            flags |= COR_TOKEN_SPACED;
        } else {
            break;
        }
    }
    lexer->at = at < end ? at : end;
    return flags;
}

static const char *skip_word(const char *at)
{
    while (cor_is_word(*at))
        at++;
    return at;
}

static const char *skip_number(const char *at)
{
    for (;; at++) {
        if ((*at == '+' || *at == '-') && (at[-1] == 'e' || at[-1] == 'E' || at[-1] == 'p'))
            continue;
        if (!cor_is_word(*at) && *at != '.')
            return at;
    }
}

static bool string_prefix(struct cor_slice word)
{
    return word.size <= 3 &&
           (cor_slice_same(word, COR_SLICE("L")) || cor_slice_same(word, COR_SLICE("u")) ||
            cor_slice_same(word, COR_SLICE("U")) || cor_slice_same(word, COR_SLICE("u8")) ||
            word.data[word.size - 1] == 'R');
}

static const char *skip_string(struct cor_lexer *lexer, const char *begin, const char *at)
{
    const char *raw = lexer->cxx ? cor_skip_raw_string(begin, at, lexer->end) : NULL;
    return raw ? raw : cor_skip_quoted(at, lexer->end);
}

static const char *word_token(struct cor_lexer *lexer, struct cor_token *token)
{
    const char *at = skip_word(lexer->at);
    token->kind = COR_TOKEN_WORD;
    if ((*at == '"' || *at == '\'') && at < lexer->end &&
        string_prefix(cor_slice(lexer->at, (size_t)(at - lexer->at)))) {
        token->kind = *at == '"' ? COR_TOKEN_STRING : COR_TOKEN_CHAR;
        return skip_string(lexer, lexer->at, at);
    }
    return at;
}

static const char *punctuation(struct cor_lexer *lexer, struct cor_token *token)
{
    const char *at = lexer->at;
    token->kind = COR_TOKEN_PUNCTUATION;
    token->mark = *at;
    if (*at == '#' && lexer->directives && (token->flags & COR_TOKEN_FIRST)) {
        token->kind = COR_TOKEN_DIRECTIVE;
        return at + 1;
    }
    if ((*at == '#' && at[1] == '#') || (*at == ':' && at[1] == ':'))
        return at + 2;
    return *at == '.' && at[1] == '.' && at[2] == '.' ? at + 3 : at + 1;
}

void cor_lex(struct cor_lexer *lexer, struct cor_token *ret_token)
{
    uint8_t flags = skip_blanks(lexer);
    const char *at = lexer->at;
    struct cor_token token = {.text = at, .flags = flags};
    if (at >= lexer->end)
        at = lexer->end;
    else if (cor_is(*at, COR_CHAR_LETTER))
        at = word_token(lexer, &token);
    else if (cor_is(*at, COR_CHAR_DIGIT) || (*at == '.' && cor_is(at[1], COR_CHAR_DIGIT))) {
        token.kind = COR_TOKEN_NUMBER;
        at = skip_number(at + 1);
    } else if (*at == '"' || *at == '\'') {
        token.kind = *at == '"' ? COR_TOKEN_STRING : COR_TOKEN_CHAR;
        at = cor_skip_quoted(at, lexer->end);
    } else
        at = punctuation(lexer, &token);
    if (at > lexer->end)
        at = lexer->end;
    token.size = (uint32_t)(at - token.text);
    lexer->at = at;
    *ret_token = token;
}
