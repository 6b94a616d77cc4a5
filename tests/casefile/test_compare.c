// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "casefile/compare.h"

#include "base/alloc.h"
#include "harness.h"
#include "sample_case.h"

static uint64_t count_differences(const struct cor_case *a, const struct cor_case *b)
{
    struct cor_facts facts;
    if (!CHECK(cor_case_compare(a, b, true, 1000, &facts) == COR_OK))
        return UINT64_MAX;
    uint64_t count = facts.different;
    CHECK(facts.list.count == count);
    cor_facts_dispose(&facts);
    return count;
}

TEST(a_case_equals_itself)
{
    struct cor_case a, b;
    sample_case(&a);
    sample_case(&b);
    CHECK(count_differences(&a, &b) == 0);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(each_change_is_one_fact)
{
    struct cor_case a, b;
    sample_case(&a);
    sample_case(&b);
    struct cor_case_symbol *symbol = &b.symbols.items[0];
    symbol->class_ = COR_CLASS_UNRESOLVED;
    CHECK(count_differences(&a, &b) == 1);
    b.members.items[1].size++;
    CHECK(count_differences(&a, &b) == 2);
    b.notes.items[0] = "another note";
    CHECK(count_differences(&a, &b) == 3);
    b.findings++;
    CHECK(count_differences(&a, &b) == 4);
    symbol->references.items[0].offset++;
    CHECK(count_differences(&a, &b) == 5);
    symbol->references.count--;
    CHECK(count_differences(&a, &b) == 6);
    b.functions.count--;
    CHECK(count_differences(&a, &b) == 7);
    // Where an input lies is no fact, its bytes are.
    b.inputs.items[0].path = "/elsewhere";
    CHECK(count_differences(&a, &b) == 7);
    b.inputs.items[0].sha256[0] ^= 1;
    CHECK(count_differences(&a, &b) == 8);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(a_row_that_is_missing_moves_no_other)
{
    struct cor_case a, b;
    struct cor_facts facts;
    sample_case(&a);
    sample_case(&b);
    // The last member of the first input; those of the next follow.
    size_t at = 0;
    while (at + 1 < a.members.count && a.members.items[at + 1].input == a.members.items[at].input)
        at++;
    struct cor_member *items = b.members.items;
    memmove(items + at, items + at + 1, (--b.members.count - at) * sizeof *items);
    for (size_t i = 0; i < a.members.count; i++)
        a.members.items[i].parent = COR_NONE;
    for (size_t i = 0; i < b.members.count; i++)
        items[i].parent = COR_NONE;
    CHECK(cor_case_compare(&a, &b, true, 1000, &facts) == COR_OK);
    CHECK(facts.different == 1 && facts.list.items[0].change == COR_FACT_MISSING);
    CHECK_TEXT(facts.list.items[0].row, a.members.items[at].path);
    cor_facts_dispose(&facts);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(the_list_has_an_end)
{
    struct cor_case a, b;
    struct cor_facts facts;
    sample_case(&a);
    cor_case_init(&b);
    CHECK(cor_case_compare(&a, &b, true, 3, &facts) == COR_OK);
    CHECK(facts.list.count == 3 && facts.different > 3);
    cor_facts_dispose(&facts);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST(every_allocation_may_fail)
{
    struct cor_case a, b;
    struct cor_facts facts;
    enum cor_status status = COR_NOMEM;
    sample_case(&a);
    sample_case(&b);
    for (size_t i = 0; i < b.symbols.count; i++)
        b.symbols.items[i].class_ = COR_CLASS_UNDETERMINED;
    for (long i = 0; i < 1000 && status != COR_OK; i++) {
        cor_alloc_fail_after(i);
        status = cor_case_compare(&a, &b, true, 1000, &facts);
        cor_alloc_fail_after(-1);
        CHECK(status == COR_OK || status == COR_NOMEM);
    }
    CHECK(status == COR_OK && facts.different > 0);
    cor_facts_dispose(&facts);
    cor_case_dispose(&a);
    cor_case_dispose(&b);
}

TEST_CASES(CASE(a_case_equals_itself), CASE(each_change_is_one_fact),
           CASE(a_row_that_is_missing_moves_no_other), CASE(the_list_has_an_end),
           CASE(every_allocation_may_fail))
