// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#ifndef COR_SOURCE_LICENCE_TAG_H
#define COR_SOURCE_LICENCE_TAG_H

#include <stdbool.h>

#include "base/slice.h"

// The expression behind SPDX-License-Identifier in the first 4 KiB; empty when there is none.
struct cor_slice cor_licence_tag(struct cor_slice text);

// Assembly that a compiler wrote: not the preferred form.
bool cor_is_compiler_output(struct cor_slice text);

#endif
