// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A semicolon follows the statement: what it defines or declares, or that macros must be expanded
// first.
#include "source/statements.h"

// int f(a, b) int a; char *b; {
static bool is_old_style(struct cor_parser *parser, size_t first)
{
    size_t count = parser->items.count;
    for (size_t i = first; i + 2 < count; i++) {
        if (!cor_item_is_pair(parser, i))
            continue;
        const struct cor_item *group = &parser->items.items[i + 1];
        if (!cor_item_is(parser, i + 2, COR_ITEM_WORD) || !cor_group_lists(parser, group))
            return false;
        size_t last = count - 1;
        while (last > i + 2 && !cor_item_is_name(parser, last))
            last--;
        if (last <= i + 2 || !cor_group_mentions(parser, group, cor_item_text(parser, last)))
            return false;
        parser->has_old_style = true;
        parser->old_style =
            (struct cor_pending_head){cor_item_text(parser, i), cor_item_place(parser, i),
                                      cor_linkage_between(parser, first, i), parser->dead == 0};
        const struct cor_token *open = &parser->tokens.items[group->first];
        const struct cor_token *close = &parser->tokens.items[group->end - 1];
        parser->old_parameters = cor_slice(open->text, (size_t)(close->text - open->text));
        return true;
    }
    return false;
}

static bool continues_old_style(struct cor_parser *parser)
{
    if (!parser->has_old_style)
        return false;
    for (size_t i = parser->items.count; i-- > 1;) {
        if (!cor_item_is_name(parser, i))
            continue;
        struct cor_slice name = cor_item_text(parser, i);
        return memmem(parser->old_parameters.data, parser->old_parameters.size, name.data,
                      name.size) != NULL;
    }
    // char (*b)();
    return cor_find_item(parser, 0, parser->items.count, COR_ITEM_GROUP) < parser->items.count;
}

static bool looks_like_attribute(struct cor_slice word)
{
    return word.size > 2 && word.data[0] == '_' && word.data[1] == '_';
}

// The name among the words of a data declarator: "unsigned long name __initdata". A word with two
// underscores in front is a type or an attribute when another word can be the name.
static size_t data_name(const struct cor_parser *parser, size_t first, size_t end, bool typed)
{
    size_t name = end, marked = end, names = 0, marks = 0;
    for (size_t i = first; i < end; i++) {
        if (!cor_item_is_name(parser, i))
            continue;
        if (i > first && cor_item_is(parser, i - 1, COR_ITEM_WORD) &&
            parser->items.items[i - 1].word == COR_WORD_TAG) {
            typed = true;
        } else if (cor_item_is_pair(parser, i)) {
            i++;
        } else if (looks_like_attribute(cor_item_text(parser, i))) {
            marks++;
            marked = names && marked < end ? marked : i;
        } else {
            names++;
            name = i;
        }
    }
    if (names && (typed || names > 1 || (marks && marked < name)))
        return name;
    return marks && (typed || names + marks > 1) ? marked : end;
}

struct declarator {
    size_t first, end; // items
    bool continues;    // not the first of its statement
};

static bool declare_group(struct cor_parser *parser, const struct declarator *range,
                          struct cor_specifiers specifiers, bool valued)
{
    for (size_t i = range->first; i < range->end; i++) {
        if (!cor_item_is(parser, i, COR_ITEM_GROUP) ||
            (i > range->first && cor_item_is(parser, i - 1, COR_ITEM_WORD) &&
             (parser->items.items[i - 1].word >= COR_WORD_ATTRIBUTE ||
              parser->items.items[i - 1].word == COR_WORD_TYPEOF)))
            continue;
        bool pointer, function;
        struct cor_slice name =
            cor_group_name(parser, &parser->items.items[i], &pointer, &function);
        bool follows = cor_item_is(parser, i + 1, COR_ITEM_GROUP) ||
                       cor_item_is(parser, i + 1, COR_ITEM_INDEX);
        if (!name.size || (!pointer && !follows) ||
            (pointer && !follows && i > range->first && cor_item_is_name(parser, i - 1)))
            continue;
        enum cor_linkage linkage = cor_linkage_of(parser, specifiers);
        bool data = pointer && !function;
        if (cor_emit_target(parser, name, name.data, linkage, data))
            return true;
        bool defines = data && (valued || !specifiers.is_extern);
        cor_emit_name(parser, defines ? COR_FOUND_DATA : COR_FOUND_DECLARATION, name, name.data,
                      linkage, data);
        return true;
    }
    return false;
}

