// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Text or bytes that someone else owns: a pointer and a length, not NUL-ended.
#ifndef COR_BASE_SLICE_H
#define COR_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct cor_slice {
    const char *data;
    size_t size;
};

#define COR_SLICE(literal) ((struct cor_slice){(literal), sizeof(literal) - 1})

static inline struct cor_slice cor_slice(const char *data, size_t size)
{
    return (struct cor_slice){data, size};
}

static inline struct cor_slice cor_slice_text(const char *text)
{
    return (struct cor_slice){text, strlen(text)};
}

static inline bool cor_slice_same(struct cor_slice a, struct cor_slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool cor_slice_starts(struct cor_slice text, struct cor_slice prefix)
{
    return text.size >= prefix.size && memcmp(text.data, prefix.data, prefix.size) == 0;
}

static inline bool cor_slice_ends(struct cor_slice text, struct cor_slice suffix)
{
    return text.size >= suffix.size &&
           memcmp(text.data + text.size - suffix.size, suffix.data, suffix.size) == 0;
}

// Order by bytes, the shorter first when one begins the other.
int cor_slice_order(struct cor_slice a, struct cor_slice b);

// Without spaces, tabs and line ends on both sides.
struct cor_slice cor_slice_trim(struct cor_slice text);

#endif
