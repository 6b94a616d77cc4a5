// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/parser.h"

#include "base/alloc.h"
#include "base/checked.h"
#include "source/chars.h"
#include "source/words.h"

enum { TOKEN_LIMIT = 1 << 18, PEEL_TOKENS = 256, RESTART_LIMIT = 16 };

void cor_parser_init(struct cor_parser *parser, struct cor_text *text)
{
    *parser = (struct cor_parser){.text = text};
}

static void free_branch(struct cor_parse_branch *branch)
{
    cor_free(branch->before.tokens);
    cor_free(branch->first_end.tokens);
}

void cor_parser_dispose(struct cor_parser *parser)
{
    for (size_t i = 0; i < parser->branches.count; i++)
        free_branch(&parser->branches.items[i]);
    cor_array_dispose(&parser->branches);
    cor_array_dispose(&parser->tokens);
    cor_array_dispose(&parser->items);
    cor_array_dispose(&parser->scopes);
    cor_array_dispose(&parser->pending);
    cor_array_dispose(&parser->name_buffer);
    cor_array_dispose(&parser->target_buffer);
}

void cor_parser_emit(struct cor_parser *parser, struct cor_found *found)
{
    if (parser->status != COR_OK)
        return;
    found->active = parser->dead == 0;
    parser->status = parser->emit(parser->context, found);
}

void cor_parser_clear(struct cor_parser *parser)
{
    parser->tokens.count = 0;
    parser->open = 0;
    parser->peel_at = PEEL_TOKENS;
}

static void push_token(struct cor_parser *parser, const struct cor_token *token)
{
    if (parser->tokens.count >= TOKEN_LIMIT)
        cor_parser_clear(parser);
    if (cor_array_add(&parser->tokens, *token) != COR_OK)
        parser->status = COR_NOMEM;
}

static void emit_word(struct cor_parser *parser, const struct cor_token *token, bool in_string)
{
    cor_parser_emit(parser, &(struct cor_found){.kind = COR_FOUND_WORD,
                                                .name = cor_token_slice(token),
                                                .at = token->text,
                                                .in_block = parser->brace > 0,
                                                .in_string = in_string});
}

// asm("...") names functions inside its strings.
static void emit_string_words(struct cor_parser *parser, const struct cor_token *string)
{
    const char *end = string->text + string->size;
    for (const char *at = string->text; at < end;) {
        if (!cor_is(*at, COR_CHAR_LETTER)) {
            at += *at == '\\' && at + 1 < end ? 2 : 1;
            continue;
        }
        const char *begin = at;
        while (at < end && cor_is_word(*at))
            at++;
        struct cor_token word = {.text = begin, .size = (uint32_t)(at - begin)};
        emit_word(parser, &word, true);
    }
}

static bool at_column_0(const struct cor_parser *parser, const char *at)
{
    return at == parser->text->data || at[-1] == '\n';
}

static void end_block(struct cor_parser *parser, const char *behind)
{
    parser->brace = 0;
    parser->lexer.at = behind;
    if (parser->block == COR_BLOCK_BODY) {
        if (parser->function.size)
            cor_parser_emit(parser,
                            &(struct cor_found){
                                .kind = COR_FOUND_BODY,
                                .name = parser->function,
                                .at = parser->function.data,
                                .linkage = parser->function_linkage,
                                .target = cor_slice(parser->block_begin + 1,
                                                    (size_t)(behind - parser->block_begin - 2))});
        parser->function = cor_slice("", 0);
        cor_parser_clear(parser);
        return;
    }
    struct cor_token block = {.text = parser->block_begin,
                              .size = cor_u32_clamp((size_t)(behind - parser->block_begin)),
                              .kind = COR_TOKEN_BLOCK};
    push_token(parser, &block);
}

// A '}' in column 0 ends a function for sure once branches have spoilt the count of braces.
static const char *close_brace(struct cor_parser *parser, const char *at)
{
    if (parser->brace > 1 && (parser->resync || parser->unbalanced) &&
        parser->block == COR_BLOCK_BODY && at_column_0(parser, at))
        parser->brace = 1;
    if (--parser->brace == 0) {
        parser->unbalanced = false;
        end_block(parser, at + 1);
    }
    return at + 1;
}

