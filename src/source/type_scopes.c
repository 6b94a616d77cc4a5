// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Braces that hold declarations: of namespaces, classes and extern "C"; and what a class makes.
#include "source/statements.h"

static bool push_scope(struct cor_parser *parser, enum cor_scope kind, struct cor_slice name)
{
    struct cor_parse_scope scope = {.kind = kind, .name = name};
    if (cor_array_add(&parser->scopes, scope) != COR_OK)
        parser->status = COR_NOMEM;
    return false;
}

bool cor_item_is_word(const struct cor_parser *parser, size_t item, const char *word)
{
    return cor_item_is(parser, item, COR_ITEM_WORD) &&
           cor_slice_same(cor_item_text(parser, item), cor_slice_text(word));
}

bool cor_enters_scope(struct cor_parser *parser)
{
    size_t count = parser->items.count;
    if (count == 2 && cor_item_is_word(parser, 0, "extern") &&
        cor_item_is(parser, 1, COR_ITEM_STRING)) {
        push_scope(parser, COR_SCOPE_C, cor_slice("", 0));
        return true;
    }
    size_t at = cor_item_is_word(parser, 0, "inline") ? 1 : 0;
    if (!parser->cxx || !cor_item_is_word(parser, at, "namespace"))
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

bool cor_is_type_body(const struct cor_parser *parser, size_t first)
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

bool cor_enters_class(struct cor_parser *parser)
{
    if (!parser->cxx || !cor_is_type_body(parser, 0) || cor_item_is_word(parser, 0, "typedef"))
        return false;
    size_t name = parser->items.count, tag = name;
    for (size_t i = 0; i < parser->items.count && !cor_item_is(parser, i, COR_ITEM_COLON); i++) {
        if (cor_item_is(parser, i, COR_ITEM_WORD) && parser->items.items[i].word == COR_WORD_TAG)
            tag = i;
        else if (tag < i && cor_item_is_name(parser, i) && !cor_item_is_pair(parser, i))
            name = i;
    }
    if (name >= parser->items.count || cor_item_is_word(parser, tag, "enum") ||
        (tag && cor_item_is_word(parser, tag - 1, "enum")))
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
