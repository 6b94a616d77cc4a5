// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/scratch.h"

#include <stdalign.h>
#include <stdint.h>

#include "base/alloc.h"

enum { BLOCK_SIZE = 256 * 1024 };

struct cor_scratch_block {
    struct cor_scratch_block *next;
    size_t size;
    alignas(16) char bytes[];
};

void cor_scratch_init(struct cor_scratch *scratch)
{
    *scratch = (struct cor_scratch){0};
}

void cor_scratch_dispose(struct cor_scratch *scratch)
{
    for (struct cor_scratch_block *block = scratch->first; block;) {
        struct cor_scratch_block *next = block->next;
        cor_free(block);
        block = next;
    }
    cor_scratch_init(scratch);
}

void cor_scratch_reset(struct cor_scratch *scratch)
{
    scratch->current = scratch->first;
    scratch->used = scratch->total = 0;
}

void cor_scratch_release(struct cor_scratch *scratch, const struct cor_scratch *mark)
{
    scratch->current = mark->current ? mark->current : scratch->first;
    scratch->used = mark->used;
    scratch->total = mark->total;
}

static struct cor_scratch_block *next_block(struct cor_scratch *scratch, size_t size)
{
    struct cor_scratch_block **link = scratch->current ? &scratch->current->next : &scratch->first;
    if (*link && (*link)->size >= size)
        return *link;
    size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
    struct cor_scratch_block *block = cor_alloc(sizeof *block + room);
    if (!block)
        return NULL;
    block->size = room;
    block->next = *link;
    *link = block;
    return block;
}

void *cor_scratch_take(struct cor_scratch *scratch, size_t size)
{
    if (size > SIZE_MAX / 4)
        return NULL;
    size = (size + 15) & ~(size_t)15;
    if (!scratch->current || size > scratch->current->size - scratch->used) {
        struct cor_scratch_block *block = next_block(scratch, size);
        if (!block)
            return NULL;
        scratch->current = block;
        scratch->used = 0;
    }
    void *memory = scratch->current->bytes + scratch->used;
    scratch->used += size;
    scratch->total += size;
    return memory;
}
