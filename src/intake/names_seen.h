// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The paths that one input's members have, so that no two members get the same.
#ifndef COR_INTAKE_NAMES_SEEN_H
#define COR_INTAKE_NAMES_SEEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

struct cor_seen_slot {
    const char *path; // NULL when free
    void *owner;
    uint32_t hash;
    uint32_t copies; // how many "#n" were given out
};

struct cor_seen {
    struct cor_seen_slot *slots;
    size_t slot_count, count;
};

void cor_seen_dispose(struct cor_seen *seen);

// `path`, or the first of `path`#2, #3, ... that nobody has. Texts go to `arena`; `path` must live
// as long. The new slot's number in *ret_slot holds until the next call. COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_seen_add(struct cor_seen *seen, struct cor_arena *arena,
                                            const char *path, const char **ret_path,
                                            struct cor_seen_slot **ret_slot);

// NULL when nobody has the path.
void *cor_seen_owner(const struct cor_seen *seen, const char *path);

#endif
