// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/conditions.h"

#include <stdbool.h>

#include "source/lexer.h"

enum { DEPTH_LIMIT = 64 };

struct reader {
    struct cor_lexer lexer;
    struct cor_token token;
    unsigned depth;
};

static void advance(struct reader *reader)
{
    cor_lex(&reader->lexer, &reader->token);
}

static bool at_mark(const struct reader *reader, char mark)
{
    return reader->token.kind == COR_TOKEN_PUNCTUATION && reader->token.mark == mark;
}

static bool at_double(const struct reader *reader, char mark)
{
    return at_mark(reader, mark) && reader->lexer.at[0] == mark;
}

static enum cor_truth read_or(struct reader *reader);

static enum cor_truth negated(enum cor_truth truth)
{
    static const enum cor_truth of[] = {
        [COR_TRUTH_NEVER] = COR_TRUTH_ALWAYS, [COR_TRUTH_ALWAYS] = COR_TRUTH_NEVER};
    return of[truth];
}

static enum cor_truth number_truth(const struct cor_token *token)
{
    for (uint32_t i = 0; i < token->size; i++)
        if (strchr("123456789abcdefABCDEF", token->text[i]))
            return COR_TRUTH_ALWAYS;
    return COR_TRUTH_NEVER;
}

static enum cor_truth read_group(struct reader *reader)
{
    advance(reader);
    enum cor_truth truth = read_or(reader);
    if (at_mark(reader, ')'))
        advance(reader);
    return truth;
}

static enum cor_truth read_primary(struct reader *reader)
{
    enum cor_truth truth = COR_TRUTH_UNKNOWN;
    if (++reader->depth < DEPTH_LIMIT) {
        if (at_mark(reader, '!') && reader->lexer.at[0] != '=') {
            advance(reader);
            truth = negated(read_primary(reader));
        } else if (at_mark(reader, '(')) {
            truth = read_group(reader);
        } else if (reader->token.kind == COR_TOKEN_NUMBER) {
            truth = number_truth(&reader->token);
            advance(reader);
        }
    }
    reader->depth--;
    return truth;
}

// An operand of && or ||: when anything but a lone primary stands there, nothing is known.
static enum cor_truth read_operand(struct reader *reader)
{
    enum cor_truth truth = read_primary(reader);
    while (reader->token.kind != COR_TOKEN_END && !at_double(reader, '&') &&
           !at_double(reader, '|') && !at_mark(reader, ')')) {
        truth = COR_TRUTH_UNKNOWN;
        if (at_mark(reader, '(') && reader->depth < DEPTH_LIMIT) {
            reader->depth++;
            read_group(reader);
            reader->depth--;
        } else
            advance(reader);
    }
    return truth;
}

static void step_over_double(struct reader *reader)
{
    advance(reader);
    advance(reader);
}

static enum cor_truth read_and(struct reader *reader)
{
    enum cor_truth truth = read_operand(reader);
    while (at_double(reader, '&')) {
        step_over_double(reader);
        enum cor_truth other = read_operand(reader);
        if (truth == COR_TRUTH_NEVER || other == COR_TRUTH_NEVER)
            truth = COR_TRUTH_NEVER;
        else if (other == COR_TRUTH_UNKNOWN)
            truth = COR_TRUTH_UNKNOWN;
    }
    return truth;
}

static enum cor_truth read_or(struct reader *reader)
{
    enum cor_truth truth = read_and(reader);
    while (at_double(reader, '|')) {
        step_over_double(reader);
        enum cor_truth other = read_and(reader);
        if (truth == COR_TRUTH_ALWAYS || other == COR_TRUTH_ALWAYS)
            truth = COR_TRUTH_ALWAYS;
        else if (other == COR_TRUTH_UNKNOWN)
            truth = COR_TRUTH_UNKNOWN;
    }
    return truth;
}

enum cor_truth cor_condition_truth(struct cor_slice expression)
{
    struct reader reader = {0};
    cor_lexer_init(&reader.lexer, expression.data, expression.size);
    reader.lexer.directives = false;
    advance(&reader);
    enum cor_truth truth = read_or(&reader);
    return reader.token.kind == COR_TOKEN_END ? truth : COR_TRUTH_UNKNOWN;
}
