// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The options of all commands that open what a vendor ships: budgets, and the sandbox.
#ifndef COR_CLI_LIMITS_H
#define COR_CLI_LIMITS_H

#include <stddef.h>

#include "cli/guard.h"
#include "cli/options.h"
#include "intake/limits.h"

struct cor_limit_values {
    uint64_t depth, members, member, total, ratio, memory, time; // 0: the default
    bool no_sandbox, verbose;
};

#define COR_LIMIT_ROW(type, field, name, argument, help)                                           \
    {                                                                                              \
        name, 0, argument, help, COR_OPTION_AMOUNT, offsetof(type, limits.field)                   \
    }

// Rows of a table of options; `type` has a struct cor_limit_values named `limits`.
#define COR_LIMIT_OPTIONS(type)                                                                    \
    COR_LIMIT_ROW(type, depth, "max-depth", "N", "layers below an input (24)"),                    \
        COR_LIMIT_ROW(type, members, "max-members", "N", "members of one input (10000000)"),       \
        COR_LIMIT_ROW(type, member, "max-member", "SIZE", "bytes of one member looked at (1G)"),   \
        COR_LIMIT_ROW(type, total, "max-total", "SIZE", "bytes unpacked from one input (1T)"),     \
        COR_LIMIT_ROW(type, ratio, "max-ratio", "N", "bytes that one byte unpacks to (5000)"),     \
        COR_LIMIT_ROW(type, memory, "max-memory", "SIZE", "memory of the reading process (8G)"),   \
        COR_LIMIT_ROW(type, time, "max-time", "SECONDS", "processor time of one step (300)"),      \
        {"no-sandbox",                                                                             \
         0,                                                                                        \
         NULL,                                                                                     \
         "read in this process, unprotected",                                                      \
         COR_OPTION_FLAG,                                                                          \
         offsetof(type, limits.no_sandbox)},                                                       \
    {                                                                                              \
        "verbose", 'v', NULL, "tell each stage and the sandbox", COR_OPTION_FLAG,                  \
            offsetof(type, limits.verbose)                                                         \
    }

// `struct values` has a bool `quiet`.
#define COR_QUIET_OPTION                                                                           \
    {                                                                                              \
        "quiet", 'q', NULL, "no progress, no notes on single members", COR_OPTION_FLAG,            \
            offsetof(struct values, quiet)                                                         \
    }

// For commands that read the inputs of a case again: `struct values` has `quiet` and `limits`.
#define COR_AGAIN_OPTIONS                                                                          \
    COR_QUIET_OPTION,                                                                              \
        {"no-sandbox",                                                                             \
         0,                                                                                        \
         NULL,                                                                                     \
         "read in this process, unprotected",                                                      \
         COR_OPTION_FLAG,                                                                          \
         offsetof(struct values, limits.no_sandbox)},                                              \
    {                                                                                              \
        "verbose", 'v', NULL, "tell each stage and the sandbox", COR_OPTION_FLAG,                  \
            offsetof(struct values, limits.verbose)                                                \
    }

struct cor_limits cor_limits_of(const struct cor_limit_values *values);
void cor_guard_of(const struct cor_limit_values *values, struct cor_diag *diag,
                  struct cor_guard *ret_guard);

#endif
