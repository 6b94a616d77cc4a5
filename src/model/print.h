// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a function uses, so that a body can be told from a namesake's: the names that it refers to
// and the words of its strings, as hashes. The same is made of a function of a binary and of a body
// in the source.
#ifndef COR_MODEL_PRINT_H
#define COR_MODEL_PRINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/slice.h"

struct cor_print {
    uint32_t size;     // of a binary's function: bytes of code, 0 when unknown; of a body: tokens
    uint32_t count;    // of names and words
    uint32_t calls;    // of a body: words that may be calls or macros, behind them in `hashes`
    uint32_t hashes[]; // both parts sorted
};

typedef COR_ARRAY(uint32_t) cor_print_list;

// What a macro, or an inline function of a header, stands for.
struct cor_word_print {
    uint32_t word; // hash of its name
    const struct cor_print *print;
};

// A name without what compilers put behind it (".isra.0") or around it ("__printf_chk").
uint32_t cor_print_name(struct cor_slice name);

// A name that compilers use by themselves, or whose calls they put their own code in place of: not
// for prints.
bool cor_print_leaves_out(struct cor_slice name);

// Adds the longer words of a string: macros put strings together, but words stay whole. Never equal
// to the hash of a name. COR_OK or COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_print_add_words(cor_print_list *list, struct cor_slice text);

static inline bool cor_print_is_text(uint32_t hash)
{
    return hash & 1;
}

// Sorts both lists, drops repetitions and makes a print of them. `calls` may be NULL. NULL when
// memory is out.
const struct cor_print *cor_print_make(struct cor_arena *arena, cor_print_list *list,
                                       cor_print_list *calls, uint32_t size);

bool cor_print_has(const struct cor_print *print, uint32_t hash);
bool cor_print_has_call(const struct cor_print *print, uint32_t hash);

#endif
