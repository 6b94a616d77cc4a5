// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/interrupt.h"

#include <stdatomic.h>

static atomic_bool raised;

void cor_interrupt_raise(void)
{
    atomic_store(&raised, true);
}

void cor_interrupt_clear(void)
{
    atomic_store(&raised, false);
}

bool cor_interrupted(void)
{
    return atomic_load_explicit(&raised, memory_order_relaxed);
}
