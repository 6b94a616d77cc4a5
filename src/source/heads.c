// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A brace follows the statement: the head of a function, of a type, or of a value.
#include "source/statements.h"

// "(name)(args)" and "(*name(args))(args)".
static bool parenthesized_head(struct cor_parser *parser, size_t first, size_t end,
                               struct cor_head *head)
{
    for (size_t i = first; i < end; i++) {
        if (!cor_item_is(parser, i, COR_ITEM_GROUP))
            continue;
        bool pointer, function, follows = cor_item_is(parser, i + 1, COR_ITEM_GROUP);
        struct cor_slice name =
            cor_group_name(parser, &parser->items.items[i], &pointer, &function);
        if (!name.size || (pointer && !function) || (!function && !follows))
            continue;
        if (i > first && cor_item_is(parser, i - 1, COR_ITEM_WORD) &&
            (parser->items.items[i - 1].word == COR_WORD_ATTRIBUTE ||
             parser->items.items[i - 1].word == COR_WORD_ASM))
            continue;
        *head = (struct cor_head){.name = name,
                                  .at = name.data,
                                  .item = i,
                                  .linkage = cor_linkage_between(parser, first, i),
                                  .sure = i > first && !cor_item_is_pair(parser, i - 1)};
        return true;
    }
    return false;
}

static size_t constructor_end(const struct cor_parser *parser, size_t first)
{
    size_t end = parser->items.count;
    if (parser->cxx)
        for (size_t i = first + 1; i < end; i++)
            if (cor_item_is(parser, i, COR_ITEM_COLON) &&
                cor_find_item(parser, first, i, COR_ITEM_GROUP) < i)
                return i;
    return end;
}

size_t cor_choose_pair(const struct cor_parser *parser, size_t first, size_t end, size_t *ret_count)
{
    size_t chosen = end, count = 0;
    for (size_t i = first; i + 1 < end; i++) {
        if (!cor_item_is_pair(parser, i))
            continue;
        count++;
        bool typed = i > first && (cor_item_is(parser, i - 1, COR_ITEM_WORD) ||
                                   cor_item_is(parser, i - 1, COR_ITEM_STAR) ||
                                   cor_item_is(parser, i - 1, COR_ITEM_ANGLES));
        bool types = cor_group_has_types(parser, &parser->items.items[i + 1]);
        if (chosen == end || (typed && types))
            chosen = i;
        i++;
    }
    *ret_count = count;
    return chosen;
}

// "operator+(args)", "operator()(args)", "operator bool()".
static bool operator_head(struct cor_parser *parser, size_t first, struct cor_head *head)
{
    size_t count = parser->items.count, at = first;
    while (at < count && !cor_item_is_word(parser, at, "operator"))
        at++;
    if (!parser->cxx || at >= count)
        return false;
    size_t group = cor_find_item(parser, at + 1, count, COR_ITEM_GROUP);
    if (group == at + 1 && cor_item_is(parser, group + 1, COR_ITEM_GROUP))
        group++;
    if (group >= count)
        return false;
    *head =
        (struct cor_head){.name = cor_name_until(parser, at, parser->items.items[group].first - 1),
                          .at = cor_item_place(parser, at),
                          .item = at,
                          .linkage = cor_linkage_between(parser, first, at),
                          .sure = true};
    return parser->status == COR_OK;
}

// "~X", "A::f": the name is written with what it is of.
static bool qualified_here(const struct cor_parser *parser, size_t item)
{
    uint32_t token = parser->items.items[item].first;
    char before = token ? parser->tokens.items[token - 1].mark : '\0';
    return before == ':' || before == '~';
}

static bool is_constructor(const struct cor_parser *parser, size_t item)
{
    if (!cor_parser_in_class(parser))
        return false;
    struct cor_slice own = parser->scopes.items[parser->scopes.count - 1].name;
    return cor_slice_same(cor_name_last_part(own), cor_item_text(parser, item));
}

bool cor_find_head(struct cor_parser *parser, size_t first, struct cor_head *head)
{
    if (operator_head(parser, first, head))
        return true;
    size_t end = constructor_end(parser, first), count;
    size_t pair = cor_choose_pair(parser, first, end, &count);
    if (pair == end)
        return parenthesized_head(parser, first, end, head);
    if (cor_item_is(parser, pair + 2, COR_ITEM_GROUP) && pair > first) {
        // "type (name)(args)", if not "MACRO(name)(args)".
        if (parenthesized_head(parser, first, end, head)) {
            head->sure = false;
            head->doubtful = true;
            return true;
        }
    }
    struct cor_specifiers before = cor_items_specifiers(parser, first, pair);
    *head = (struct cor_head){.name = cor_name_qualified(parser, pair),
                              .at = cor_item_place(parser, pair),
                              .item = pair,
                              .linkage = cor_linkage_between(parser, first, end)};
    head->sure = count == 1 && before.has_type && !cor_item_is(parser, pair + 2, COR_ITEM_GROUP) &&
                 cor_group_has_types(parser, &parser->items.items[pair + 1]);
    if (parser->cxx) // without a type only a class has such a head, for its constructor
        head->sure =
            qualified_here(parser, pair) ||
            (count == 1 && (before.has_type || pair > first || is_constructor(parser, pair)));
    return true;
}

