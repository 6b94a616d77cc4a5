// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A hash map from pointers (interned names, mostly) to 64-bit values. One thread at a time may
// write; several may read while nobody writes. Never iterate it for output: its order is chance.
#ifndef COR_BASE_MAP_H
#define COR_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct cor_map_slot {
    const void *key;
    uint64_t value;
};

struct cor_map {
    struct cor_map_slot *slots;
    size_t slot_count, count;
};

void cor_map_init(struct cor_map *map);
void cor_map_dispose(struct cor_map *map);

// Adds or replaces. `key` must not be NULL.
COR_MUST_CHECK enum cor_status cor_map_put(struct cor_map *map, const void *key, uint64_t value);

// True and the value when the key is there.
bool cor_map_get(const struct cor_map *map, const void *key, uint64_t *ret_value);

#endif
