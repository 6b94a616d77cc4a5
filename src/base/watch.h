// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A board in shared memory on which every thread writes what it is reading just now. Whoever
// watches the reading process from outside can tell which member a crash, an endless loop or a
// hunger for memory was about, and have it left out the next time.
//
// Without cor_watch_begin() nothing is watched, and every call costs a look at one pointer.
#ifndef COR_BASE_WATCH_H
#define COR_BASE_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/status.h"

// What is done to a member. When one kind of work is left out, another can still be done.
enum cor_step {
    COR_STEP_NONE,
    COR_STEP_LAYER, // its bytes are opened as a container or a compression
    COR_STEP_BYTES, // the container that holds it gives its bytes
    COR_STEP_VISIT  // a visitor looks at its bytes
};

// A member, by a number that is the same each time the same inputs are read.
struct cor_subject {
    uint64_t key, parent; // cor_subject_key()
    const char *path;     // for messages
};

uint64_t cor_subject_key(unsigned role, unsigned number, const char *path);

// --- the reading process

struct cor_mark {
    const struct cor_subject *subject;
    enum cor_step step;
};

// This thread begins a step; returns what it did before, for cor_watch_leave(). `subject` NULL
// leaves things as they are.
struct cor_mark cor_watch_enter(const struct cor_subject *subject, enum cor_step step);
void cor_watch_leave(struct cor_mark before);
void cor_watch_thread_ends(void);

// Memory is out: what this thread does just now is remembered, the first time.
void cor_watch_starved(void);

// NULL, or why this step is to be left out. COR_LIMIT or COR_INTERNAL through *ret_why.
const char *cor_watch_condemned(const struct cor_subject *subject, enum cor_step step,
                                enum cor_status *ret_why);

// Whether all is to be read by one thread, so that the next death has one cause.
bool cor_watch_alone(void);

// Signals of a crash are noted on the board before the process dies of them.
void cor_watch_crashes(void);

// --- the watching process

struct cor_watched {
    uint64_t key, parent;
    enum cor_step step;
    pid_t thread;
    uint32_t sequence; // changes with every step
    char path[1024];   // cut when longer
};

// Makes the board, before the first reading process is forked. False when memory is out.
bool cor_watch_begin(void);
void cor_watch_end(void);

// What slot `index` shows; false when its thread does nothing, or there is no such slot.
bool cor_watch_look(size_t index, struct cor_watched *ret_watched);
size_t cor_watch_slots(void);

// The slot of the thread that crashed, or that memory ran out for; -1 when there was none.
int cor_watch_crashed_slot(void);
bool cor_watch_starved_at(struct cor_watched *ret_watched);

// False when the list is full or the step stands in it already.
bool cor_watch_condemn(const struct cor_watched *watched, enum cor_status why, const char *reason);
size_t cor_watch_condemned_below(uint64_t parent);
size_t cor_watch_condemned_count(void);

// Makes the board ready for the next reading process; what was condemned stays.
void cor_watch_again(bool alone);

#endif
