// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Prints of bodies (model/print.h), made while the census reads a text.
#ifndef COR_SOURCE_BODY_PRINT_H
#define COR_SOURCE_BODY_PRINT_H

#include "base/map.h"
#include "base/status.h"
#include "model/print.h"

// The names of interest as a sieve: it may say yes wrongly, never no.
struct cor_name_sieve {
    uint64_t *words;
    uint32_t mask; // bits - 1
};

// COR_OK or COR_NOMEM. `interest` holds interned names.
COR_MUST_CHECK enum cor_status cor_name_sieve_fill(struct cor_name_sieve *sieve,
                                                   const struct cor_map *interest);
void cor_name_sieve_dispose(struct cor_name_sieve *sieve);

struct cor_body_words {
    cor_print_list list, calls;
    uint32_t size; // as in struct cor_print
};

void cor_body_words_dispose(struct cor_body_words *words);

// Adds what stands in `text`, whose end is padded as texts are. COR_OK or COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_body_words_add(struct cor_body_words *words,
                                                  const struct cor_name_sieve *sieve,
                                                  struct cor_slice text);

#endif
