// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Statements that macros must be expanded for, and macros before a statement that are complete.
#include "source/statements.h"

enum cor_linkage cor_linkage_between(const struct cor_parser *parser, size_t first, size_t end)
{
    return cor_linkage_of(parser, cor_items_specifiers(parser, first, end));
}

const char *cor_item_place(const struct cor_parser *parser, size_t item)
{
    return parser->tokens.items[parser->items.items[item].first].text;
}

void cor_emit_invocation(struct cor_parser *parser, size_t first, size_t end, size_t name,
                         const char *tail)
{
    if (first >= end)
        return;
    uint32_t from = parser->items.items[first].first, to = parser->items.items[end - 1].end;
    struct cor_slice scope = {0};
    if (parser->cxx && !cor_name_append_scopes(parser))
        scope = cor_slice(parser->name_buffer.items, parser->name_buffer.count);
    cor_parser_emit(parser, &(struct cor_found){.kind = COR_FOUND_INVOCATION,
                                                .name = cor_item_text(parser, name),
                                                .at = cor_item_place(parser, name),
                                                .tokens = parser->tokens.items + from,
                                                .token_count = to - from,
                                                .tail = tail,
                                                .scope = scope});
}

bool cor_item_is_shouted(const struct cor_parser *parser, size_t item)
{
    if (!cor_item_is_name(parser, item))
        return false;
    struct cor_slice word = cor_item_text(parser, item);
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] >= 'a' && word.data[i] <= 'z')
            return false;
    return true;
}

static bool begins_line(const struct cor_parser *parser, size_t item)
{
    return parser->tokens.items[parser->items.items[item].first].flags & COR_TOKEN_FIRST;
}

// list\n list\n MACRO(x): lists in small letters before a macro. Returns the item of MACRO.
static size_t behind_lists(const struct cor_parser *parser, size_t first)
{
    size_t at = first;
    while (cor_item_is_name(parser, at) && cor_item_is_name(parser, at + 1) &&
           begins_line(parser, at) && begins_line(parser, at + 1))
        at++;
    return cor_item_is_shouted(parser, at) && cor_item_is_pair(parser, at) ? at : first;
}

// MACRO without anything, on a line of its own before another one.
static size_t peel_bare(struct cor_parser *parser, size_t first)
{
    size_t lists = behind_lists(parser, first);
    for (; first < lists; first++)
        cor_emit_invocation(parser, first, first + 1, first, ";");
    while (cor_item_is_shouted(parser, first) && cor_item_is_shouted(parser, first + 1) &&
           begins_line(parser, first + 1)) {
        cor_emit_invocation(parser, first, first + 1, first, ";");
        first++;
    }
    return first;
}

size_t cor_peel_invocations(struct cor_parser *parser)
{
    size_t first = peel_bare(parser, 0);
    while (cor_item_is_pair(parser, first) && cor_item_is(parser, first + 2, COR_ITEM_WORD) &&
           parser->items.items[first + 2].word != COR_WORD_ATTRIBUTE) {
        cor_emit_invocation(parser, first, first + 2, first, ";");
        first = peel_bare(parser, first + 2);
    }
    return first;
}

void cor_parser_peel(struct cor_parser *parser)
{
    if (parser->open || !cor_items_fill(parser))
        return;
    size_t first = cor_peel_invocations(parser);
    if (first == 0 || first >= parser->items.count)
        return;
    uint32_t gone = parser->items.items[first].first;
    size_t left = parser->tokens.count - gone;
    memmove(parser->tokens.items, parser->tokens.items + gone, left * sizeof *parser->tokens.items);
    for (size_t i = 0; i < left; i++)
        if (parser->tokens.items[i].match >= gone)
            parser->tokens.items[i].match -= gone;
    parser->tokens.count = left;
}
