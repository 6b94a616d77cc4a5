// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Kernels made at test time: symbol tables as scripts/kallsyms.c of several versions lays them out.
#ifndef COR_TESTS_BINARY_KERNEL_RECIPE_H
#define COR_TESTS_BINARY_KERNEL_RECIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum { SYMBOLS = 3000, LONG_ONE = 1236, PER_CPU = 40, KFREE = 600 };

struct layout {
    const char *name;
    bool wide, big;
    bool late;       // 6.4: addresses behind the tokens
    bool ordered;    // 6.2: an order by name between markers and tokens
    bool absolute;   // whole addresses
    bool per_cpu;    // offsets count down from the base, but for the first ones
    bool wide_marks; // markers are words
    bool distances;  // 7.0: 32-bit distances from their own places, or 32-bit addresses
    bool functions;  // without CONFIG_KALLSYMS_ALL
    bool relocatable;
    size_t step; // alignment of every label; 0: the word size
};

// What symbol `i`, sym_<i> but for kfree, has for a letter and an address.
char letter_of(const struct layout *layout, unsigned i);
uint64_t shared_address(const struct layout *layout, unsigned i);

// Where the bytes stand in memory.
uint64_t start_of(const struct layout *layout);

struct maker {
    struct cor_buffer out;
    const struct layout *layout;
    size_t marks[SYMBOLS / 256 + 1];
};
void put(struct maker *maker, uint64_t value, size_t size);
void put_bytes(struct maker *maker, const void *bytes, size_t size);
void align(struct maker *maker);
void put_tables(struct maker *maker);

// Noise and a decoy stand before the tables, noise behind them.
struct cor_buffer make(const struct layout *layout);

#endif
