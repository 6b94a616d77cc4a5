// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a walk may use. Hitting a limit makes that member unread; the walk goes on.
#ifndef COR_INTAKE_LIMITS_H
#define COR_INTAKE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

struct cor_limits {
    uint32_t depth;        // layers below an input
    uint64_t members;      // of one input
    uint64_t member_bytes; // of one leaf that is held in memory; larger leaves are hashed only
    uint64_t total_bytes;  // decoded from one input
    uint64_t ratio;        // decoded bytes per byte of a compressed layer, once it is large
    uint64_t held_bytes;   // of all leaves that wait for workers at one time
};

// Depth 24, 10 million members, 1 GiB a member, 1 TiB in all, ratio 5000, 256 MiB held.
extern const struct cor_limits cor_default_limits;

// The limits that change what is read, by name: "max-depth", ...
enum { cor_limit_count = 5 };
extern const char *const cor_limit_names[cor_limit_count];
uint64_t cor_limit_get(const struct cor_limits *limits, size_t number);
void cor_limit_set(struct cor_limits *limits, size_t number, uint64_t value);

#endif
