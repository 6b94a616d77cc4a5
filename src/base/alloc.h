// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The one door to the heap, so that a test can make any allocation fail.
#ifndef COR_BASE_ALLOC_H
#define COR_BASE_ALLOC_H

#include <stddef.h>

// All return NULL when memory is out or count * size overflows. Freed with cor_free().
void *cor_alloc(size_t size);
void *cor_alloc_zero(size_t count, size_t size);
void *cor_realloc(void *memory, size_t count, size_t size);
void cor_free(void *memory);

// Tests only: let `successes` further allocations succeed, then fail every one. Negative: never.
void cor_alloc_fail_after(long successes);

#endif
