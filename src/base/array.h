// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Growable typed arrays: COR_ARRAY(struct x) list = {0}; cor_array_add(&list, item); freed with
// cor_array_dispose(&list). A failed call leaves the array as it was.
#ifndef COR_BASE_ARRAY_H
#define COR_BASE_ARRAY_H

#include <stddef.h>

#include "base/status.h"

#define COR_ARRAY(type)                                                                            \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }

// Makes room for `extra` items behind `count`. `items` points at the array's item pointer.
COR_MUST_CHECK enum cor_status cor_array_room(void *items, size_t *capacity, size_t count,
                                              size_t extra, size_t item_size);

#define cor_array_reserve(array, extra)                                                            \
    cor_array_room(&(array)->items, &(array)->capacity, (array)->count, (extra),                   \
                   sizeof *(array)->items)

// COR_OK or COR_NOMEM.
#define cor_array_add(array, ...)                                                                  \
    ((enum cor_status)(cor_array_reserve(array, 1) == COR_OK                                       \
                           ? ((array)->items[(array)->count++] = (__VA_ARGS__), COR_OK)            \
                           : COR_NOMEM))

void cor_array_free(void *items, size_t *count, size_t *capacity);

#define cor_array_dispose(array)                                                                   \
    cor_array_free(&(array)->items, &(array)->count, &(array)->capacity)

#endif
