// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// libFuzzer's entry: whatever the bytes are, the walk ends, in bounds and within its limits.
// Built with -Dfuzz=true and clang; seeds are the files that test-intake-formats makes.
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <stdio.h>

#include "intake/input.h"
#include "intake/walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const char *path)
{
    struct cor_arena arena;
    struct cor_input input = {0};
    struct cor_walk *result = NULL;
    struct cor_workers *workers = cor_workers_new(1, 1 << 20);
    struct cor_limits limits = {.depth = 6,
                                .members = 1000,
                                .member_bytes = 1 << 20,
                                .total_bytes = 16 << 20,
                                .ratio = 1000,
                                .held_bytes = 1 << 20};
    struct cor_walk_options options = {.workers = workers, .limits = limits};
    cor_arena_init(&arena);
    if (cor_input_open(path, &arena, &input, NULL) == COR_OK &&
        cor_walk_inputs(&input, 1, &options, NULL, &result) != COR_OK)
        abort();
    cor_walk_free(result);
    cor_workers_free(workers);
    cor_arena_dispose(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int fd = memfd_create("fuzz", 0);
    if (fd < 0)
        return 0;
    if (write(fd, data, size) == (ssize_t)size) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        walk(path);
    }
    close(fd);
    return 0;
}
