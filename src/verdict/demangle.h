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

// Likewise of the function that a lambda or a member of a local class stands in; false when the
// name is of no such thing.
bool cor_demangle_enclosing(struct cor_slice name, struct cor_buffer *buffer);

// Likewise of the constructor of the class whose table the name is of: vtable, typeinfo.
bool cor_demangle_class(struct cor_slice name, struct cor_buffer *buffer);

// Whether some part of the C++ name has template arguments.
bool cor_is_template_instance(struct cor_slice name);

// Rust: the whole path without its hash.
bool cor_demangle_rust(struct cor_slice name, struct cor_buffer *buffer);

// Takes versioned namespaces out of a qualified name, which sources open through a macro or inline:
// "absl::lts_20260107::f" -> "absl::f". False when there is none.
bool cor_drop_versions(struct cor_buffer *qualified);

#endif
