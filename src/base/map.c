// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/map.h"

#include "base/alloc.h"

enum { FIRST_SLOTS = 64 };

void cor_map_init(struct cor_map *map)
{
    *map = (struct cor_map){0};
}

void cor_map_dispose(struct cor_map *map)
{
    cor_free(map->slots);
    cor_map_init(map);
}

static struct cor_map_slot *slot_of(struct cor_map_slot *slots, size_t count, const void *key)
{
    uint64_t hash = (uint64_t)(uintptr_t)key * 0x9e3779b97f4a7c15u;
    size_t i = (size_t)(hash >> 32) & (count - 1);
    while (slots[i].key && slots[i].key != key)
        i = (i + 1) & (count - 1);
    return &slots[i];
}

static enum cor_status grow(struct cor_map *map)
{
    size_t count = map->slot_count ? map->slot_count * 2 : FIRST_SLOTS;
    struct cor_map_slot *slots = cor_alloc_zero(count, sizeof *slots);
    if (!slots)
        return COR_NOMEM;
    for (size_t i = 0; i < map->slot_count; i++)
        if (map->slots[i].key)
            *slot_of(slots, count, map->slots[i].key) = map->slots[i];
    cor_free(map->slots);
    map->slots = slots;
    map->slot_count = count;
    return COR_OK;
}

enum cor_status cor_map_put(struct cor_map *map, const void *key, uint64_t value)
{
    if (map->count * 4 >= map->slot_count * 3) {
        enum cor_status status = grow(map);
        if (status != COR_OK)
            return status;
    }
    struct cor_map_slot *slot = slot_of(map->slots, map->slot_count, key);
    map->count += slot->key == NULL;
    *slot = (struct cor_map_slot){key, value};
    return COR_OK;
}

bool cor_map_get(const struct cor_map *map, const void *key, uint64_t *ret_value)
{
    if (!map->slot_count)
        return false;
    const struct cor_map_slot *slot = slot_of(map->slots, map->slot_count, key);
    if (!slot->key)
        return false;
    *ret_value = slot->value;
    return true;
}
