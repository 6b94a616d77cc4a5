// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Numbers of either byte order from unaligned memory; the caller has checked the range.
#ifndef COR_BINARY_BYTES_H
#define COR_BINARY_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline bool cor_host_is_big(void)
{
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
}

static inline uint16_t cor_get16(const void *at, bool big)
{
    uint16_t value;
    memcpy(&value, at, sizeof value);
    return big == cor_host_is_big() ? value : __builtin_bswap16(value);
}

static inline uint32_t cor_get32(const void *at, bool big)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return big == cor_host_is_big() ? value : __builtin_bswap32(value);
}

static inline uint64_t cor_get64(const void *at, bool big)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return big == cor_host_is_big() ? value : __builtin_bswap64(value);
}

#endif
