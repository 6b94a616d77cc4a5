// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/alloc.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/watch.h"

static atomic_bool armed;
static atomic_long left;

void cor_alloc_fail_after(long successes)
{
    atomic_store(&left, successes);
    atomic_store(&armed, successes >= 0);
}

static bool refused(void)
{
    return atomic_load_explicit(&armed, memory_order_relaxed) && atomic_fetch_sub(&left, 1) <= 0;
}

static void *given(void *memory)
{
    if (!memory)
        cor_watch_starved();
    return memory;
}

void *cor_alloc(size_t size)
{
    return refused() ? NULL : given(malloc(size ? size : 1));
}

void *cor_alloc_zero(size_t count, size_t size)
{
    return refused() ? NULL : given(calloc(count ? count : 1, size ? size : 1));
}

void *cor_realloc(void *memory, size_t count, size_t size)
{
    return refused() ? NULL : given(reallocarray(memory, count ? count : 1, size ? size : 1));
}

void cor_free(void *memory)
{
    free(memory);
}
