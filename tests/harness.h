// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A test program is a list of cases and one main that speaks TAP:
//     TEST(arena_grows) { CHECK(...); }
//     TEST_MAIN(arena_grows, ...)
#ifndef COR_TESTS_HARNESS_H
#define COR_TESTS_HARNESS_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static unsigned test_failures;

static inline bool test_check(bool holds, const char *file, int line, const char *text)
{
    if (!holds) {
        test_failures++;
        printf("# %s:%d: %s\n", file, line, text);
    }
    return holds;
}

static inline bool test_check_text(const char *got, const char *want, const char *file, int line)
{
    if (got && want && strcmp(got, want) == 0)
        return true;
    if (!got && !want)
        return true;
    test_failures++;
    printf("# %s:%d: got \"%s\", want \"%s\"\n", file, line, got ? got : "(null)",
           want ? want : "(null)");
    return false;
}

#define CHECK(expression)     test_check((expression), __FILE__, __LINE__, #expression)
#define CHECK_TEXT(got, want) test_check_text((got), (want), __FILE__, __LINE__)
#define TEST(name)            static void test_##name(void)

struct test_case {
    const char *name;
    void (*run)(void);
};

static inline int test_run(const struct test_case *cases, unsigned count)
{
    unsigned failed = 0;
    printf("1..%u\n", count);
    for (unsigned i = 0; i < count; i++) {
        test_failures = 0;
        cases[i].run();
        failed += test_failures != 0;
        printf("%s %u - %s\n", test_failures ? "not ok" : "ok", i + 1, cases[i].name);
        fflush(stdout);
    }
    return failed != 0;
}

#define TEST_CASES(...)                                                                            \
    int main(void)                                                                                 \
    {                                                                                              \
        static const struct test_case cases[] = {__VA_ARGS__};                                     \
        return test_run(cases, sizeof cases / sizeof *cases);                                      \
    }
#define CASE(name)                                                                                 \
    {                                                                                              \
#name, test_##name                                                                         \
    }

#endif
