// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Memory that is freed all at once. Facts live in arenas; nothing in them is freed singly.
// One arena belongs to one thread at a time.
#ifndef COR_BASE_ARENA_H
#define COR_BASE_ARENA_H

#include <stddef.h>

#include "base/slice.h"
#include "base/status.h"

struct cor_arena_chunk;

struct cor_arena {
    struct cor_arena_chunk *chunks; // newest first
    size_t total;                   // bytes taken from the heap
};

void cor_arena_init(struct cor_arena *arena);
void cor_arena_dispose(struct cor_arena *arena);

// Zeroed memory aligned for any type, or NULL when memory is out.
void *cor_arena_alloc(struct cor_arena *arena, size_t count, size_t size);

// A NUL-ended copy, or NULL when memory is out.
const char *cor_arena_text(struct cor_arena *arena, struct cor_slice text);
const char *cor_arena_printf(struct cor_arena *arena, const char *format, ...) COR_PRINTF(2, 3);

// A copy of `size` bytes, or NULL when memory is out.
void *cor_arena_copy(struct cor_arena *arena, const void *data, size_t size);

// Makes `arena` own all memory of `other`; `other` is empty afterwards.
void cor_arena_adopt(struct cor_arena *arena, struct cor_arena *other);

#endif
