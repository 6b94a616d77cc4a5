// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/declarators.h"

static enum cor_item_kind punctuation_kind(const struct cor_parser *parser,
                                           const struct cor_token *token)
{
    switch (token->mark) {
    case '(':
        return COR_ITEM_GROUP;
    case '[':
        return COR_ITEM_INDEX;
    case '*':
        return COR_ITEM_STAR;
    case '&':
        return parser->cxx ? COR_ITEM_STAR : COR_ITEM_OTHER;
    case '=':
        return COR_ITEM_ASSIGN;
    case ',':
        return COR_ITEM_COMMA;
    case ':':
        return token->size == 1 ? COR_ITEM_COLON : COR_ITEM_OTHER;
    default:
        return COR_ITEM_OTHER;
    }
}

// The token behind "< ... >", or `from` when it does not close.
static uint32_t behind_angles(const struct cor_parser *parser, uint32_t from)
{
    unsigned depth = 0;
    for (uint32_t i = from; i < parser->tokens.count; i++) {
        const struct cor_token *token = &parser->tokens.items[i];
        if (token->mark == '(' && token->match > i && token->match < parser->tokens.count)
            i = token->match;
        else if (token->mark == '<')
            depth++;
        else if (token->mark == '>' && --depth == 0)
            return i + 1;
    }
    return from;
}

static uint32_t item_end(const struct cor_parser *parser, uint32_t first, struct cor_item *item)
{
    const struct cor_token *token = &parser->tokens.items[first];
    if (token->mark == '(' || token->mark == '[')
        return token->match > first && token->match < parser->tokens.count ? token->match + 1
                                                                           : first + 1;
    if (parser->cxx && token->mark == '<') {
        uint32_t end = behind_angles(parser, first);
        if (end > first) {
            item->kind = COR_ITEM_ANGLES;
            return end;
        }
    }
    return first + 1;
}

// Keywords of C++ that C programs have as names.
static bool is_name_in_c(const struct cor_token *token)
{
    return cor_token_is(token, "class") || cor_token_is(token, "requires") ||
           cor_token_is(token, "concept");
}

bool cor_items_fill(struct cor_parser *parser)
{
    parser->items.count = 0;
    bool after_operator = false; // its sign is none of the declarator's
    for (uint32_t i = 0; i < parser->tokens.count;) {
        const struct cor_token *token = &parser->tokens.items[i];
        struct cor_item item = {.first = i, .kind = COR_ITEM_OTHER};
        if (token->kind == COR_TOKEN_WORD) {
            item.kind = COR_ITEM_WORD;
            item.word = (uint8_t)cor_word_class(cor_token_slice(token));
            if (!parser->cxx && is_name_in_c(token))
                item.word = COR_WORD_PLAIN;
        } else if (token->kind == COR_TOKEN_BLOCK) {
            item.kind = COR_ITEM_BLOCK;
        } else if (token->kind == COR_TOKEN_STRING) {
            item.kind = COR_ITEM_STRING;
        } else if (token->kind == COR_TOKEN_PUNCTUATION) {
            item.kind = (uint8_t)punctuation_kind(parser, token);
        }
        after_operator = parser->cxx && token->mark != '(' &&
                         (after_operator || cor_token_is(token, "operator"));
        if (after_operator && token->mark && token->mark != '[') {
            item.kind = COR_ITEM_OTHER;
            item.end = ++i;
        } else {
            item.end = i = item_end(parser, i, &item);
        }
        if (cor_array_add(&parser->items, item) != COR_OK) {
            parser->status = COR_NOMEM;
            return false;
        }
    }
    return true;
}

bool cor_item_is(const struct cor_parser *parser, size_t item, enum cor_item_kind kind)
{
    return item < parser->items.count && parser->items.items[item].kind == kind;
}

bool cor_item_is_name(const struct cor_parser *parser, size_t item)
{
    return cor_item_is(parser, item, COR_ITEM_WORD) &&
           parser->items.items[item].word == COR_WORD_PLAIN;
}

bool cor_item_is_pair(const struct cor_parser *parser, size_t item)
{
    return cor_item_is_name(parser, item) && cor_item_is(parser, item + 1, COR_ITEM_GROUP);
}

struct cor_slice cor_item_text(const struct cor_parser *parser, size_t item)
{
    return cor_token_slice(&parser->tokens.items[parser->items.items[item].first]);
}

static bool group_says_weak(const struct cor_parser *parser, const struct cor_item *group)
{
    for (uint32_t i = group->first + 1; i < group->end; i++) {
        const struct cor_token *token = &parser->tokens.items[i];
        if (cor_token_is(token, "weak") || cor_token_is(token, "__weak__"))
            return true;
    }
    return false;
}

