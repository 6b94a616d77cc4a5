// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Names that compilers, linkers and C runtimes make.
#ifndef COR_VERDICT_TOOLCHAIN_NAMES_H
#define COR_VERDICT_TOOLCHAIN_NAMES_H

#include <stdbool.h>

#include "base/slice.h"

// A need that only tools cause, whoever provides it: "_GLOBAL_OFFSET_TABLE_", "__stack_chk_fail".
bool cor_is_tool_need(struct cor_slice name);

// A helper of the compiler's runtime library: "__udivdi3", "__aeabi_idiv". Toolchain unless the
// release has a body.
bool cor_is_helper_name(struct cor_slice name);

// A function that start files and the runtime put into a component: "_start", "frame_dummy".
bool cor_is_runtime_name(struct cor_slice name);

#endif
