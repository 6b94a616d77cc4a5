// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Arithmetic on numbers that come from files. False means overflow; the output is then untouched.
#ifndef COR_BASE_CHECKED_H
#define COR_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool cor_add_u64(uint64_t a, uint64_t b, uint64_t *ret_sum)
{
    uint64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return false;
    *ret_sum = sum;
    return true;
}

static inline bool cor_mul_u64(uint64_t a, uint64_t b, uint64_t *ret_product)
{
    uint64_t product;
    if (__builtin_mul_overflow(a, b, &product))
        return false;
    *ret_product = product;
    return true;
}

// Whether [offset, offset + size) lies within [0, total).
static inline bool cor_range_fits(uint64_t offset, uint64_t size, uint64_t total)
{
    return offset <= total && size <= total - offset;
}

static inline uint32_t cor_u32_clamp(size_t value)
{
    return value > UINT32_MAX ? UINT32_MAX : (uint32_t)value;
}

#endif
