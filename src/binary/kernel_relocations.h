// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The relocation rows that a kernel carries to move itself (arm64, s390). Until it has, the places
// that they name are zero in the file.
#ifndef COR_BINARY_KERNEL_RELOCATIONS_H
#define COR_BINARY_KERNEL_RELOCATIONS_H

#include "binary/kallsyms_tables.h"

// The base that the symbols of tables, whose offsets were found, are relative to. 0 when no row
// tells it.
uint64_t cor_kernel_relocated_base(const struct cor_kallsyms *tables);

// Fills the places in `image`, a copy of the kernel's bytes, and says which address its first byte
// has. False when there are no rows, or the places that they name are not empty.
bool cor_kernel_relocate(const struct cor_kallsyms *tables, char *image, uint64_t *ret_start);

#endif