// A '{' in column 0 within a body, once braces cannot be trusted: a function begins, and with it
// ends the one before. Its head is the lines above, up to one that ends a statement.
static const char *head_above(const struct cor_parser *parser, const char *brace)
{
    const char *begin = parser->block_begin, *head = brace;
    for (const char *line_end = brace; line_end > begin + 1;) {
        const char *line = line_end - 1;
        while (line > begin && line[-1] != '\n')
            line--;
        struct cor_slice text = cor_slice_trim(cor_slice(line, (size_t)(line_end - line)));
        if (!text.size || strchr("#/*", text.data[0]) || strchr(";{}", text.data[text.size - 1]))
            break;
        head = line_end = line;
    }
    return head;
}

static const char *open_inner_brace(struct cor_parser *parser, const char *at)
{
    if (parser->resync && parser->block == COR_BLOCK_BODY && at_column_0(parser, at)) {
        const char *head = head_above(parser, at);
        if (head < at && head > parser->block_begin) {
            end_block(parser, head);
            return head;
        }
    }
    parser->brace++;
    return at + 1;
}

static bool begins_directive(const struct cor_parser *parser, const char *hash)
{
    const char *at = hash;
    while (at > parser->text->data && cor_is(at[-1], COR_CHAR_BLANK))
        at--;
    return at == parser->text->data || at[-1] == '\n' || (at[-1] == '/' && at[-2] == '*');
}

static void emit_label_string(struct cor_parser *parser, const char *at)
{
    struct cor_lexer lexer = parser->lexer;
    struct cor_token token;
    size_t count = parser->tokens.count;
    lexer.at = at;
    for (;;) {
        cor_lex(&lexer, &token);
        if (token.kind != COR_TOKEN_STRING && token.kind != COR_TOKEN_WORD)
            break;
        push_token(parser, &token);
        if (parser->tokens.count - count > 512)
            break;
    }
    if (parser->status == COR_OK)
        cor_parser_emit(parser, &(struct cor_found){.kind = COR_FOUND_ASSEMBLY,
                                                    .name = parser->function,
                                                    .at = at,
                                                    .tokens = parser->tokens.items + count,
                                                    .token_count = parser->tokens.count - count});
    parser->tokens.count = count;
}

static bool makes_global(const char *at, const char *behind)
{
    return memmem(at, (size_t)(behind - at), ".glob", 5) != NULL;
}

// "name:\n...: the string begins with a label.
static bool begins_with_label(const char *at, const char *behind)
{
    const char *end = ++at;
    while (end < behind && cor_is_word(*end))
        end++;
    return end - at > 1 && cor_is(*at, COR_CHAR_LETTER) && end + 1 < behind && *end == ':' &&
           (end[1] == '\\' || end[1] == '"');
}

// The string is the first of an asm statement: asm volatile ("...
static bool opens_asm(const struct cor_parser *parser, const char *at)
{
    const char *begin = parser->text->data;
    while (at > begin && (cor_is(at[-1], COR_CHAR_BLANK) || at[-1] == '\n'))
        at--;
    if (at == begin || at[-1] != '(')
        return false;
    at--;
    for (int words = 0; words < 3; words++) {
        while (at > begin && (cor_is(at[-1], COR_CHAR_BLANK) || at[-1] == '\n'))
            at--;
        const char *end = at;
        while (at > begin && cor_is_word(at[-1]))
            at--;
        struct cor_slice word = cor_slice(at, (size_t)(end - at));
        if (cor_word_class(word) == COR_WORD_ASM)
            return true;
        if (!word.size)
            return false;
    }
    return false;
}

static const char *skip_body_string(struct cor_parser *parser, const char *at)
{
    const char *end = parser->lexer.end;
    const char *raw = parser->cxx ? cor_skip_raw_string(parser->text->data, at, end) : NULL;
    const char *behind = raw ? raw : cor_skip_quoted(at, end);
    if (makes_global(at, behind) || (begins_with_label(at, behind) && opens_asm(parser, at)))
        emit_label_string(parser, at);
    return behind;
}

static const char *skip_body_quote(struct cor_parser *parser, const char *at)
{
    if (at > parser->text->data && cor_is(at[-1], COR_CHAR_DIGIT)) // 1'000
        return at + 1;
    return cor_skip_quoted(at, parser->lexer.end);
}

