// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Judges one statement on file scope: what it defines or declares, or that macros must be expanded
// first.
#include "source/declared_names.h"

static enum cor_linkage linkage_between(const struct cor_parser *parser, size_t first, size_t end)
{
    return cor_linkage_of(parser, cor_items_specifiers(parser, first, end));
}

static const char *item_place(const struct cor_parser *parser, size_t item)
{
    return parser->tokens.items[parser->items.items[item].first].text;
}

static void emit_invocation(struct cor_parser *parser, size_t first, size_t end, size_t name,
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
                                                .at = item_place(parser, name),
                                                .tokens = parser->tokens.items + from,
                                                .token_count = to - from,
                                                .tail = tail,
                                                .scope = scope});
}

static bool is_shouted(const struct cor_parser *parser, size_t item)
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
    return is_shouted(parser, at) && cor_item_is_pair(parser, at) ? at : first;
}

// MACRO without anything, on a line of its own before another one.
static size_t peel_bare(struct cor_parser *parser, size_t first)
{
    size_t lists = behind_lists(parser, first);
    for (; first < lists; first++)
        emit_invocation(parser, first, first + 1, first, ";");
    while (is_shouted(parser, first) && is_shouted(parser, first + 1) &&
           begins_line(parser, first + 1)) {
        emit_invocation(parser, first, first + 1, first, ";");
        first++;
    }
    return first;
}

// MACRO(x) without a semicolon before a declaration. Returns the first item behind them.
static size_t peel_invocations(struct cor_parser *parser)
{
    size_t first = peel_bare(parser, 0);
    while (cor_item_is_pair(parser, first) && cor_item_is(parser, first + 2, COR_ITEM_WORD) &&
           parser->items.items[first + 2].word != COR_WORD_ATTRIBUTE) {
        emit_invocation(parser, first, first + 2, first, ";");
        first = peel_bare(parser, first + 2);
    }
    return first;
}

