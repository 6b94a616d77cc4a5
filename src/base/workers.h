// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Worker threads with a bounded queue. Jobs may end in any order: whoever needs an order numbers
// the jobs and sorts their results.
#ifndef COR_BASE_WORKERS_H
#define COR_BASE_WORKERS_H

#include <stddef.h>

#include "base/status.h"

struct cor_workers;

// `worker` is 0 .. count - 1: a job may use scratch memory of that number without a lock.
typedef enum cor_status cor_job_fn(void *job, unsigned worker);

// How many processors this process may use; at least 1.
unsigned cor_processors(void);

// With `count` 1 no thread is started: cor_workers_submit() runs the job itself. The weights of
// queued and running jobs stay under `budget` (a heavier job runs alone). NULL when memory or
// threads are out.
struct cor_workers *cor_workers_new(unsigned count, size_t budget);

// Waits for what was submitted, then frees.
void cor_workers_free(struct cor_workers *workers);

unsigned cor_workers_count(const struct cor_workers *workers);

// Hands a job over; blocks while the budget is used up. Every submitted job runs, even after
// another one failed: a job frees its own memory, and looks at cor_interrupted() itself.
COR_MUST_CHECK enum cor_status cor_workers_submit(struct cor_workers *workers, cor_job_fn *run,
                                                  void *job, size_t weight);

// Waits until all jobs are done. The first failure since the last wait, else COR_OK.
COR_MUST_CHECK enum cor_status cor_workers_wait(struct cor_workers *workers);

#endif
