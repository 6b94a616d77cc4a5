// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Walks paths with a visitor that counts lines, and prints what was there and how long it took:
//     bench-walk [-j N] [-l] PATH...
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "intake/hash.h"
#include "intake/input.h"
#include "intake/walk.h"

struct counter {
    struct cor_visitor visitor;
    atomic_ullong leaves, bytes, lines;
};

static enum cor_status count(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                             unsigned worker)
{
    struct counter *counter = (struct counter *)visitor;
    unsigned long long lines = 0;
    const unsigned char *at = leaf->bytes, *end = at + leaf->size;
    (void)worker;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
        lines++;
        at++;
    }
    atomic_fetch_add(&counter->leaves, 1);
    atomic_fetch_add(&counter->bytes, leaf->size);
    atomic_fetch_add(&counter->lines, lines);
    return COR_OK;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void list(const struct cor_walk *walk)
{
    for (size_t i = 0; i < cor_walk_count(walk); i++) {
        const struct cor_member *member = cor_walk_member(walk, i);
        char hex[65] = "-";
        if (member->hashed)
            cor_hex(member->sha256, 32, hex);
        printf("%s %12llu %-10s %s%s%s%s\n", hex, (unsigned long long)member->size, member->format,
               member->path, member->reason ? " [" : "", member->reason ? member->reason : "",
               member->reason ? "]" : "");
    }
}

static void report(const struct cor_walk *walk, struct counter *counter, double opened,
                   double walked)
{
    struct rusage usage;
    size_t unread = 0;
    for (size_t i = 0; i < cor_walk_count(walk); i++)
        unread += cor_walk_member(walk, i)->state == COR_STATE_UNREAD;
    getrusage(RUSAGE_SELF, &usage);
    printf("members %zu, unread %zu, leaves %llu, bytes %llu, lines %llu\n", cor_walk_count(walk),
           unread, counter->leaves, counter->bytes, counter->lines);
    printf("open %.2f s, walk %.2f s, user %ld.%02ld s, peak %ld MiB\n", opened, walked,
           (long)usage.ru_utime.tv_sec, (long)usage.ru_utime.tv_usec / 10000,
           usage.ru_maxrss / 1024);
}

static int run(char **paths, size_t path_count, unsigned workers, bool listing)
{
    struct cor_arena arena;
    struct cor_walk *walk = NULL;
    struct counter counter = {.visitor = {.leaf = count}};
    struct cor_input *inputs = calloc(path_count, sizeof *inputs);
    struct cor_workers *pool = cor_workers_new(workers, 64 << 20);
    struct cor_walk_options options = {.workers = pool, .limits = cor_default_limits};
    enum cor_status status = inputs && pool ? COR_OK : COR_NOMEM;
    double begin = now();
    cor_arena_init(&arena);
    for (size_t i = 0; status == COR_OK && i < path_count; i++)
        status = cor_input_open(paths[i], &arena, &inputs[i], NULL);
    double opened = now();
    if (status == COR_OK)
        status = cor_walk_inputs(inputs, path_count, &options, &counter.visitor, &walk);
    if (status == COR_OK && listing)
        list(walk);
    if (status == COR_OK)
        report(walk, &counter, opened - begin, now() - opened);
    else
        fprintf(stderr, "%s\n", cor_status_text(status));
    cor_walk_free(walk);
    cor_workers_free(pool);
    cor_arena_dispose(&arena);
    free(inputs);
    return status != COR_OK;
}

int main(int argc, char **argv)
{
    unsigned workers = cor_processors();
    bool listing = false;
    for (int option; (option = getopt(argc, argv, "j:l")) != -1;) {
        if (option == 'j')
            workers = (unsigned)atoi(optarg);
        else if (option == 'l')
            listing = true;
        else
            return 2;
    }
    return optind < argc ? run(argv + optind, (size_t)(argc - optind), workers, listing) : 2;
}