void cor_parser_peel(struct cor_parser *parser)
{
    if (parser->open || !cor_items_fill(parser))
        return;
    size_t first = peel_invocations(parser);
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

static bool push_scope(struct cor_parser *parser, enum cor_scope kind, struct cor_slice name)
{
    struct cor_parse_scope scope = {.kind = kind, .name = name};
    if (cor_array_add(&parser->scopes, scope) != COR_OK)
        parser->status = COR_NOMEM;
    return false;
}

static bool is_word(const struct cor_parser *parser, size_t item, const char *word)
{
    return cor_item_is(parser, item, COR_ITEM_WORD) &&
           cor_slice_same(cor_item_text(parser, item), cor_slice_text(word));
}

// extern "C" {, namespace x {
static bool enters_scope(struct cor_parser *parser)
{
    size_t count = parser->items.count;
    if (count == 2 && is_word(parser, 0, "extern") && cor_item_is(parser, 1, COR_ITEM_STRING)) {
        push_scope(parser, COR_SCOPE_C, cor_slice("", 0));
        return true;
    }
    size_t at = is_word(parser, 0, "inline") ? 1 : 0;
    if (!parser->cxx || !is_word(parser, at, "namespace"))
        return false;
    if (count <= at + 1) {
        push_scope(parser, COR_SCOPE_HIDDEN, cor_slice("", 0));
    } else {
        const struct cor_item *first = &parser->items.items[at + 1];
        const char *begin = parser->tokens.items[first->first].text;
        const struct cor_token *last = &parser->tokens.items[parser->tokens.count - 1];
        push_scope(parser, COR_SCOPE_NAMED,
                   cor_slice(begin, (size_t)(last->text + last->size - begin)));
    }
    return true;
}

// struct, union, enum, class with its members in the braces, no function that returns one.
static bool is_type_body(const struct cor_parser *parser, size_t first)
{
    size_t tag = parser->items.count;
    for (size_t i = first; i < parser->items.count; i++)
        if (cor_item_is(parser, i, COR_ITEM_WORD) && parser->items.items[i].word == COR_WORD_TAG)
            tag = i;
    if (tag == parser->items.count)
        return false;
    size_t names = 0, groups = 0;
    for (size_t i = tag + 1; i < parser->items.count; i++) {
        if (cor_item_is(parser, i, COR_ITEM_COLON))
            break;
        const struct cor_item *item = &parser->items.items[i];
        if (item->kind == COR_ITEM_WORD && item->word != COR_WORD_PLAIN &&
            cor_item_is(parser, i + 1, COR_ITEM_GROUP))
            i++;
        else if (item->kind == COR_ITEM_GROUP)
            groups++;
        else if (item->kind == COR_ITEM_STAR)
            return false;
        else
            names++;
    }
    return groups == 0 || (groups == 1 && names == 1);
}

// class X : public Y {
static bool enters_class(struct cor_parser *parser)
{
    if (!parser->cxx || !is_type_body(parser, 0) || is_word(parser, 0, "typedef"))
        return false;
    size_t name = parser->items.count, tag = name;
    for (size_t i = 0; i < parser->items.count && !cor_item_is(parser, i, COR_ITEM_COLON); i++) {
        if (cor_item_is(parser, i, COR_ITEM_WORD) && parser->items.items[i].word == COR_WORD_TAG)
            tag = i;
        else if (tag < i && cor_item_is_name(parser, i) && !cor_item_is_pair(parser, i))
            name = i;
    }
    if (name >= parser->items.count || is_word(parser, tag, "enum") ||
        (tag && is_word(parser, tag - 1, "enum")))
        return false;
    struct cor_slice own = cor_item_text(parser, name);
    push_scope(parser, COR_SCOPE_CLASS, cor_name_written(parser, name));
    if (parser->status == COR_OK)
        parser->scopes.items[parser->scopes.count - 1].begin = own.data;
    return true;
}

static bool body_has(const struct cor_parse_scope *scope, const char *end, const char *before,
                     const char *behind)
{
    size_t size = strlen(before), whole = size + scope->name.size + strlen(behind);
    for (const char *at = scope->begin + 1; at + whole < end; at++)
        if (memcmp(at, before, size) == 0 &&
            memcmp(at + size, scope->name.data, scope->name.size) == 0 &&
            memcmp(at + size + scope->name.size, behind, strlen(behind)) == 0 &&
            (size || at[-1] != '~'))
            return true;
    return false;
}

void cor_parser_end_class(struct cor_parser *parser, const char *end)
{
    struct cor_parse_scope scope = parser->scopes.items[parser->scopes.count - 1];
    scope.name = cor_name_last_part(scope.name);
    const struct {
        const char *name;
        bool declared, own;
    } members[] = {
        {"", body_has(&scope, end, "", "("), true},
        {"~", body_has(&scope, end, "~", ""), true},
        {"operator=", memmem(scope.begin, (size_t)(end - scope.begin), "operator=(", 10) != NULL,
         false},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (members[i].declared || parser->expanded)
            continue;
        cor_name_append_scopes(parser);
        cor_name_append(parser, cor_slice_text(members[i].name));
        if (members[i].own)
            cor_name_append(parser, scope.name);
        cor_parser_emit(parser, &(struct cor_found){.kind = COR_FOUND_FUNCTION,
                                                    .name = cor_slice(parser->name_buffer.items,
                                                                      parser->name_buffer.count),
                                                    .at = scope.begin,
                                                    .linkage = COR_LINKAGE_INLINE});
    }
}

struct head {
    struct cor_slice name;
    const char *at;
    enum cor_linkage linkage;
    size_t item;
    bool sure;     // no macro can be behind it
    bool doubtful; // MACRO(name)(args) or type (name)(args): macros must be known
};

// "(name)(args)" and "(*name(args))(args)".
static bool parenthesized_head(struct cor_parser *parser, size_t first, size_t end,
                               struct head *head)
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
        *head = (struct head){.name = name,
                              .at = name.data,
                              .item = i,
                              .linkage = linkage_between(parser, first, i),
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

// The pair that is the declarator: the last one that a type stands directly before, else the first.
static size_t choose_pair(const struct cor_parser *parser, size_t first, size_t end,
                          size_t *ret_count)
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
static bool operator_head(struct cor_parser *parser, size_t first, struct head *head)
{
    size_t count = parser->items.count, at = first;
    while (at < count && !is_word(parser, at, "operator"))
        at++;
    if (!parser->cxx || at >= count)
        return false;
    size_t group = cor_find_item(parser, at + 1, count, COR_ITEM_GROUP);
    if (group == at + 1 && cor_item_is(parser, group + 1, COR_ITEM_GROUP))
        group++;
    if (group >= count)
        return false;
    *head = (struct head){.name = cor_name_until(parser, at, parser->items.items[group].first - 1),
                          .at = item_place(parser, at),
                          .item = at,
                          .linkage = linkage_between(parser, first, at),
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

static bool find_head(struct cor_parser *parser, size_t first, struct head *head)
{
    if (operator_head(parser, first, head))
        return true;
    size_t end = constructor_end(parser, first), count;
    size_t pair = choose_pair(parser, first, end, &count);
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
    *head = (struct head){.name = cor_name_qualified(parser, pair),
                          .at = item_place(parser, pair),
                          .item = pair,
                          .linkage = linkage_between(parser, first, end)};
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
        if (is_shouted(parser, i) && !cor_item_is_pair(parser, i))
            return true;
    return false;
}

static void function_body(struct cor_parser *parser, size_t first)
{
    struct head head;
    bool found = find_head(parser, first, &head), macro_first = false;
    if (found && head.sure && !parser->expanded && !parser->cxx)
        macro_first = shouts_before(parser, first, head.item);
    if (macro_first)
        head.sure = false;
    size_t count = parser->items.count;
    if (!found || !head.sure) {
        size_t name = found ? head.item : first;
        while (name > first && !cor_item_is(parser, name, COR_ITEM_WORD))
            name--;
        parser->function = found ? head.name : cor_item_text(parser, name);
        emit_invocation(parser, first, count, name, "{}");
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
    if (enters_scope(parser) || enters_class(parser))
        return false;
    *ret_block = COR_BLOCK_VALUE;
    if (cor_find_item(parser, 0, count, COR_ITEM_ASSIGN) < count)
        return true;
    *ret_block = COR_BLOCK_MEMBERS;
    if (is_word(parser, 0, "typedef") || is_type_body(parser, 0))
        return true;
    *ret_block = COR_BLOCK_BODY;
    if (first_control(parser) < count)
        return true;
    function_body(parser, peel_invocations(parser));
    emit_pending(parser);
    return true;
}

void cor_parser_remember_head(struct cor_parser *parser)
{
    struct head head;
    if (!cor_items_fill(parser))
        return;
    size_t last = peel_invocations(parser);
    if (parser->items.count == last + 2 && cor_item_is_pair(parser, last))
        emit_invocation(parser, last, last + 2, last, ";"); // MACRO(x) that nothing ends
    if (first_control(parser) < parser->items.count ||
        cor_find_item(parser, 0, parser->items.count, COR_ITEM_ASSIGN) < parser->items.count ||
        is_type_body(parser, 0) || !find_head(parser, 0, &head) || !head.sure)
        return;
    struct cor_pending_head pending = {head.name, head.at, head.linkage, parser->dead == 0};
    if (!parser->cxx && cor_array_add(&parser->pending, pending) != COR_OK)
        parser->status = COR_NOMEM;
}

// --- a semicolon follows ----------------------------------------------------------------------

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
            (struct cor_pending_head){cor_item_text(parser, i), item_place(parser, i),
                                      linkage_between(parser, first, i), parser->dead == 0};
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
    size_t count, pair = choose_pair(parser, range->first, range->end, &count);
    if (pair == range->end || pair > value)
        return false;
    // "int x MACRO(y)": the pair is an attribute of data.
    enum cor_linkage linkage = cor_linkage_of(parser, specifiers);
    struct cor_slice name = cor_name_qualified(parser, pair);
    const char *at = item_place(parser, pair);
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
    const char *at = item_place(parser, name);
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
    size_t found, pair = choose_pair(parser, first, value, &found);
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
    struct head head;
    if (!parser->cxx || count < 3 || !is_word(parser, count - 1, "default") || value + 2 < count)
        return false;
    if (find_head(parser, first, &head))
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
    emit_invocation(parser, first, first + 2, first, ";");
    return true;
}

void cor_parser_statement(struct cor_parser *parser)
{
    parser->pending.count = 0;
    if (!parser->tokens.count || !cor_items_fill(parser))
        return;
    size_t first = file_scope_asm(parser, 0);
    if (first >= parser->items.count || is_word(parser, first, "typedef") ||
        parser->items.items[first].word == COR_WORD_SCOPE ||
        parser->items.items[first].word == COR_WORD_CONTROL)
        return;
    if (continues_old_style(parser) || is_old_style(parser, first))
        return;
    parser->has_old_style = false;
    if (first == 0)
        first = peel_invocations(parser);
    if (is_word(parser, first, "extern") && cor_item_is(parser, first + 1, COR_ITEM_STRING))
        first += 2; // extern "C" int x;
    if (first >= parser->items.count || is_word(parser, first, "typedef"))
        return;
    if (defaulted(parser, first) || member_macro(parser, first))
        return;
    size_t name;
    const char *tail;
    if (!cor_parser_in_class(parser) && is_invocation(parser, first, &name, &tail)) {
        size_t end = parser->items.count;
        strip_value(parser, first, &end);
        emit_invocation(parser, first, end, name, tail);
        if (!parser->expanded && !cor_items_specifiers(parser, first, name).has_type)
            return;
    }
    declarators(parser, first);
}