// STATIC, LOCAL, ...: a word before the name that may be a macro and then decides the linkage.
static bool shouts_before(const struct cor_parser *parser, size_t first, size_t name)
{
    for (size_t i = first; i < name; i++)
        if (cor_item_is_shouted(parser, i) && !cor_item_is_pair(parser, i))
            return true;
    return false;
}

static void function_body(struct cor_parser *parser, size_t first)
{
    struct cor_head head;
    bool found = cor_find_head(parser, first, &head), macro_first = false;
    if (found && head.sure && !parser->expanded && !parser->cxx)
        macro_first = shouts_before(parser, first, head.item);
    if (macro_first)
        head.sure = false;
    size_t count = parser->items.count;
    if (!found || !head.sure) {
        size_t name = found ? head.item : first;
        while (name > first && !cor_item_is(parser, name, COR_ITEM_WORD))
            name--;
        // In C++ the name is in a buffer that does not last.
        parser->function = found && !parser->cxx ? head.name : cor_item_text(parser, name);
        cor_emit_invocation(parser, first, count, name, "{}");
        if (!parser->expanded && found && (head.item == first || head.doubtful || macro_first))
            return; // MACRO(args) { ... } or an old int function: decided when macros are known
    }
    if (found)
        cor_emit_name(parser, COR_FOUND_FUNCTION, head.name, head.at, head.linkage, false);
}

static void emit_pending(struct cor_parser *parser)
{
    for (size_t i = 0; i < parser->pending.count; i++) {
        const struct cor_pending_head *head = &parser->pending.items[i];
        cor_emit_name(parser, COR_FOUND_FUNCTION, head->name, head->at, head->linkage, false);
    }
    parser->pending.count = 0;
}

static void old_style_body(struct cor_parser *parser)
{
    if (parser->has_old_style)
        cor_emit_name(parser, COR_FOUND_FUNCTION, parser->old_style.name, parser->old_style.at,
                      parser->old_style.linkage, false);
    parser->has_old_style = false;
}

static size_t first_control(const struct cor_parser *parser)
{
    for (size_t i = 0; i < parser->items.count; i++)
        if (cor_item_is(parser, i, COR_ITEM_WORD) &&
            parser->items.items[i].word == COR_WORD_CONTROL)
            return i;
    return parser->items.count;
}

bool cor_parser_head(struct cor_parser *parser, enum cor_block *ret_block)
{
    *ret_block = COR_BLOCK_BODY;
    if (!cor_items_fill(parser))
        return true;
    size_t count = parser->items.count;
    if (count == 0) {
        old_style_body(parser);
        return true;
    }
    parser->has_old_style = false;
    if (cor_enters_scope(parser) || cor_enters_class(parser))
        return false;
    *ret_block = COR_BLOCK_VALUE;
    if (cor_find_item(parser, 0, count, COR_ITEM_ASSIGN) < count)
        return true;
    *ret_block = COR_BLOCK_MEMBERS;
    if (cor_item_is_word(parser, 0, "typedef") || cor_is_type_body(parser, 0))
        return true;
    *ret_block = COR_BLOCK_BODY;
    if (first_control(parser) < count)
        return true;
    function_body(parser, cor_peel_invocations(parser));
    emit_pending(parser);
    return true;
}

void cor_parser_remember_head(struct cor_parser *parser)
{
    struct cor_head head;
    if (!cor_items_fill(parser))
        return;
    size_t last = cor_peel_invocations(parser);
    if (parser->items.count == last + 2 && cor_item_is_pair(parser, last))
        cor_emit_invocation(parser, last, last + 2, last, ";"); // MACRO(x) that nothing ends
    if (first_control(parser) < parser->items.count ||
        cor_find_item(parser, 0, parser->items.count, COR_ITEM_ASSIGN) < parser->items.count ||
        cor_is_type_body(parser, 0) || !cor_find_head(parser, 0, &head) || !head.sure)
        return;
    struct cor_pending_head pending = {head.name, head.at, head.linkage, parser->dead == 0};
    if (!parser->cxx && cor_array_add(&parser->pending, pending) != COR_OK)
        parser->status = COR_NOMEM;
}