static bool declare_function(struct cor_parser *parser, const struct declarator *range,
                             struct cor_specifiers specifiers, size_t value)
{
    size_t count, pair = cor_choose_pair(parser, range->first, range->end, &count);
    if (pair == range->end || pair > value)
        return false;
    // "int x MACRO(y)": the pair is an attribute of data.
    enum cor_linkage linkage = cor_linkage_of(parser, specifiers);
    struct cor_slice name = cor_name_qualified(parser, pair);
    const char *at = cor_item_place(parser, pair);
    if (!cor_emit_target(parser, name, at, linkage, false))
        cor_emit_name(parser, COR_FOUND_DECLARATION, name, at, linkage, false);
    return true;
}

static void declare(struct cor_parser *parser, const struct declarator *range,
                    struct cor_specifiers specifiers)
{
    size_t value = cor_find_item(parser, range->first, range->end, COR_ITEM_ASSIGN);
    bool valued = value < range->end;
    struct declarator head = *range;
    head.end = value;
    if (declare_group(parser, &head, specifiers, valued))
        return;
    if (!valued && declare_function(parser, &head, specifiers, value))
        return;
    size_t index = cor_find_item(parser, head.first, head.end, COR_ITEM_INDEX);
    bool typed = specifiers.has_type && range->continues;
    for (size_t i = head.first; i < head.end; i++)
        if (cor_item_is(parser, i, COR_ITEM_BLOCK) || cor_item_is(parser, i, COR_ITEM_STAR) ||
            (cor_item_is(parser, i, COR_ITEM_WORD) &&
             (parser->items.items[i].word == COR_WORD_TYPE ||
              parser->items.items[i].word == COR_WORD_TYPEOF)))
            typed = true;
    size_t name = data_name(parser, head.first, index, typed);
    if (name == index)
        return;
    struct cor_slice text = cor_name_qualified(parser, name);
    const char *at = cor_item_place(parser, name);
    enum cor_linkage linkage = cor_linkage_of(parser, specifiers);
    if (cor_emit_target(parser, text, at, linkage, true))
        return;
    bool defines = valued || !specifiers.is_extern;
    cor_emit_name(parser, defines ? COR_FOUND_DATA : COR_FOUND_DECLARATION, text, at, linkage,
                  true);
}

static void declarators(struct cor_parser *parser, size_t first)
{
    size_t count = parser->items.count;
    struct cor_specifiers specifiers = cor_items_specifiers(parser, first, count);
    struct declarator range = {.first = first};
    for (size_t i = first; i <= count; i++) {
        if (i < count && !cor_item_is(parser, i, COR_ITEM_COMMA))
            continue;
        range.end = i;
        if (range.end > range.first)
            declare(parser, &range, specifiers);
        range.first = i + 1;
        range.continues = true;
    }
}

// A statement that macros make: "MACRO(x);", "static MACRO(x) = ...", "MACRO;", "int MACRO(x) = 1".
static bool is_invocation(struct cor_parser *parser, size_t first, size_t *ret_name,
                          const char **ret_tail)
{
    size_t count = parser->items.count;
    size_t value = cor_find_item(parser, first, count, COR_ITEM_ASSIGN);
    size_t found, pair = cor_choose_pair(parser, first, value, &found);
    *ret_tail = value < count ? " = 0;" : ";";
    *ret_name = pair;
    if (pair == value) {
        *ret_name = first;
        return count == first + 1 && cor_item_is_name(parser, first);
    }
    struct cor_specifiers before = cor_items_specifiers(parser, first, pair);
    if (!before.has_type || value < count)
        return true;
    return !cor_group_has_types(parser, &parser->items.items[pair + 1]) || found > 1;
}

