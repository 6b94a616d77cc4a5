// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Linker scripts: "symbol = expression;", PROVIDE(symbol = ...), in any macro too.
#include "source/census.h"

#include "source/chars.h"
#include "source/lexer.h"

// A word followed by '=' that is no comparison defines a symbol.
static enum cor_status take_assignment(struct cor_census *census, const struct cor_token *name)
{
    struct cor_kept kept = {.how = COR_HOW_LINKER_SCRIPT,
                            .linkage = COR_LINKAGE_EXTERNAL,
                            .data = true,
                            .active = true};
    uint32_t line = census->line_base + cor_text_line(&census->text, name->text);
    enum cor_status status = cor_census_define(census, cor_token_slice(name), line, &kept);
    kept.data = false;
    return status == COR_OK ? cor_census_define(census, cor_token_slice(name), line, &kept)
                            : status;
}

static enum cor_status take_macros(struct cor_census *census)
{
    // #define and #include lines are C's; assignments within a macro's body are seen below.
    struct cor_parser parser;
    cor_parser_init(&parser, &census->text);
    parser.emit = cor_census_take;
    parser.context = census;
    cor_lexer_init(&parser.lexer, census->text.data, census->text.size);
    bool first = true;
    const char *end = parser.lexer.end;
    for (const char *at = parser.lexer.at; at < end && parser.status == COR_OK;) {
        if (first && *at == '#') {
            cor_parser_directive(&parser, at);
            at = parser.lexer.at;
        } else if (*at == '/' && at[1] == '*') {
            at = cor_skip_block_comment(at, end);
        } else {
            first = *at == '\n' || (first && cor_is(*at, COR_CHAR_BLANK));
            at++;
        }
    }
    enum cor_status status = parser.status;
    cor_parser_dispose(&parser);
    return status;
}

enum cor_status cor_census_linker_script(struct cor_census *census)
{
    struct cor_lexer lexer;
    struct cor_token token, before = {0};
    enum cor_status status = take_macros(census);
    cor_lexer_init(&lexer, census->text.data, census->text.size);
    lexer.directives = false;
    while (status == COR_OK) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END)
            break;
        bool comparison = token.mark == '=' && *lexer.at == '=';
        if (token.mark == '=' && before.kind == COR_TOKEN_WORD && !comparison)
            status = take_assignment(census, &before);
        if (comparison)
            lexer.at++;
        before = token;
    }
    return status;
}
