// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The symbols of a kernel that was stripped of its symbol table, from the table that it keeps for
// itself (CONFIG_KALLSYMS), Linux 2.6.10 and later.
#ifndef COR_BINARY_KALLSYMS_H
#define COR_BINARY_KALLSYMS_H

#include <stddef.h>

#include "base/names.h"
#include "base/status.h"
#include "binary/image.h"
#include "binary/kallsyms_tables.h"
#include "model/component.h"

// Fills `defined` from tables that were found, and sets `defined_table`. Sizes are unknown (0).
// `image` is the kernel's ELF file, or NULL for a raw image. COR_NOT_FOUND when the names cannot be
// read after all; `component` is then as it was.
COR_MUST_CHECK enum cor_status cor_kallsyms_fill(struct cor_component *component,
                                                 struct cor_names *names,
                                                 const struct cor_kallsyms *tables,
                                                 struct cor_image *image);

// One of the symbols of that name, of a component whose `defined` is in name order; NULL.
const struct cor_symbol *cor_kallsyms_find_symbol(const struct cor_component *component,
                                                  struct cor_slice name);

#endif
