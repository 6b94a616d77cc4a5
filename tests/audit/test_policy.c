// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/policy.h"

#include <stdlib.h>

#include "audit/excuse.h"
#include "base/alloc.h"
#include "harness.h"
#include "sample_case.h"

static const char whole[] =
    "{\"schema\": \"correspond-policy/1\",\n"
    " \"waivers\": [{\"name\": \"vmk_*\", \"reason\": \"a \\\"reason\\\": x\", \"author\": \"A\",\n"
    "   \"expires\": \"2028-02-29\"}],\n"
    " \"system\": [{\"component\": \"libc*\", \"reason\": \"r\", \"author\": \"A\",\n"
    "   \"expires\": \"2030-01-01\"}]}";

static enum cor_status parse(const char *text, size_t size)
{
    struct cor_policy policy;
    enum cor_status status = cor_policy_parse(cor_slice(text, size), "p", &policy, NULL);
    if (status == COR_OK)
        cor_policy_dispose(&policy);
    return status;
}

TEST(a_whole_policy_is_taken)
{
    struct cor_policy policy;
    CHECK(cor_policy_parse(cor_slice_text(whole), "p", &policy, NULL) == COR_OK);
    CHECK(policy.entries.count == 2 && policy.entries.items[0].kind == COR_POLICY_WAIVER);
    CHECK_TEXT(policy.entries.items[0].reason, "a \"reason\": x");
    CHECK_TEXT(policy.entries.items[1].component, "libc*");
    CHECK_TEXT(policy.text, whole);
    cor_policy_dispose(&policy);
}

// From a copy that ends where the text does, so that a read behind it shows.
static enum cor_status parse_copy(const char *text, size_t size)
{
    char *copy = malloc(size ? size : 1);
    if (copy && size)
        memcpy(copy, text, size);
    enum cor_status status = copy ? parse(copy, size) : COR_NOMEM;
    free(copy);
    return status;
}

TEST(a_policy_cut_short_is_refused)
{
    for (size_t size = 0; size + 1 < sizeof whole; size++)
        CHECK(parse_copy(whole, size) == COR_USAGE);
    CHECK(parse_copy(whole, sizeof whole - 1) == COR_OK);
}

TEST(flipped_bytes_do_no_harm)
{
    for (size_t i = 0; i + 1 < sizeof whole; i++)
        for (unsigned bit = 0; bit < 8; bit++) {
            char copy[sizeof whole];
            memcpy(copy, whole, sizeof whole);
            copy[i] = (char)(copy[i] ^ (1 << bit));
            enum cor_status status = parse_copy(copy, sizeof whole - 1);
            CHECK(status == COR_OK || status == COR_USAGE);
        }
}

TEST(days_are_days)
{
    static const struct {
        const char *text;
        bool day;
    } rows[] = {{"2027-01-31", true},  {"2028-02-29", true},  {"2027-02-29", false},
                {"2000-02-29", true},  {"1900-02-29", false}, {"2027-13-01", false},
                {"2027-00-10", false}, {"2027-01-00", false}, {"2027-1-1", false},
                {"2027-01-32", false}, {"", false},           {"2027-01-31 ", false},
                {"20270131--", false}, {"-027-01-31", false}, {"2027-01--1", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!CHECK(cor_is_day(rows[i].text) == rows[i].day))
            printf("# %s\n", rows[i].text);
}

static enum cor_status excuse(struct cor_case *case_, const char *today)
{
    struct cor_policy policy;
    enum cor_status status = cor_policy_parse(cor_slice_text(whole), "p", &policy, NULL);
    if (status != COR_OK)
        return status;
    const struct cor_excuse_options options = {
        .policy = &policy, .policy_name = "p", .today = today};
    status = cor_excuse(case_, &options);
    cor_policy_dispose(&policy);
    return status;
}

// The sample brings excuses of its own, which an audit does not.
static void plain_case(struct cor_case *case_)
{
    sample_case(case_);
    case_->excuses.count = 0;
    case_->excused_findings = 0;
    for (size_t i = 0; i < case_->functions.count; i++)
        case_->functions.items[i].excuse = 0;
}

TEST(the_last_day_counts_and_the_next_does_not)
{
    struct cor_case case_;
    plain_case(&case_);
    CHECK(excuse(&case_, "2028-02-29") == COR_OK);
    CHECK(case_.excused_findings > 0 && !case_.excuses.items[0].expired);
    cor_case_dispose(&case_);
    plain_case(&case_);
    CHECK(excuse(&case_, "2028-03-01") == COR_OK);
    CHECK(case_.excused_findings == 0 && case_.excuses.items[0].expired);
    cor_case_dispose(&case_);
}

TEST(every_allocation_may_fail)
{
    enum cor_status status = COR_NOMEM;
    for (long i = 0; i < 1000 && status != COR_OK; i++) {
        struct cor_case case_;
        plain_case(&case_);
        cor_alloc_fail_after(i);
        status = excuse(&case_, "2026-01-01");
        cor_alloc_fail_after(-1);
        CHECK(status == COR_OK || status == COR_NOMEM);
        cor_case_dispose(&case_);
    }
    CHECK(status == COR_OK);
}

TEST_CASES(CASE(a_whole_policy_is_taken), CASE(a_policy_cut_short_is_refused),
           CASE(flipped_bytes_do_no_harm), CASE(days_are_days),
           CASE(the_last_day_counts_and_the_next_does_not), CASE(every_allocation_may_fail))