static const char *skip_body_slash(struct cor_parser *parser, const char *at)
{
    if (at[1] == '*')
        return cor_skip_block_comment(at, parser->lexer.end);
    return at[1] == '/' ? cor_skip_line(at, parser->lexer.end) : at + 1;
}

// Goes on within a block until it ends or a directive was met. False at the end of the text.
static bool skip_block(struct cor_parser *parser)
{
    const char *at = parser->lexer.at, *end = parser->lexer.end;
    for (;;) {
        while (!cor_is(*at, COR_CHAR_BODY))
            at++;
        if (at >= end)
            return false;
        if (*at == '}') {
            at = close_brace(parser, at);
            if (!parser->brace)
                return true;
        } else if (*at == '{') {
            at = open_inner_brace(parser, at);
            if (!parser->brace)
                return true;
        } else if (*at == '"') {
            at = skip_body_string(parser, at);
        } else if (*at == '\'') {
            at = skip_body_quote(parser, at);
        } else if (*at == '/') {
            at = skip_body_slash(parser, at);
        } else if (*at == '#' && begins_directive(parser, at)) {
            cor_parser_directive(parser, at);
            return true;
        } else {
            at++;
        }
        if (parser->status != COR_OK)
            return false;
    }
}

static bool asm_before(struct cor_parser *parser, bool *in_asm, const struct cor_token *token)
{
    if (token->kind == COR_TOKEN_WORD) {
        enum cor_word word = cor_word_class(cor_token_slice(token));
        if (word == COR_WORD_ASM)
            *in_asm = true;
    } else if (token->mark == ';') {
        *in_asm = false;
    }
    return *in_asm && parser->words;
}

// The same, looking at every word.
static bool read_block(struct cor_parser *parser)
{
    bool in_asm = false;
    for (struct cor_token token; parser->status == COR_OK;) {
        cor_lex(&parser->lexer, &token);
        bool asm_string = asm_before(parser, &in_asm, &token);
        if (token.kind == COR_TOKEN_END)
            return false;
        if (token.kind == COR_TOKEN_DIRECTIVE) {
            cor_parser_directive(parser, token.text);
            return true;
        }
        if (token.kind == COR_TOKEN_WORD) {
            if (parser->block != COR_BLOCK_MEMBERS)
                emit_word(parser, &token, false);
        } else if (token.kind == COR_TOKEN_STRING && asm_string)
            emit_string_words(parser, &token);
        else if (token.mark == '{') {
            open_inner_brace(parser, token.text);
            if (!parser->brace)
                return true;
        } else if (token.mark == '}') {
            close_brace(parser, token.text);
            if (!parser->brace)
                return true;
        }
    }
    return false;
}

static void open_paren(struct cor_parser *parser, struct cor_token *token)
{
    token->match = parser->open;
    push_token(parser, token);
    parser->open = (uint32_t)parser->tokens.count;
}

static void close_paren(struct cor_parser *parser, struct cor_token *token)
{
    if (!parser->open)
        return;
    struct cor_token *opener = &parser->tokens.items[parser->open - 1];
    uint32_t outer = opener->match;
    opener->match = (uint32_t)parser->tokens.count;
    token->match = parser->open - 1;
    parser->open = outer;
    push_token(parser, token);
}

static void open_brace(struct cor_parser *parser, const struct cor_token *token)
{
    enum cor_block block = COR_BLOCK_VALUE;
    if (!parser->open && !cor_parser_head(parser, &block)) {
        cor_parser_clear(parser);
        return;
    }
    parser->block = block;
    parser->block_begin = token->text;
    parser->brace = 1;
    parser->unbalanced = false;
}

bool cor_parser_in_class(const struct cor_parser *parser)
{
    return parser->scopes.count &&
           parser->scopes.items[parser->scopes.count - 1].kind == COR_SCOPE_CLASS;
}

static void close_scope(struct cor_parser *parser, const struct cor_token *brace)
{
    if (!parser->open)
        cor_parser_statement(parser);
    cor_parser_clear(parser);
    if (!parser->scopes.count)
        return;
    bool is_class = cor_parser_in_class(parser);
    if (is_class)
        cor_parser_end_class(parser, brace->text);
    parser->scopes.count--;
    struct cor_token block = {.text = brace->text, .size = 1, .kind = COR_TOKEN_BLOCK};
    if (is_class) // class X { } x;
        push_token(parser, &block);
}

