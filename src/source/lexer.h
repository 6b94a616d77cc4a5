// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The lexer: C and C++ tokens from raw bytes, comments and line splices dropped. Punctuation comes
// as single characters, but for "::", "##" and "...".
#ifndef COR_SOURCE_LEXER_H
#define COR_SOURCE_LEXER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum cor_token_kind {
    COR_TOKEN_END,
    COR_TOKEN_WORD, // identifier or keyword
    COR_TOKEN_NUMBER,
    COR_TOKEN_STRING, // with its quotes and prefix
    COR_TOKEN_CHAR,
    COR_TOKEN_PUNCTUATION,
    COR_TOKEN_DIRECTIVE, // the '#' that begins one; the rest of the line is not consumed
    COR_TOKEN_BLOCK,     // a skipped { ... }, made by the parser
    COR_TOKEN_PARAMETER, // in a macro's body: stands for argument number `match`
    COR_TOKEN_GAP        // in an expansion: a placemarker
};

enum {
    COR_TOKEN_SPACED = 1,   // white space or a comment before it
    COR_TOKEN_FIRST = 2,    // first on its line
    COR_TOKEN_BLOCKED = 4,  // in an expansion: no macro any more
    COR_TOKEN_COLUMN_0 = 8, // at the very beginning of a line
};

struct cor_token {
    const char *text;
    uint32_t size;
    uint8_t kind;
    char mark; // first character of punctuation, else 0
    uint8_t flags;
    uint32_t match; // parser: index of the matching parenthesis; macros: parameter number
    uint32_t macro; // in an expansion: what macro the word is, see macros.h
};

struct cor_lexer {
    const char *at, *end; // NUL bytes follow `end`: see text.h
    const char *begin;
    bool directives; // '#' first on a line begins a directive
    bool cxx;        // raw strings
};

static inline struct cor_slice cor_token_slice(const struct cor_token *token)
{
    return cor_slice(token->text, token->size);
}

static inline bool cor_token_is(const struct cor_token *token, const char *word)
{
    size_t size = strlen(word);
    return token->size == size && memcmp(token->text, word, size) == 0;
}

void cor_lexer_init(struct cor_lexer *lexer, const char *text, size_t size);
void cor_lex(struct cor_lexer *lexer, struct cor_token *ret_token);

// Each returns the place behind what begins at `at`, never beyond `end`.
const char *cor_skip_block_comment(const char *at, const char *end); // at "/*"
const char *cor_skip_line(const char *at, const char *end);      // to the line end, splices seen
const char *cor_skip_directive(const char *at, const char *end); // likewise, comments seen
const char *cor_skip_quoted(const char *at, const char *end);    // at ' or "
// At the opening quote, when R stands before it; NULL when that is no raw string.
const char *cor_skip_raw_string(const char *begin, const char *at, const char *end);

#endif
