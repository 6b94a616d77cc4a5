// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Source lines by debug information. libdw stays behind this.
#ifndef COR_BINARY_LINES_H
#define COR_BINARY_LINES_H

#include "binary/references.h"

// Whether an ELF file has a table of lines.
bool cor_lines_has(const void *bytes, size_t size);

// Gives each reference in code the file, line and function of the debug information in `bytes`, the
// component itself or its debug file. Inlined code has the lines and the function that were
// inlined. What is not told, or cannot be read, stays as it is. Texts go to `arena`.
COR_MUST_CHECK enum cor_status cor_lines_read(const void *bytes, size_t size,
                                              struct cor_references *references,
                                              struct cor_arena *arena);

#endif
