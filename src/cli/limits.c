// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "cli/limits.h"

struct cor_limits cor_limits_of(const struct cor_limit_values *values)
{
    struct cor_limits limits = cor_default_limits;
    if (values->depth)
        limits.depth = values->depth < UINT32_MAX ? (uint32_t)values->depth : UINT32_MAX;
    if (values->members)
        limits.members = values->members;
    if (values->member)
        limits.member_bytes = values->member;
    if (values->total)
        limits.total_bytes = values->total;
    if (values->ratio)
        limits.ratio = values->ratio;
    return limits;
}

void cor_guard_of(const struct cor_limit_values *values, struct cor_diag *diag,
                  struct cor_guard *ret_guard)
{
    cor_guard_init(ret_guard, diag);
    ret_guard->off = values->no_sandbox;
    ret_guard->told = values->verbose;
    if (values->memory)
        ret_guard->memory = values->memory;
    if (values->time)
        ret_guard->seconds = values->time < UINT32_MAX ? (unsigned)values->time : UINT32_MAX;
}