// "public:" and the like stand before a member.
static bool ends_access(const struct cor_parser *parser)
{
    static const char *const words[] = {"public", "private", "protected", "signals", "Q_SIGNALS"};
    size_t count = parser->tokens.count;
    if (!cor_parser_in_class(parser) || !count || count > 2)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cor_token_is(&parser->tokens.items[0], words[i]))
            return true;
    return false;
}

static void file_scope_token(struct cor_parser *parser, struct cor_token *token)
{
    if (parser->assembly)
        return;
    if (parser->words && token->kind == COR_TOKEN_WORD)
        emit_word(parser, token, false);
    switch (token->mark) {
    case '(':
    case '[':
        open_paren(parser, token);
        break;
    case ')':
    case ']':
        close_paren(parser, token);
        break;
    case '{':
        open_brace(parser, token);
        break;
    case '}':
        close_scope(parser, token);
        break;
    case ';':
        if (parser->open) {
            push_token(parser, token);
            break;
        }
        cor_parser_statement(parser);
        cor_parser_clear(parser);
        break;
    default:
        if (token->mark == ':' && token->size == 1 && ends_access(parser)) {
            cor_parser_clear(parser);
            break;
        }
        if (token->flags & COR_TOKEN_COLUMN_0 && parser->tokens.count >= parser->peel_at) {
            cor_parser_peel(parser);
            parser->peel_at = 2 * parser->tokens.count + PEEL_TOKENS;
        }
        push_token(parser, token);
    }
}

// The end of the text within a block or a parenthesis: something above was not understood. Starts
// again behind its opening, with stricter rules, so that the rest of the text is not lost.
static bool restart(struct cor_parser *parser)
{
    if (parser->status != COR_OK || parser->restarts >= RESTART_LIMIT || parser->expanded)
        return false;
    const char *from = NULL;
    if (parser->brace && !(parser->resync && parser->block == COR_BLOCK_BODY)) {
        from = parser->block_begin + 1;
        parser->resync = true;
        if (parser->block == COR_BLOCK_BODY)
            parser->brace = 1;
        else
            parser->brace = 0, cor_parser_clear(parser);
    } else if (parser->open) {
        uint32_t outermost = parser->open;
        while (parser->tokens.items[outermost - 1].match)
            outermost = parser->tokens.items[outermost - 1].match;
        from = parser->tokens.items[outermost - 1].text + 1;
        cor_parser_clear(parser);
    }
    if (!from)
        return false;
    parser->restarts++;
    parser->lexer.at = from;
    for (size_t i = 0; i < parser->branches.count; i++)
        free_branch(&parser->branches.items[i]);
    parser->branches.count = 0;
    parser->dead = parser->assembly = 0;
    return true;
}

static void parse_on(struct cor_parser *parser)
{
    while (parser->status == COR_OK) {
        if (parser->brace) {
            if (!(parser->words ? read_block(parser) : skip_block(parser)))
                return;
            continue;
        }
        struct cor_token token;
        cor_lex(&parser->lexer, &token);
        if (token.kind == COR_TOKEN_END)
            return;
        if (token.kind == COR_TOKEN_DIRECTIVE)
            cor_parser_directive(parser, token.text);
        else
            file_scope_token(parser, &token);
    }
}

enum cor_status cor_parse(struct cor_parser *parser)
{
    cor_lexer_init(&parser->lexer, parser->text->data, parser->text->size);
    parser->lexer.directives = !parser->expanded;
    parser->lexer.cxx = parser->cxx;
    do
        parse_on(parser);
    while (restart(parser));
    // A macro may open a parenthesis that another one closes.
    struct cor_token close = {.text = ")", .size = 1, .kind = COR_TOKEN_PUNCTUATION, .mark = ')'};
    while (parser->status == COR_OK && parser->expanded && parser->open)
        close_paren(parser, &close);
    if (parser->status == COR_OK && !parser->open && !parser->brace)
        cor_parser_statement(parser);
    return parser->status;
}
