// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/names_seen.h"

#include <string.h>

#include "base/alloc.h"
#include "base/names.h"

void cor_seen_dispose(struct cor_seen *seen)
{
    cor_free(seen->slots);
    *seen = (struct cor_seen){0};
}

// The slot that holds the path, or the free one where it belongs.
static struct cor_seen_slot *find(const struct cor_seen *seen, const char *path, uint32_t hash)
{
    for (size_t i = hash & (seen->slot_count - 1);; i = (i + 1) & (seen->slot_count - 1)) {
        struct cor_seen_slot *slot = &seen->slots[i];
        if (!slot->path || (slot->hash == hash && strcmp(slot->path, path) == 0))
            return slot;
    }
}

static enum cor_status grow(struct cor_seen *seen)
{
    struct cor_seen wider = {.slot_count = seen->slot_count ? seen->slot_count * 2 : 1024};
    if (seen->slot_count && (seen->count + 1) * 3 < seen->slot_count * 2)
        return COR_OK;
    wider.slots = cor_alloc_zero(wider.slot_count, sizeof *wider.slots);
    if (!wider.slots)
        return COR_NOMEM;
    for (size_t i = 0; i < seen->slot_count; i++)
        if (seen->slots[i].path)
            *find(&wider, seen->slots[i].path, seen->slots[i].hash) = seen->slots[i];
    wider.count = seen->count;
    cor_free(seen->slots);
    *seen = wider;
    return COR_OK;
}

enum cor_status cor_seen_add(struct cor_seen *seen, struct cor_arena *arena, const char *path,
                             const char **ret_path, struct cor_seen_slot **ret_slot)
{
    const char *unique = path;
    if (grow(seen) != COR_OK)
        return COR_NOMEM;
    uint32_t hash = cor_hash_text(cor_slice_text(path));
    struct cor_seen_slot *first = find(seen, path, hash), *slot = first;
    while (slot->path) {
        unique = cor_arena_printf(arena, "%s#%u", path, ++first->copies + 1);
        if (!unique)
            return COR_NOMEM;
        hash = cor_hash_text(cor_slice_text(unique));
        slot = find(seen, unique, hash);
    }
    *slot = (struct cor_seen_slot){.path = unique, .hash = hash};
    seen->count++;
    *ret_path = unique;
    *ret_slot = slot;
    return COR_OK;
}

void *cor_seen_owner(const struct cor_seen *seen, const char *path)
{
    if (!seen->slot_count)
        return NULL;
    const struct cor_seen_slot *slot = find(seen, path, cor_hash_text(cor_slice_text(path)));
    return slot->path ? slot->owner : NULL;
}
