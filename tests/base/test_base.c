// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "harness.h"

#include <stdatomic.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/array.h"
#include "base/buffer.h"
#include "base/checked.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/names.h"
#include "base/workers.h"

TEST(status_words)
{
    CHECK_TEXT(cor_status_text(COR_TRUNCATED), "cut short");
    CHECK_TEXT(cor_status_text((enum cor_status)999), "unknown status");
}

TEST(diag_capture_keeps_the_first)
{
    struct cor_diag_capture capture;
    cor_diag_capture_init(&capture);
    CHECK(cor_fail(&capture.diag, COR_LOST, COR_MALFORMED, "a", "bad %d", 7) == COR_MALFORMED);
    CHECK(cor_fail(&capture.diag, COR_LOST, COR_IO, "b", "second") == COR_IO);
    CHECK_TEXT(capture.text, "bad 7");
    CHECK(cor_fail(NULL, COR_LOST, COR_IO, "b", "nobody hears") == COR_IO);
}

TEST(arena_keeps_and_adopts)
{
    struct cor_arena a, b;
    cor_arena_init(&a);
    cor_arena_init(&b);
    const char *kept = cor_arena_printf(&b, "%s-%d", "x", 12);
    for (int i = 0; i < 10000; i++)
        CHECK(cor_arena_alloc(&a, 3, 7) != NULL);
    cor_arena_adopt(&a, &b);
    CHECK_TEXT(kept, "x-12");
    CHECK(cor_arena_alloc(&a, SIZE_MAX, 2) == NULL);
    cor_arena_dispose(&a);
    cor_arena_dispose(&b);
}

TEST(array_grows_and_survives_no_memory)
{
    COR_ARRAY(int) list = {0};
    for (int i = 0; i < 100; i++)
        CHECK(cor_array_add(&list, i) == COR_OK);
    list.count = list.capacity;
    cor_alloc_fail_after(0);
    CHECK(cor_array_add(&list, 1) == COR_NOMEM);
    cor_alloc_fail_after(-1);
    CHECK(list.items[99] == 99);
    cor_array_dispose(&list);
    CHECK(list.items == NULL && list.count == 0);
}

TEST(buffer_stops_at_its_limit)
{
    struct cor_buffer buffer;
    cor_buffer_init(&buffer, 8);
    CHECK(cor_buffer_append(&buffer, "12345", 5) == COR_OK);
    CHECK(cor_buffer_append(&buffer, "6789", 4) == COR_LIMIT);
    CHECK(cor_buffer_printf(&buffer, "%d", 678) == COR_OK);
    CHECK_TEXT(buffer.data, "12345678");
    CHECK(cor_buffer_room(&buffer, 1) == NULL);
    cor_buffer_dispose(&buffer);
}

TEST(checked_ranges)
{
    uint64_t sum = 5;
    CHECK(!cor_add_u64(UINT64_MAX, 1, &sum) && sum == 5);
    CHECK(cor_range_fits(4, 4, 8) && !cor_range_fits(5, 4, 8));
    CHECK(!cor_range_fits(9, 0, 8) && !cor_range_fits(4, UINT64_MAX, 8));
}

TEST(names_are_one_pointer)
{
    struct cor_names *names = cor_names_new();
    const struct cor_name *first, *again;
    char text[32];
    for (int i = 0; i < 50000; i++) {
        snprintf(text, sizeof text, "name_%d", i);
        CHECK(cor_names_intern(names, cor_slice_text(text), &first) == COR_OK);
    }
    CHECK(cor_names_intern(names, COR_SLICE("name_49999"), &again) == COR_OK);
    CHECK(first == again && cor_names_count(names) == 50000);
    CHECK(cor_names_find(names, COR_SLICE("never")) == NULL);
    CHECK(cor_names_find(names, COR_SLICE("name_1")) != NULL);
    cor_names_free(names);
}

TEST(map_finds_what_was_put)
{
    static int keys[5000];
    struct cor_map map;
    uint64_t value = 77;
    cor_map_init(&map);
    for (uint64_t i = 0; i < 5000; i++)
        CHECK(cor_map_put(&map, &keys[i], i * 3) == COR_OK);
    CHECK(cor_map_get(&map, &keys[4321], &value) && value == 4321 * 3);
    CHECK(!cor_map_get(&map, &map, &value));
    CHECK(map.count == 5000);
    cor_map_dispose(&map);
}

static atomic_int ran;

static enum cor_status job(void *data, unsigned worker)
{
    (void)worker;
    atomic_fetch_add(&ran, 1);
    return data ? COR_IO : COR_OK;
}

static void run_jobs(unsigned count)
{
    int marker;
    struct cor_workers *workers = cor_workers_new(count, 100);
    atomic_store(&ran, 0);
    for (int i = 0; i < 1000; i++)
        CHECK(cor_workers_submit(workers, job, i == 500 ? &marker : NULL, i == 7 ? 5000 : 30) ==
              COR_OK);
    CHECK(cor_workers_wait(workers) == COR_IO);
    CHECK(cor_workers_wait(workers) == COR_OK);
    CHECK(atomic_load(&ran) == 1000);
    cor_workers_free(workers);
}

TEST(workers_run_every_job)
{
    run_jobs(1);
    run_jobs(4);
    CHECK(cor_processors() >= 1);
}

TEST_CASES(CASE(status_words), CASE(diag_capture_keeps_the_first), CASE(arena_keeps_and_adopts),
           CASE(array_grows_and_survives_no_memory), CASE(buffer_stops_at_its_limit),
           CASE(checked_ranges), CASE(names_are_one_pointer), CASE(map_finds_what_was_put),
           CASE(workers_run_every_job))
