// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The symbols of a kernel that was stripped of its symbol table, from the table that it keeps for
// itself (CONFIG_KALLSYMS), Linux 4.6 and later.
#ifndef COR_BINARY_KALLSYMS_H
#define COR_BINARY_KALLSYMS_H

#include <stddef.h>

#include "base/names.h"
#include "base/status.h"
#include "model/component.h"

// Fills `defined` and sets `defined_table`. `bytes` are an ELF file or a raw image (decompressed);
// for a raw image `component` has elf_class 0, and class and byte order are found out. Sizes are
// unknown (0). COR_NOT_FOUND when there is no such table; `component` is then untouched.
COR_MUST_CHECK enum cor_status cor_kallsyms_read(struct cor_component *component,
                                                 struct cor_names *names, const void *bytes,
                                                 size_t size);

#endif
