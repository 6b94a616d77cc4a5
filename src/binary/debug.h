// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Separate debug files: the symbol table that was stripped from a component.
#ifndef COR_BINARY_DEBUG_H
#define COR_BINARY_DEBUG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "model/component.h"

// Whether `debug`, read from `bytes` by cor_elf_read(), is the debug file of `component`: the same
// build id or, where one of them has none, the name and the checksum of the debuglink. `name` is
// the last part of the debug file's path.
bool cor_debug_fits(const struct cor_component *component, const struct cor_component *debug,
                    const char *name, const void *bytes, size_t size);

// Moves the symbols of `debug`'s .symtab into `component`: undefined, defined, files and the names
// of their sections; what was counted in .dynsym becomes `dynamic`. `debug` must have been read
// with the same names, and is to be freed by the caller afterwards. A component with a .symtab of
// its own, or a debug file without one, changes nothing: COR_NOT_FOUND.
COR_MUST_CHECK enum cor_status cor_debug_join(struct cor_component *component,
                                              struct cor_component *debug);

#endif
