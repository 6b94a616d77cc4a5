// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// How a statement is seen: its top level as a list of items.
#ifndef COR_SOURCE_DECLARATORS_H
#define COR_SOURCE_DECLARATORS_H

#include "source/parser.h"
#include "source/words.h"

enum cor_item_kind {
    COR_ITEM_WORD,
    COR_ITEM_GROUP, // ( ... )
    COR_ITEM_INDEX, // [ ... ]
    COR_ITEM_BLOCK, // { ... }
    COR_ITEM_STAR,  // * or &
    COR_ITEM_ASSIGN,
    COR_ITEM_COMMA,
    COR_ITEM_COLON,
    COR_ITEM_ANGLES, // < ... > (C++)
    COR_ITEM_STRING,
    COR_ITEM_OTHER
};

// What the specifiers of a statement say.
struct cor_specifiers {
    bool is_static, is_extern, is_typedef, is_inline, is_weak, has_type;
};

// items.c: fills parser->items from parser->tokens; false when memory is out.
bool cor_items_fill(struct cor_parser *parser);
struct cor_specifiers cor_items_specifiers(const struct cor_parser *parser, size_t first,
                                           size_t end);
enum cor_linkage cor_linkage_of(const struct cor_parser *parser, struct cor_specifiers specifiers);

bool cor_item_is(const struct cor_parser *parser, size_t item, enum cor_item_kind kind);
// A word that could be a name.
bool cor_item_is_name(const struct cor_parser *parser, size_t item);
// A name directly followed by a parenthesis that belongs to a declarator or a macro.
bool cor_item_is_pair(const struct cor_parser *parser, size_t item);
struct cor_slice cor_item_text(const struct cor_parser *parser, size_t item);

// The parenthesis holds nothing, "void", or something with a type in it.
bool cor_group_has_types(const struct cor_parser *parser, const struct cor_item *group);
// "(*name)", "(*name)(...)", "(name)": the name in it, or an empty slice. `ret_function` tells
// whether a parenthesis follows the name inside: a function that returns a pointer.
struct cor_slice cor_group_name(const struct cor_parser *parser, const struct cor_item *group,
                                bool *ret_pointer, bool *ret_function);
// "(a, b, c)": only names.
bool cor_group_lists(const struct cor_parser *parser, const struct cor_item *group);
bool cor_group_mentions(const struct cor_parser *parser, const struct cor_item *group,
                        struct cor_slice name);

#endif
