// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Census of assembly: macros of the preprocessor are taken now, all else is kept until every macro
// is known.
#include "source/census.h"

#include "source/chars.h"

static char *blank(char *at)
{
    if (*at != '\n')
        *at = ' ';
    return at + 1;
}

// The end of a directive or comment that begins at `at`, else NULL.
static const char *blank_until(const char *at, const char *end, bool first)
{
    if (first && *at == '#')
        return cor_skip_directive(at, end);
    if (*at == '/' && at[1] == '*')
        return cor_skip_block_comment(at, end);
    return *at == '/' && at[1] == '/' ? cor_skip_line(at, end) : NULL;
}

enum cor_status cor_census_chunk(struct cor_census *census, struct cor_slice text, uint32_t line)
{
    char *copy = cor_arena_alloc(&census->arena, text.size + COR_TEXT_PADDING, 1);
    if (!copy)
        return COR_NOMEM;
    memcpy(copy, text.data, text.size);
    char *at = copy, *end = copy + text.size;
    for (bool first = true; at < end;) {
        const char *stop = blank_until(at, end, first);
        if (stop) {
            while (at < stop)
                at = blank(at);
            continue;
        }
        first = *at == '\n' || (first && cor_is(*at, COR_CHAR_BLANK));
        if (*at == '"')
            at += cor_skip_quoted(at, end) - at;
        else if (*at == '\\' && at[1] == '\n') // one statement on two lines
            at[0] = at[1] = ' ', at += 2;
        else
            at++;
    }
    return cor_array_add(&census->chunks, (struct cor_chunk){cor_slice(copy, text.size), line});
}

enum cor_status cor_census_assembly(struct cor_census *census)
{
    struct cor_parser parser;
    cor_parser_init(&parser, &census->text);
    parser.emit = cor_census_take;
    parser.context = census;
    cor_lexer_init(&parser.lexer, census->text.data, census->text.size);
    const char *end = parser.lexer.end;
    bool first = true;
    for (const char *at = parser.lexer.at; at < end && parser.status == COR_OK;) {
        if (*at == '#' && first) {
            cor_parser_directive(&parser, at);
            at = parser.lexer.at;
            parser.assembly = 0;
        } else if (*at == '/' && at[1] == '*') {
            at = cor_skip_block_comment(at, end);
        } else {
            first = *at == '\n' || (first && cor_is(*at, COR_CHAR_BLANK));
            at++;
        }
    }
    enum cor_status status = parser.status;
    cor_parser_dispose(&parser);
    if (status != COR_OK)
        return status;
    return cor_census_chunk(census, cor_slice(census->text.data, census->text.size), 1);
}
