// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Memory that is used over and over: taken in small pieces, given back all at once.
#ifndef COR_SOURCE_SCRATCH_H
#define COR_SOURCE_SCRATCH_H

#include <stddef.h>

struct cor_scratch_block;

struct cor_scratch {
    struct cor_scratch_block *first, *current;
    size_t used;  // of the current block
    size_t total; // since the last reset
};

void cor_scratch_init(struct cor_scratch *scratch);
void cor_scratch_dispose(struct cor_scratch *scratch);
void cor_scratch_reset(struct cor_scratch *scratch);

// Gives back what was taken since `mark`, an earlier copy of the scratch.
void cor_scratch_release(struct cor_scratch *scratch, const struct cor_scratch *mark);

// Not zeroed, aligned for pointers; NULL when memory is out.
void *cor_scratch_take(struct cor_scratch *scratch, size_t size);

#endif
