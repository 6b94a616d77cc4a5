// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Runs a job that reads untrusted bytes in a process of its own, in a sandbox. When that process
// dies of a member, it is started again without that member, which is unread then.
#ifndef COR_CLI_GUARD_H
#define COR_CLI_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/array.h"
#include "base/diag.h"
#include "base/sandbox.h"

struct cor_guard {
    COR_ARRAY(struct cor_access_path) paths; // what the job may touch, besides system libraries
    uint64_t memory;                         // bytes that the process may use
    unsigned seconds;                        // processor time of one step on one member
    bool off;                                // no process, no sandbox, no second try
    bool once;                               // no second try
    bool told;                               // say on `diag` what the sandbox consists of
    struct cor_diag *diag;
    // Undoes what a run that died has left; may be NULL.
    bool (*undo)(void *data);
};

// The defaults; cor_guard_dispose() frees.
void cor_guard_init(struct cor_guard *guard, struct cor_diag *diag);
void cor_guard_dispose(struct cor_guard *guard);

COR_MUST_CHECK enum cor_status cor_guard_allow(struct cor_guard *guard, enum cor_access access,
                                               const char *path);

// Returns the job's exit status, or COR_EXIT_FAILED when it could not be brought to an end.
int cor_guard_run(const struct cor_guard *guard, int (*job)(void *data), void *data);

#endif
