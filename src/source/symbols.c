// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/alloc.h"
#include "source/assembly.h"

void cor_symbols_dispose(struct cor_symbols *symbols)
{
    cor_array_dispose(&symbols->entries);
    cor_free(symbols->slots);
    *symbols = (struct cor_symbols){0};
}

static uint32_t *slot_of(const struct cor_symbols *symbols, uint32_t *slots, size_t count,
                         uint32_t hash, struct cor_slice name)
{
    for (size_t i = hash & (count - 1);; i = (i + 1) & (count - 1)) {
        if (!slots[i])
            return &slots[i];
        const struct cor_symbol_entry *entry = &symbols->entries.items[slots[i] - 1];
        if (entry->hash == hash && cor_slice_same(entry->name, name))
            return &slots[i];
    }
}

static bool grow(struct cor_symbols *symbols)
{
    size_t count = symbols->slot_count ? symbols->slot_count * 2 : 64;
    uint32_t *slots = cor_alloc_zero(count, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < symbols->entries.count; i++) {
        const struct cor_symbol_entry *entry = &symbols->entries.items[i];
        *slot_of(symbols, slots, count, entry->hash, entry->name) = (uint32_t)i + 1;
    }
    cor_free(symbols->slots);
    symbols->slots = slots;
    symbols->slot_count = count;
    return true;
}

struct cor_symbol_entry *cor_symbols_entry(struct cor_symbols *symbols, struct cor_slice name)
{
    if (symbols->entries.count * 2 >= symbols->slot_count && !grow(symbols))
        return NULL;
    uint32_t hash = cor_hash_text(name);
    uint32_t *slot = slot_of(symbols, symbols->slots, symbols->slot_count, hash, name);
    if (!*slot) {
        struct cor_symbol_entry entry = {.name = name, .hash = hash};
        if (symbols->entries.count >= UINT32_MAX - 1 ||
            cor_array_add(&symbols->entries, entry) != COR_OK)
            return NULL;
        *slot = (uint32_t)symbols->entries.count;
    }
    return &symbols->entries.items[*slot - 1];
}
