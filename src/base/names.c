// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/names.h"

#include <pthread.h>

#include "base/alloc.h"
#include "base/arena.h"

enum { SHARDS = 64, FIRST_SLOTS = 256 };

struct shard {
    pthread_rwlock_t lock;
    struct cor_arena arena;
    const struct cor_name **slots; // open addressing, a power of two
    size_t slot_count, used;
};

struct cor_names {
    struct shard shards[SHARDS];
};

uint32_t cor_hash_text(struct cor_slice text)
{
    uint64_t hash = 0x9e3779b97f4a7c15u ^ text.size;
    const char *at = text.data;
    size_t left = text.size;
    for (; left >= 8; at += 8, left -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    uint64_t word = 0;
    for (size_t i = 0; i < left; i++)
        word |= (uint64_t)(unsigned char)at[i] << (8 * i);
    hash = (hash ^ word) * 0xc4ceb9fe1a85ec53u;
    return (uint32_t)(hash ^ hash >> 32);
}

struct cor_names *cor_names_new(void)
{
    struct cor_names *names = cor_alloc_zero(1, sizeof *names);
    for (size_t i = 0; names && i < SHARDS; i++)
        pthread_rwlock_init(&names->shards[i].lock, NULL);
    return names;
}

void cor_names_free(struct cor_names *names)
{
    if (!names)
        return;
    for (size_t i = 0; i < SHARDS; i++) {
        cor_arena_dispose(&names->shards[i].arena);
        cor_free(names->shards[i].slots);
        pthread_rwlock_destroy(&names->shards[i].lock);
    }
    cor_free(names);
}

static const struct cor_name **slot_of(const struct cor_name **slots, size_t count, uint32_t hash,
                                       struct cor_slice text)
{
    for (size_t i = (hash >> 6) & (count - 1);; i = (i + 1) & (count - 1)) {
        const struct cor_name *name = slots[i];
        if (!name || (name->hash == hash && cor_slice_same(cor_name_slice(name), text)))
            return &slots[i];
    }
}

static enum cor_status grow(struct shard *shard)
{
    size_t count = shard->slot_count ? shard->slot_count * 2 : FIRST_SLOTS;
    const struct cor_name **slots = cor_alloc_zero(count, sizeof(struct cor_name *));
    if (!slots)
        return COR_NOMEM;
    for (size_t i = 0; i < shard->slot_count; i++) {
        const struct cor_name *name = shard->slots[i];
        if (name)
            *slot_of(slots, count, name->hash, cor_name_slice(name)) = name;
    }
    cor_free(shard->slots);
    shard->slots = slots;
    shard->slot_count = count;
    return COR_OK;
}

static const struct cor_name *find_in(const struct shard *shard, uint32_t hash,
                                      struct cor_slice text)
{
    return shard->slot_count ? *slot_of(shard->slots, shard->slot_count, hash, text) : NULL;
}

static const struct cor_name *add_to(struct shard *shard, uint32_t hash, struct cor_slice text)
{
    const struct cor_name *known = find_in(shard, hash, text);
    if (known)
        return known;
    if (shard->used * 4 >= shard->slot_count * 3 && grow(shard) != COR_OK)
        return NULL;
    struct cor_name *name = cor_arena_alloc(&shard->arena, 1, sizeof *name + text.size + 1);
    if (!name)
        return NULL;
    name->hash = hash;
    name->size = (uint32_t)text.size;
    if (text.size)
        memcpy(name->text, text.data, text.size);
    *slot_of(shard->slots, shard->slot_count, hash, text) = name;
    shard->used++;
    return name;
}

const struct cor_name *cor_names_find(struct cor_names *names, struct cor_slice text)
{
    uint32_t hash = cor_hash_text(text);
    struct shard *shard = &names->shards[hash % SHARDS];
    pthread_rwlock_rdlock(&shard->lock);
    const struct cor_name *name = find_in(shard, hash, text);
    pthread_rwlock_unlock(&shard->lock);
    return name;
}

enum cor_status cor_names_intern(struct cor_names *names, struct cor_slice text,
                                 const struct cor_name **ret_name)
{
    if (text.size > UINT32_MAX / 2)
        return COR_LIMIT;
    const struct cor_name *name = cor_names_find(names, text);
    if (!name) {
        uint32_t hash = cor_hash_text(text);
        struct shard *shard = &names->shards[hash % SHARDS];
        pthread_rwlock_wrlock(&shard->lock);
        name = add_to(shard, hash, text);
        pthread_rwlock_unlock(&shard->lock);
    }
    if (!name)
        return COR_NOMEM;
    *ret_name = name;
    return COR_OK;
}

size_t cor_names_count(struct cor_names *names)
{
    size_t count = 0;
    for (size_t i = 0; i < SHARDS; i++) {
        pthread_rwlock_rdlock(&names->shards[i].lock);
        count += names->shards[i].used;
        pthread_rwlock_unlock(&names->shards[i].lock);
    }
    return count;
}

int cor_name_order(const struct cor_name *a, const struct cor_name *b)
{
    return a == b ? 0 : cor_slice_order(cor_name_slice(a), cor_name_slice(b));
}
