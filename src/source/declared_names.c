// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/declared_names.h"

#include "source/chars.h"

// The item of kind `kind` in [first, end), or `end`.
size_t cor_find_item(const struct cor_parser *parser, size_t first, size_t end,
                     enum cor_item_kind kind)
{
    while (first < end && !cor_item_is(parser, first, kind))
        first++;
    return first;
}

void cor_name_append(struct cor_parser *parser, struct cor_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (cor_array_add(&parser->name_buffer, text.data[i]) != COR_OK)
            parser->status = COR_NOMEM;
}

// The token where "ns::Class<T>::~" before the name at `token` begins.
static uint32_t qualifier_begin(const struct cor_parser *parser, uint32_t token)
{
    const struct cor_token *tokens = parser->tokens.items;
    uint32_t begin = token;
    if (begin && tokens[begin - 1].mark == '~')
        begin--;
    while (begin && tokens[begin - 1].mark == ':' && tokens[begin - 1].size == 2) {
        uint32_t at = begin - 1;
        if (at && tokens[at - 1].mark == '>') {
            unsigned depth = 0;
            do {
                at--;
                depth += tokens[at].mark == '>';
                depth -= tokens[at].mark == '<';
            } while (at && depth);
        }
        if (!at || tokens[at - 1].kind != COR_TOKEN_WORD)
            break;
        begin = at - 1;
    }
    return begin;
}

static void append_tokens(struct cor_parser *parser, uint32_t from, uint32_t to)
{
    unsigned depth = 0;
    bool operator_seen = false, word = false;
    for (uint32_t i = from; i <= to; i++) {
        const struct cor_token *token = &parser->tokens.items[i];
        if (!operator_seen && token->mark == '<')
            depth++;
        else if (!operator_seen && token->mark == '>' && depth)
            depth--;
        else if (!depth) {
            if (word && token->kind == COR_TOKEN_WORD)
                cor_name_append(parser, COR_SLICE(" "));
            cor_name_append(parser, cor_token_slice(token));
            word = token->kind == COR_TOKEN_WORD;
        }
        operator_seen |= cor_token_is(token, "operator");
    }
}

// The scopes around; true when they are plain C's. A friend is no member.
bool cor_name_append_scopes(struct cor_parser *parser)
{
    bool plain_c = false, is_friend = false;
    for (size_t i = 0; i < parser->tokens.count && cor_parser_in_class(parser); i++)
        is_friend |= cor_token_is(&parser->tokens.items[i], "friend");
    parser->name_buffer.count = 0;
    for (size_t i = 0; i + is_friend < parser->scopes.count; i++) {
        const struct cor_parse_scope *scope = &parser->scopes.items[i];
        plain_c = scope->kind == COR_SCOPE_C ||
                  (plain_c && scope->kind != COR_SCOPE_NAMED && scope->kind != COR_SCOPE_CLASS);
        if (scope->kind == COR_SCOPE_C)
            continue;
        cor_name_append(parser, scope->kind == COR_SCOPE_HIDDEN ? COR_SLICE("(anonymous namespace)")
                                                                : scope->name);
        cor_name_append(parser, COR_SLICE("::"));
    }
    return plain_c;
}

// In C++ "ns::Class::name": what stands before the name, with the scopes around.
struct cor_slice cor_name_until(struct cor_parser *parser, size_t item, uint32_t last)
{
    struct cor_slice name = cor_item_text(parser, item);
    if (!parser->cxx)
        return name;
    uint32_t token = parser->items.items[item].first, begin = qualifier_begin(parser, token);
    if (cor_name_append_scopes(parser) && begin == token)
        return name;
    append_tokens(parser, begin, last);
    return cor_slice(parser->name_buffer.items ? parser->name_buffer.items : "",
                     parser->name_buffer.count);
}

struct cor_slice cor_name_qualified(struct cor_parser *parser, size_t item)
{
    return cor_name_until(parser, item, parser->items.items[item].first);
}

