// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "base/alloc.h"

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

struct cor_arena_chunk {
    struct cor_arena_chunk *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

void cor_arena_init(struct cor_arena *arena)
{
    *arena = (struct cor_arena){0};
}

void cor_arena_dispose(struct cor_arena *arena)
{
    for (struct cor_arena_chunk *chunk = arena->chunks; chunk;) {
        struct cor_arena_chunk *next = chunk->next;
        cor_free(chunk);
        chunk = next;
    }
    cor_arena_init(arena);
}

static size_t next_size(const struct cor_arena *arena, size_t wanted)
{
    size_t size = arena->chunks ? arena->chunks->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    return size < wanted ? wanted : size;
}

static void *take(struct cor_arena *arena, size_t size, size_t align)
{
    struct cor_arena_chunk *chunk = arena->chunks;
    size_t at = chunk ? (chunk->used + align - 1) & ~(align - 1) : 0;
    if (!chunk || at > chunk->size || size > chunk->size - at) {
        size_t room = next_size(arena, size);
        chunk = cor_alloc(sizeof *chunk + room);
        if (!chunk)
            return NULL;
        *chunk = (struct cor_arena_chunk){.next = arena->chunks, .size = room};
        arena->chunks = chunk;
        arena->total += room;
        at = 0;
    }
    chunk->used = at + size;
    return chunk->bytes + at;
}

void *cor_arena_alloc(struct cor_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 4)
        return NULL;
    void *memory = take(arena, bytes ? bytes : 1, alignof(max_align_t));
    return memory ? memset(memory, 0, bytes) : NULL;
}

const char *cor_arena_text(struct cor_arena *arena, struct cor_slice text)
{
    if (text.size > SIZE_MAX / 4)
        return NULL;
    char *copy = take(arena, text.size + 1, 1);
    if (!copy)
        return NULL;
    if (text.size)
        memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return copy;
}

const char *cor_arena_printf(struct cor_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = size < 0 ? NULL : take(arena, (size_t)size + 1, 1);
    if (!text)
        return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)size + 1, format, args);
    va_end(args);
    return text;
}

void *cor_arena_copy(struct cor_arena *arena, const void *data, size_t size)
{
    void *copy = cor_arena_alloc(arena, size, 1);
    if (copy && size)
        memcpy(copy, data, size);
    return copy;
}

void cor_arena_adopt(struct cor_arena *arena, struct cor_arena *other)
{
    struct cor_arena_chunk **end = &arena->chunks;
    while (*end)
        end = &(*end)->next;
    *end = other->chunks;
    arena->total += other->total;
    cor_arena_init(other);
}
