// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a Linux kernel exports where no section header tells the places of its tables: they are
// found by their shape. Both set the export mark of symbols, and add the exported data that the
// kernel's own symbol table leaves out (CONFIG_KALLSYMS_ALL).
#ifndef COR_BINARY_KERNEL_EXPORTS_H
#define COR_BINARY_KERNEL_EXPORTS_H

#include "base/names.h"
#include "binary/kallsyms_tables.h"
#include "model/component.h"

// `defined` must hold the kernel's symbols, in name order.
COR_MUST_CHECK enum cor_status cor_kernel_exports_elf(struct cor_component *component,
                                                      struct cor_names *names,
                                                      const struct cor_kernel_map *map);
COR_MUST_CHECK enum cor_status cor_kernel_exports_raw(struct cor_component *component,
                                                      struct cor_names *names,
                                                      const struct cor_kallsyms *tables);

#endif
