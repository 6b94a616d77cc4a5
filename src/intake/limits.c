// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/limits.h"

const struct cor_limits cor_default_limits = {
    .depth = 24,
    .members = 10000000,
    .member_bytes = UINT64_C(1) << 30,
    .total_bytes = UINT64_C(1) << 40,
    .ratio = 5000,
    .held_bytes = UINT64_C(256) << 20,
};

const char *const cor_limit_names[cor_limit_count] = {"max-depth", "max-members", "max-member",
                                                      "max-total", "max-ratio"};

uint64_t cor_limit_get(const struct cor_limits *limits, size_t number)
{
    const uint64_t values[cor_limit_count] = {limits->depth, limits->members, limits->member_bytes,
                                              limits->total_bytes, limits->ratio};
    return number < cor_limit_count ? values[number] : 0;
}

void cor_limit_set(struct cor_limits *limits, size_t number, uint64_t value)
{
    uint64_t *const fields[cor_limit_count] = {NULL, &limits->members, &limits->member_bytes,
                                               &limits->total_bytes, &limits->ratio};
    if (number == 0)
        limits->depth = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
    else if (number < cor_limit_count)
        *fields[number] = value;
}
