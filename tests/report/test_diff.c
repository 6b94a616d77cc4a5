// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/diff.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "harness.h"
#include "report/find.h"
#include "sample_case.h"

static uint64_t explained(const struct cor_diff *diff)
{
    return diff->count[COR_CHANGE_ADDED] + diff->count[COR_CHANGE_SETTLED];
}

TEST(a_case_is_no_regress_of_itself)
{
    struct cor_case a, b;
    struct cor_diff diff;
    sample_case(&a);
    sample_case(&b);
    CHECK(cor_diff_make(&a, &b, &diff) == COR_OK);
    CHECK(!diff.regress && diff.count[COR_CHANGE_STILL] > 0 && explained(&diff) == 0);
    CHECK(diff.gone.count == 0 && diff.added.count == 0);
    cor_diff_dispose(&diff);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(what_is_released_now_was_added_and_back_lost)
{
    struct cor_case a, b;
    struct cor_diff diff;
    sample_case(&a);
    sample_case(&b);
    for (size_t i = 0; i < b.symbols.count; i++) {
        b.symbols.items[i].class_ = COR_CLASS_RELEASED;
        b.symbols.items[i].finding = false;
    }
    CHECK(cor_diff_make(&a, &b, &diff) == COR_OK);
    CHECK(!diff.regress && explained(&diff) > 0);
    cor_diff_dispose(&diff);
    CHECK(cor_diff_make(&b, &a, &diff) == COR_OK);
    CHECK(diff.regress && diff.count[COR_CHANGE_LOST] > 0 && diff.count[COR_CHANGE_ADDED] == 0);
    cor_diff_dispose(&diff);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(components_that_moved_are_the_same)
{
    struct cor_case a, b;
    struct cor_diff diff;
    sample_case(&a);
    sample_case(&b);
    for (size_t i = 0; i < b.components.count; i++)
        b.components.items[i].path =
            cor_arena_printf(&b.arena, "another.iso!/moved/%zu/%s", i, b.components.items[i].name);
    CHECK(cor_diff_make(&a, &b, &diff) == COR_OK);
    CHECK(diff.gone.count == 0 && diff.added.count == 0 && !diff.regress);
    cor_diff_dispose(&diff);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(an_empty_case_has_lost_nothing)
{
    struct cor_case a, b;
    struct cor_diff diff;
    sample_case(&a);
    cor_case_init(&b);
    CHECK(cor_diff_make(&a, &b, &diff) == COR_OK);
    CHECK(!diff.regress && diff.gone.count == a.components.count);
    cor_diff_dispose(&diff);
    CHECK(cor_diff_make(&b, &a, &diff) == COR_OK);
    CHECK(diff.regress && diff.count[COR_CHANGE_NEW] > 0);
    cor_diff_dispose(&diff);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

// Every format, hostile texts and all, in memory.
static bool writes(const struct cor_diff *diff, const char *format)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    bool done = out && cor_diff_format(format)->write(diff, out) == COR_OK;
    if (out)
        fclose(out);
    done = done && size > 0 && !memchr(text, '\033', size) && !strstr(text, "<b>");
    free(text);
    return done;
}

TEST(every_allocation_may_fail)
{
    struct cor_case a, b;
    struct cor_diff diff;
    enum cor_status status = COR_NOMEM;
    sample_case(&a);
    cor_case_init(&b);
    for (long i = 0; i < 1000 && status != COR_OK; i++) {
        cor_alloc_fail_after(i);
        status = cor_diff_make(&b, &a, &diff);
        cor_alloc_fail_after(-1);
        CHECK(status == COR_OK || status == COR_NOMEM);
    }
    CHECK(status == COR_OK);
    CHECK(writes(&diff, "text") && writes(&diff, "json") && writes(&diff, "html"));
    CHECK(!cor_diff_format("csv"));
    cor_diff_dispose(&diff);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(near_names_are_suggested)
{
    struct cor_case case_;
    sample_case(&case_);
    struct cor_suggestions near = cor_suggest(&case_, "vmk_PCIGetDeviceNam");
    CHECK(near.count > 0 && strcmp(near.items[0], "vmk_PCIGetDeviceName") == 0);
    near = cor_suggest(&case_, "VMK_pcigetdevicename");
    CHECK(near.count > 0 && strcmp(near.items[0], "vmk_PCIGetDeviceName") == 0);
    CHECK(cor_suggest(&case_, "nothing at all like that").count == 0);
    CHECK(cor_suggest(&case_, "").count == 0);
    CHECK(cor_means_path("a/b/c.c", "b/c.c") && !cor_means_path("a/b/c.c", "/c.c"));
    CHECK(!cor_means_path("a/bc.c", "c.c") && !cor_means_path("a", "") &&
          !cor_means_path(NULL, "a"));
    cor_case_dispose(&case_);
}

TEST_CASES(CASE(a_case_is_no_regress_of_itself), CASE(what_is_released_now_was_added_and_back_lost),
           CASE(components_that_moved_are_the_same), CASE(an_empty_case_has_lost_nothing),
           CASE(every_allocation_may_fail), CASE(near_names_are_suggested))
