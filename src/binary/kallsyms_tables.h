// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The places of the tables in which a Linux kernel keeps its own symbols (kernel/kallsyms.c), found
// by their shape alone: no symbol tells where they are.
#ifndef COR_BINARY_KALLSYMS_TABLES_H
#define COR_BINARY_KALLSYMS_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "binary/kernel_map.h"

enum { COR_KALLSYMS_TOKENS = 256, COR_KALLSYMS_LONGEST = 1024 };

enum cor_kallsyms_form {
    COR_KALLSYMS_WORDS,    // whole addresses
    COR_KALLSYMS_OFFSETS,  // 32 bits, from a base
    COR_KALLSYMS_PER_CPU,  // offsets of 0 and more are absolute, others count down from base - 1
    COR_KALLSYMS_DISTANCES // 32 bits, from the place of the number itself
};

struct cor_kallsyms {
    struct cor_slice bytes;
    bool wide, big;
    size_t tokens[COR_KALLSYMS_TOKENS]; // offsets of the texts that bytes of names stand for
    size_t token_end;                   // behind the table of token offsets
    size_t names;
    uint32_t count;   // of symbols
    size_t alignment; // of every table
    size_t addresses; // offsets into the bytes
    enum cor_kallsyms_form form;
    bool based;    // false: nothing tells the base, and addresses count from the first symbol
    uint64_t base; // of the forms that are relative to one, or the address of `addresses`
};

// Looks for the tables; false when there are none that hold together. `wide` and `big` are the
// kernel's word size and byte order; `map` says where the bytes stand in memory (its `count`
// may be 0); NULL where the word size is no more than a guess.
bool cor_kallsyms_find(struct cor_slice bytes, bool wide, bool big,
                       const struct cor_kernel_map *map, struct cor_kallsyms *ret_tables);

// Why there are none, for a report: a constant.
const char *cor_kallsyms_absence(struct cor_slice bytes);

// The name at `at`, its type letter first, and where the next one is; false when it leaves the
// bytes or is too long.
bool cor_kallsyms_name(const struct cor_kallsyms *tables, size_t at,
                       char ret_text[COR_KALLSYMS_LONGEST], size_t *ret_size, size_t *ret_next);

uint64_t cor_kallsyms_address(const struct cor_kallsyms *tables, uint32_t index);

#endif
