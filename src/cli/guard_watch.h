// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// How a guarded process came to its end. Private to guard.c.
#ifndef COR_CLI_GUARD_WATCH_H
#define COR_CLI_GUARD_WATCH_H

#include "base/watch.h"
#include "cli/guard.h"

enum cor_cause { COR_CAUSE_NONE, COR_CAUSE_CRASH, COR_CAUSE_MEMORY, COR_CAUSE_TIME };

struct cor_ending {
    enum cor_cause cause;
    int code;     // of a process that ended by itself
    bool known;   // `at` is what it died of
    bool several; // else: there was more than one candidate
    struct cor_watched at;
};

// Waits for the process, passes interrupts on to it, and ends it when it goes over its limits.
// `life` is a pipe that closes when the process is gone.
struct cor_ending cor_guard_watch(pid_t process, int life, const struct cor_guard *guard);

#endif