static void strip_value(struct cor_parser *parser, size_t first, size_t *end)
{
    size_t value = cor_find_item(parser, first, *end, COR_ITEM_ASSIGN);
    if (value < *end)
        *end = value;
}

static size_t file_scope_asm(struct cor_parser *parser, size_t first)
{
    while (cor_item_is(parser, first, COR_ITEM_WORD) &&
           parser->items.items[first].word == COR_WORD_ASM) {
        while (cor_item_is(parser, first, COR_ITEM_WORD))
            first++;
        if (!cor_item_is(parser, first, COR_ITEM_GROUP))
            return first;
        const struct cor_item *group = &parser->items.items[first++];
        if (group->end - group->first < 2)
            return first;
        cor_parser_emit(parser,
                        &(struct cor_found){.kind = COR_FOUND_ASSEMBLY,
                                            .at = parser->tokens.items[group->first].text,
                                            .tokens = parser->tokens.items + group->first + 1,
                                            .token_count = group->end - group->first - 2});
    }
    return first;
}

// X::X() = default;
static bool defaulted(struct cor_parser *parser, size_t first)
{
    size_t count = parser->items.count,
           value = cor_find_item(parser, first, count, COR_ITEM_ASSIGN);
    struct cor_head head;
    if (!parser->cxx || count < 3 || !cor_item_is_word(parser, count - 1, "default") ||
        value + 2 < count)
        return false;
    if (cor_find_head(parser, first, &head))
        cor_emit_name(parser, COR_FOUND_FUNCTION, head.name, head.at, head.linkage, false);
    parser->function = cor_slice("", 0);
    return true;
}

// MACRO(x) among the members of a class: no constructor, whose name is the class's.
static bool member_macro(struct cor_parser *parser, size_t first)
{
    if (!cor_parser_in_class(parser) || parser->items.count != first + 2 ||
        !cor_item_is_pair(parser, first))
        return false;
    struct cor_slice own = parser->scopes.items[parser->scopes.count - 1].name;
    if (cor_slice_same(cor_name_last_part(own), cor_item_text(parser, first)))
        return false;
    cor_emit_invocation(parser, first, first + 2, first, ";");
    return true;
}

void cor_parser_statement(struct cor_parser *parser)
{
    parser->pending.count = 0;
    if (!parser->tokens.count || !cor_items_fill(parser))
        return;
    size_t first = file_scope_asm(parser, 0);
    if (first >= parser->items.count || cor_item_is_word(parser, first, "typedef") ||
        parser->items.items[first].word == COR_WORD_SCOPE ||
        parser->items.items[first].word == COR_WORD_CONTROL)
        return;
    if (continues_old_style(parser) || is_old_style(parser, first))
        return;
    parser->has_old_style = false;
    if (first == 0)
        first = cor_peel_invocations(parser);
    if (cor_item_is_word(parser, first, "extern") &&
        cor_item_is(parser, first + 1, COR_ITEM_STRING))
        first += 2; // extern "C" int x;
    if (first >= parser->items.count || cor_item_is_word(parser, first, "typedef"))
        return;
    if (defaulted(parser, first) || member_macro(parser, first))
        return;
    size_t name;
    const char *tail;
    if (!cor_parser_in_class(parser) && is_invocation(parser, first, &name, &tail)) {
        size_t end = parser->items.count;
        strip_value(parser, first, &end);
        cor_emit_invocation(parser, first, end, name, tail);
        if (!parser->expanded && !cor_items_specifiers(parser, first, name).has_type)
            return;
    }
    declarators(parser, first);
}
