// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/array.h"

#include <string.h>

#include "base/alloc.h"

enum cor_status cor_array_room(void *items, size_t *capacity, size_t count, size_t extra,
                               size_t item_size)
{
    size_t wanted, doubled;
    void *memory;
    if (__builtin_add_overflow(count, extra, &wanted))
        return COR_NOMEM;
    if (wanted <= *capacity)
        return COR_OK;
    if (__builtin_mul_overflow(*capacity, 2, &doubled) || doubled < wanted)
        doubled = wanted < 8 ? 8 : wanted;
    memcpy(&memory, items, sizeof memory);
    memory = cor_realloc(memory, doubled, item_size);
    if (!memory)
        return COR_NOMEM;
    memcpy(items, &memory, sizeof memory);
    *capacity = doubled;
    return COR_OK;
}

void cor_array_free(void *items, size_t *count, size_t *capacity)
{
    void *memory;
    memcpy(&memory, items, sizeof memory);
    cor_free(memory);
    memory = NULL;
    memcpy(items, &memory, sizeof memory);
    *count = *capacity = 0;
}
