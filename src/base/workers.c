// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/workers.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

#include "base/alloc.h"
#include "base/watch.h"

struct job {
    struct job *next;
    cor_job_fn *run;
    void *data;
    size_t weight;
};

struct thread {
    struct cor_workers *workers;
    pthread_t handle;
    unsigned number;
};

struct cor_workers {
    pthread_mutex_t lock;
    pthread_cond_t job_ready, room_ready;
    struct job *first, **last;
    size_t weight, budget, unfinished;
    enum cor_status failure;
    bool closing;
    unsigned count, started;
    struct thread threads[];
};

unsigned cor_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count < 1 ? 1 : (unsigned)count;
}

static void note_failure(struct cor_workers *workers, enum cor_status status)
{
    if (workers->failure == COR_OK)
        workers->failure = status;
}

static struct job *next_job(struct cor_workers *workers)
{
    while (!workers->first && !workers->closing)
        pthread_cond_wait(&workers->job_ready, &workers->lock);
    struct job *job = workers->first;
    if (job && !(workers->first = job->next))
        workers->last = &workers->first;
    return job;
}

static void *serve(void *data)
{
    struct thread *thread = data;
    struct cor_workers *workers = thread->workers;
    pthread_mutex_lock(&workers->lock);
    for (struct job *job; (job = next_job(workers));) {
        pthread_mutex_unlock(&workers->lock);
        enum cor_status status = job->run(job->data, thread->number);
        pthread_mutex_lock(&workers->lock);
        note_failure(workers, status);
        workers->weight -= job->weight;
        workers->unfinished--;
        pthread_cond_broadcast(&workers->room_ready);
        cor_free(job);
    }
    pthread_mutex_unlock(&workers->lock);
    cor_watch_thread_ends();
    return NULL;
}

struct cor_workers *cor_workers_new(unsigned count, size_t budget)
{
    if (count < 1)
        count = 1;
    struct cor_workers *workers =
        cor_alloc_zero(1, sizeof *workers + count * sizeof workers->threads[0]);
    if (!workers)
        return NULL;
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->job_ready, NULL);
    pthread_cond_init(&workers->room_ready, NULL);
    workers->last = &workers->first;
    workers->budget = budget;
    workers->count = count;
    for (unsigned i = 0; count > 1 && i < count; i++) {
        workers->threads[i] = (struct thread){.workers = workers, .number = i};
        if (pthread_create(&workers->threads[i].handle, NULL, serve, &workers->threads[i]) != 0) {
            cor_workers_free(workers);
            return NULL;
        }
        workers->started++;
    }
    return workers;
}

void cor_workers_free(struct cor_workers *workers)
{
    if (!workers)
        return;
    pthread_mutex_lock(&workers->lock);
    workers->closing = true;
    pthread_cond_broadcast(&workers->job_ready);
    pthread_mutex_unlock(&workers->lock);
    for (unsigned i = 0; i < workers->started; i++)
        pthread_join(workers->threads[i].handle, NULL);
    pthread_cond_destroy(&workers->room_ready);
    pthread_cond_destroy(&workers->job_ready);
    pthread_mutex_destroy(&workers->lock);
    cor_free(workers);
}

unsigned cor_workers_count(const struct cor_workers *workers)
{
    return workers->count;
}

static void enqueue(struct cor_workers *workers, struct job *job)
{
    pthread_mutex_lock(&workers->lock);
    while (workers->unfinished &&
           (workers->weight >= workers->budget || job->weight > workers->budget - workers->weight))
        pthread_cond_wait(&workers->room_ready, &workers->lock);
    *workers->last = job;
    workers->last = &job->next;
    workers->weight += job->weight;
    workers->unfinished++;
    pthread_cond_signal(&workers->job_ready);
    pthread_mutex_unlock(&workers->lock);
}

enum cor_status cor_workers_submit(struct cor_workers *workers, cor_job_fn *run, void *data,
                                   size_t weight)
{
    struct job *job = workers->started ? cor_alloc(sizeof *job) : NULL;
    if (!job) {
        // One worker, or no memory for a queue entry: the caller's thread does it, unless the
        // scratch memory of worker 0 is in use by a thread.
        if (workers->started)
            return COR_NOMEM;
        note_failure(workers, run(data, 0));
        return COR_OK;
    }
    *job = (struct job){.run = run, .data = data, .weight = weight};
    enqueue(workers, job);
    return COR_OK;
}

enum cor_status cor_workers_wait(struct cor_workers *workers)
{
    pthread_mutex_lock(&workers->lock);
    while (workers->unfinished)
        pthread_cond_wait(&workers->room_ready, &workers->lock);
    enum cor_status status = workers->failure;
    workers->failure = COR_OK;
    pthread_mutex_unlock(&workers->lock);
    return status;
}
