// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the judges of a statement share: of one that ends with a semicolon (declarators.c) and of
// one that a brace follows (heads.c).
#ifndef COR_SOURCE_STATEMENTS_H
#define COR_SOURCE_STATEMENTS_H

#include "source/declared_names.h"

// invocations.c
enum cor_linkage cor_linkage_between(const struct cor_parser *parser, size_t first, size_t end);
const char *cor_item_place(const struct cor_parser *parser, size_t item);
void cor_emit_invocation(struct cor_parser *parser, size_t first, size_t end, size_t name,
                         const char *tail);
bool cor_item_is_shouted(const struct cor_parser *parser, size_t item);
// MACRO(x) without a semicolon before a declaration. Returns the first item behind them.
size_t cor_peel_invocations(struct cor_parser *parser);

// type_scopes.c
bool cor_item_is_word(const struct cor_parser *parser, size_t item, const char *word);
// extern "C" {, namespace x {
bool cor_enters_scope(struct cor_parser *parser);
// struct, union, enum, class with its members in the braces, no function that returns one.
bool cor_is_type_body(const struct cor_parser *parser, size_t first);
// class X : public Y {
bool cor_enters_class(struct cor_parser *parser);

// heads.c
struct cor_head {
    struct cor_slice name;
    const char *at;
    enum cor_linkage linkage;
    size_t item;
    bool sure;     // no macro can be behind it
    bool doubtful; // MACRO(name)(args) or type (name)(args): macros must be known
};

// The pair that is the declarator: the last one that a type stands directly before, else the first.
size_t cor_choose_pair(const struct cor_parser *parser, size_t first, size_t end,
                       size_t *ret_count);
bool cor_find_head(struct cor_parser *parser, size_t first, struct cor_head *head);

#endif
