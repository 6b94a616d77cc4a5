// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Memory. vk_heap_zalloc() is an inline: a module that uses it calls vk_heap_alloc() itself.
#ifndef VK_HEAP_H
#define VK_HEAP_H

#include <stddef.h>

void *vk_heap_alloc(size_t size);
void vk_heap_free(void *block);

static inline void *vk_heap_zalloc(size_t size)
{
    char *block = vk_heap_alloc(size);
    for (size_t i = 0; block && i < size; i++)
        block[i] = 0;
    return block;
}

#endif
