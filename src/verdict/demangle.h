// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Mangled names as qualified names.
#ifndef COR_VERDICT_DEMANGLE_H
#define COR_VERDICT_DEMANGLE_H

#include <stdbool.h>

#include "base/buffer.h"

// Itanium C++ ("_Z...") and Rust v0 ("_R...").
bool cor_is_mangled(struct cor_slice name);
bool cor_is_rust(struct cor_slice name);

// Appends "ns::Class::method": no parameters, no template arguments, no return type. False when the
// name cannot be demangled.
bool cor_demangle_qualified(struct cor_slice name, struct cor_buffer *buffer);

#endif
