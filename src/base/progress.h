// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What long work tells whoever watches. All calls may come from several threads at once.
#ifndef COR_BASE_PROGRESS_H
#define COR_BASE_PROGRESS_H

#include <stdint.h>

struct cor_progress {
    // A new stage begins; `total_bytes` is 0 when unknown.
    void (*stage)(struct cor_progress *progress, const char *stage, uint64_t total_bytes);
    // So many further members were finished, so many further bytes of the input were consumed.
    void (*advance)(struct cor_progress *progress, uint64_t members, uint64_t bytes);
};

// `progress` may be NULL.
static inline void cor_progress_stage(struct cor_progress *progress, const char *stage,
                                      uint64_t total_bytes)
{
    if (progress)
        progress->stage(progress, stage, total_bytes);
}

static inline void cor_progress_advance(struct cor_progress *progress, uint64_t members,
                                        uint64_t bytes)
{
    if (progress)
        progress->advance(progress, members, bytes);
}

#endif
