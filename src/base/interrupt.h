// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Ctrl-C: a signal handler raises the flag, long loops look at it and return COR_INTERRUPTED.
#ifndef COR_BASE_INTERRUPT_H
#define COR_BASE_INTERRUPT_H

#include <stdbool.h>

void cor_interrupt_raise(void); // safe in a signal handler
void cor_interrupt_clear(void);
bool cor_interrupted(void);

#endif
