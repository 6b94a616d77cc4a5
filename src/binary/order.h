// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The last touch to a component's symbols.
#ifndef COR_BINARY_ORDER_H
#define COR_BINARY_ORDER_H

#include "model/component.h"

// Sorts undefined, defined and dynamic by name and row and sets `sorted`.
COR_MUST_CHECK enum cor_status cor_symbols_sort(struct cor_component *component);

// Gives the undefined rows of .symtab the version and library of their rows in .dynsym. Both lists
// must be sorted.
void cor_symbols_join_versions(struct cor_component *component);

// Marks what of `defined` stands in the export tables, or defined in `dynamic`.
COR_MUST_CHECK enum cor_status cor_symbols_mark_exported(struct cor_component *component);

#endif
