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
