// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: how what a statement declares is called, scopes and asm labels included.
#ifndef COR_SOURCE_DECLARED_NAMES_H
#define COR_SOURCE_DECLARED_NAMES_H

#include "source/declarators.h"

// The first item of a kind in [first, end); `end` when there is none.
size_t cor_find_item(const struct cor_parser *parser, size_t first, size_t end,
                     enum cor_item_kind kind);

// Adds to the name that is being put together in parser->name_buffer.
void cor_name_append(struct cor_parser *parser, struct cor_slice text);

// Adds "ns::Class::" of the open scopes; false when memory is out.
bool cor_name_append_scopes(struct cor_parser *parser);

// The qualified name that ends with a token, or with an item.
struct cor_slice cor_name_until(struct cor_parser *parser, size_t item, uint32_t last);
struct cor_slice cor_name_qualified(struct cor_parser *parser, size_t item);

// Reports a name that a statement defines or declares; an alias by its target.
void cor_emit_name(struct cor_parser *parser, enum cor_found_kind kind, struct cor_slice name,
                   const char *at, enum cor_linkage linkage, bool data);
bool cor_emit_target(struct cor_parser *parser, struct cor_slice name, const char *at,
                     enum cor_linkage linkage, bool data);

// "Outer::Class" as it stands before the item, without scopes around; only the last word where
// template arguments are in it.
struct cor_slice cor_name_written(const struct cor_parser *parser, size_t item);
struct cor_slice cor_name_last_part(struct cor_slice name);

#endif
