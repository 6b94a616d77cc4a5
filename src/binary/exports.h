// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a Linux kernel module (or kernel with its symbols) exports.
#ifndef COR_BINARY_EXPORTS_H
#define COR_BINARY_EXPORTS_H

#include "binary/symbols.h"
#include "model/component.h"

// Fills `exports` from the export tables and sets `has_export_table`; `rows` is .symtab.
COR_MUST_CHECK enum cor_status cor_exports_read(struct cor_image *image,
                                                const struct cor_symbol_rows *rows,
                                                struct cor_names *names,
                                                struct cor_component *component);

// Puts `exports` in name order.
void cor_exports_sort(struct cor_component *component);

#endif