// What the strings from token `at` on say together.
static struct cor_slice joined_strings(struct cor_parser *parser, size_t at)
{
    parser->target_buffer.count = 0;
    for (; at < parser->tokens.count && parser->tokens.items[at].kind == COR_TOKEN_STRING; at++) {
        const struct cor_token *token = &parser->tokens.items[at];
        size_t size = token->size > 2 && token->text[0] == '"' ? token->size - 2u : 0;
        if (cor_array_reserve(&parser->target_buffer, size + 1) != COR_OK) {
            parser->status = COR_NOMEM;
            return cor_slice("", 0);
        }
        memcpy(parser->target_buffer.items + parser->target_buffer.count, token->text + 1, size);
        parser->target_buffer.count += size;
    }
    return cor_slice(parser->target_buffer.items, parser->target_buffer.count);
}

// alias("target") in the statement's parentheses, or __alias(target).
static struct cor_slice alias_target(struct cor_parser *parser, bool *ret_label)
{
    const struct cor_token *tokens = parser->tokens.items;
    *ret_label = false;
    for (size_t i = 1; i + 2 < parser->tokens.count; i++) {
        if (tokens[i + 1].mark != '(' || tokens[i].kind != COR_TOKEN_WORD)
            continue;
        const struct cor_token *value = &tokens[i + 2];
        bool alias = cor_token_is(&tokens[i], "alias") || cor_token_is(&tokens[i], "__alias__") ||
                     cor_token_is(&tokens[i], "ifunc") || cor_token_is(&tokens[i], "__ifunc__");
        if (cor_token_is(&tokens[i], "__alias") && value->kind == COR_TOKEN_WORD)
            return cor_token_slice(value);
        bool label = cor_word_class(cor_token_slice(&tokens[i])) == COR_WORD_ASM;
        struct cor_slice target = {0};
        if ((alias || label) && value->kind == COR_TOKEN_STRING)
            target = joined_strings(parser, i + 2);
        if (target.size) {
            *ret_label = label;
            return target;
        }
    }
    return cor_slice("", 0);
}

struct cor_slice cor_name_written(const struct cor_parser *parser, size_t item)
{
    uint32_t token = parser->items.items[item].first, begin = qualifier_begin(parser, token);
    const struct cor_token *first = &parser->tokens.items[begin];
    const struct cor_token *last = &parser->tokens.items[token];
    struct cor_slice whole =
        cor_slice(first->text, (size_t)(last->text + last->size - first->text));
    for (size_t i = 0; i < whole.size; i++)
        if (whole.data[i] != ':' && !cor_is_word(whole.data[i]))
            return cor_token_slice(last);
    return whole;
}

struct cor_slice cor_name_last_part(struct cor_slice name)
{
    const char *colon = name.size ? memrchr(name.data, ':', name.size) : NULL;
    return colon ? cor_slice(colon + 1, (size_t)(name.data + name.size - colon - 1)) : name;
}

static size_t last_part_size(struct cor_slice name)
{
    const char *colon = memrchr(name.data, ':', name.size);
    return colon ? (size_t)(name.data + name.size - colon - 1) : name.size;
}

void cor_emit_name(struct cor_parser *parser, enum cor_found_kind kind, struct cor_slice name,
                   const char *at, enum cor_linkage linkage, bool data)
{
    if (!name.size)
        return;
    if (kind == COR_FOUND_DATA && cor_parser_in_class(parser))
        kind = COR_FOUND_DECLARATION;
    if (kind == COR_FOUND_FUNCTION) {
        // In C++ the qualified name lives in a buffer: the text itself must do.
        parser->function = parser->cxx ? cor_slice(at, last_part_size(name)) : name;
        parser->function_linkage = linkage;
    }
    cor_parser_emit(parser,
                    &(struct cor_found){
                        .kind = kind, .name = name, .at = at, .linkage = linkage, .data = data});
}

// A declarator made "extern", by __alias(target) or by a label: says so. True for an alias.
bool cor_emit_target(struct cor_parser *parser, struct cor_slice name, const char *at,
                     enum cor_linkage linkage, bool data)
{
    bool label;
    struct cor_slice target = alias_target(parser, &label);
    if (!target.size || !name.size)
        return false;
    cor_parser_emit(parser, &(struct cor_found){.kind = label ? COR_FOUND_LABEL : COR_FOUND_ALIAS,
                                                .name = name,
                                                .at = at,
                                                .linkage = linkage,
                                                .data = data,
                                                .target = target});
    return !label;
}

// --- a brace follows --------------------------------------------------------------------------
