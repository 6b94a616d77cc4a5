// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Interned names: two equal names are one pointer, so names are compared by pointer. The order of
// pointers means nothing: sort by text. All calls may run in several threads at once.
#ifndef COR_BASE_NAMES_H
#define COR_BASE_NAMES_H

#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

struct cor_name {
    uint32_t hash;
    uint32_t size;
    char text[]; // NUL-ended
};

struct cor_names;

// NULL when memory is out.
struct cor_names *cor_names_new(void);
void cor_names_free(struct cor_names *names);

// The one name with this text; it lives as long as `names`.
COR_MUST_CHECK enum cor_status cor_names_intern(struct cor_names *names, struct cor_slice text,
                                                const struct cor_name **ret_name);

// The name with this text if it was ever interned, else NULL.
const struct cor_name *cor_names_find(struct cor_names *names, struct cor_slice text);

// How many distinct names there are.
size_t cor_names_count(struct cor_names *names);

uint32_t cor_hash_text(struct cor_slice text);

static inline struct cor_slice cor_name_slice(const struct cor_name *name)
{
    return cor_slice(name->text, name->size);
}

// Order by text, for qsort-like callers.
int cor_name_order(const struct cor_name *a, const struct cor_name *b);

#endif