static void add_word(struct cor_specifiers *specifiers, enum cor_word word)
{
    specifiers->is_static |= word == COR_WORD_STATIC;
    specifiers->is_extern |= word == COR_WORD_EXTERN;
    specifiers->is_typedef |= word == COR_WORD_TYPEDEF;
    specifiers->is_inline |= word == COR_WORD_INLINE;
    specifiers->is_weak |= word == COR_WORD_WEAK;
    specifiers->has_type |= word == COR_WORD_TYPE || word == COR_WORD_TAG ||
                            word == COR_WORD_TYPEOF || word == COR_WORD_PLAIN;
}

struct cor_specifiers cor_items_specifiers(const struct cor_parser *parser, size_t first,
                                           size_t end)
{
    struct cor_specifiers specifiers = {0};
    for (size_t i = first; i < end && i < parser->items.count; i++) {
        const struct cor_item *item = &parser->items.items[i];
        if (item->kind == COR_ITEM_ASSIGN)
            break;
        if (item->kind == COR_ITEM_WORD && !cor_item_is_pair(parser, i))
            add_word(&specifiers, (enum cor_word)item->word);
        if (item->kind == COR_ITEM_GROUP && group_says_weak(parser, item))
            specifiers.is_weak = true;
        specifiers.has_type |= item->kind == COR_ITEM_STAR || item->kind == COR_ITEM_BLOCK;
    }
    return specifiers;
}

enum cor_linkage cor_linkage_of(const struct cor_parser *parser, struct cor_specifiers specifiers)
{
    // The GNU dialect of C89 gives "inline" alone a body outside; so does C99 once some
    // declaration says so. In a header neither counts as a body.
    if (cor_parser_in_class(parser) ||
        (specifiers.is_inline && !specifiers.is_static && (parser->header || parser->cxx)) ||
        (specifiers.is_inline && parser->header))
        return COR_LINKAGE_INLINE;
    if (specifiers.is_static)
        return COR_LINKAGE_INTERNAL;
    for (size_t i = 0; i < parser->scopes.count; i++)
        if (parser->scopes.items[i].kind == COR_SCOPE_HIDDEN)
            return COR_LINKAGE_INTERNAL;
    return specifiers.is_weak ? COR_LINKAGE_WEAK : COR_LINKAGE_EXTERNAL;
}

bool cor_group_has_types(const struct cor_parser *parser, const struct cor_item *group)
{
    bool after_word = false;
    if (group->end - group->first <= 2)
        return true;
    for (uint32_t i = group->first + 1; i + 1 < group->end; i++) {
        const struct cor_token *token = &parser->tokens.items[i];
        bool is_word = token->kind == COR_TOKEN_WORD;
        if ((is_word && after_word) || token->mark == '*' || (token->mark == '.'))
            return true;
        if (is_word) {
            enum cor_word word = cor_word_class(cor_token_slice(token));
            if (word == COR_WORD_TYPE || word == COR_WORD_TAG || word == COR_WORD_QUALIFIER)
                return true;
        }
        after_word = is_word;
    }
    return false;
}

struct cor_slice cor_group_name(const struct cor_parser *parser, const struct cor_item *group,
                                bool *ret_pointer, bool *ret_function)
{
    *ret_pointer = *ret_function = false;
    unsigned words = 0;
    for (uint32_t i = group->first + 1; i + 1 < group->end; i++) {
        const struct cor_token *token = &parser->tokens.items[i];
        if (token->mark == '*' || token->mark == '^') {
            *ret_pointer = true;
            continue;
        }
        if (token->mark == '(' || token->kind != COR_TOKEN_WORD) {
            if (token->mark == '(' && i + 1 < group->end)
                continue; // ((*name)(...))
            break;
        }
        const struct cor_token *next = token + 1;
        bool last = i + 2 >= group->end || next->mark == '[' || next->mark == '(' ||
                    next->mark == ')' || next->mark == ',';
        if (!last && ++words < 4)
            continue; // (asmlinkage *name), (* const name)
        *ret_function = next->mark == '(' && i + 2 < group->end;
        return next->mark == ',' ? cor_slice("", 0) : cor_token_slice(token);
    }
    return cor_slice("", 0);
}

bool cor_group_lists(const struct cor_parser *parser, const struct cor_item *group)
{
    if (group->end - group->first <= 2)
        return false;
    for (uint32_t i = group->first + 1; i + 1 < group->end; i++) {
        const struct cor_token *token = &parser->tokens.items[i];
        bool odd = (i - group->first) % 2;
        if (odd ? token->kind != COR_TOKEN_WORD : token->mark != ',')
            return false;
    }
    return true;
}

bool cor_group_mentions(const struct cor_parser *parser, const struct cor_item *group,
                        struct cor_slice name)
{
    for (uint32_t i = group->first + 1; i + 1 < group->end; i++)
        if (cor_slice_same(cor_token_slice(&parser->tokens.items[i]), name))
            return true;
    return false;
}
