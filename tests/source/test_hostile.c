// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Every text of the census' cases cut at every length, spoilt, and read with too little memory.
#include "harness.h"

#include "base/alloc.h"
#include "cases.h"

TEST(cut_at_every_length)
{
    for (size_t i = 0; i < sizeof census_cases / sizeof *census_cases; i++) {
        const struct fixture_text *text = &census_cases[i].texts[0];
        for (size_t cut = 0; cut < strlen(text->text); cut++) {
            struct fixture fixture;
            fixture_run(&fixture, text, 1, 1, cut);
            CHECK(fixture.status == COR_OK);
            fixture_free(&fixture);
        }
    }
}

TEST(spoilt_bytes)
{
    static const char noise[] = "{}()\"'#\\/*;,=\n[]<\xff@%";
    unsigned seed = 1;
    for (size_t i = 0; i < sizeof census_cases / sizeof *census_cases; i++) {
        char text[4096];
        snprintf(text, sizeof text, "%s", census_cases[i].texts[0].text);
        size_t size = strlen(text);
        for (int round = 0; round < 60; round++) {
            char copy[4096];
            memcpy(copy, text, size + 1);
            for (int flips = 0; flips < 3; flips++) {
                seed = seed * 1103515245u + 12345u;
                copy[seed / 65536 % size] = noise[seed / 7 % (sizeof noise - 1)];
            }
            struct fixture_text spoilt = {census_cases[i].texts[0].path, copy};
            struct fixture fixture;
            fixture_run(&fixture, &spoilt, 1, 1, SIZE_MAX);
            CHECK(fixture.status == COR_OK);
            fixture_free(&fixture);
        }
    }
}

TEST(the_rest_of_a_file_is_not_lost)
{
    static const char *const openings[] = {
        "void f(void) {\n if (x) {\n}\n", "int a[] = { 1, 2;\nint dummy;\n", "FOO(bar, (baz\n",
        "#ifdef A\nvoid g(void) {\n",     "char *s = \"open\n;\n",           "void h(int a, {\n"};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        char text[256];
        snprintf(text, sizeof text, "%s\nint lost_not(void)\n{\n return 0;\n}\n", openings[i]);
        struct fixture_text one = {"a.c", text};
        struct fixture fixture;
        fixture_run(&fixture, &one, 1, 1, SIZE_MAX);
        if (!CHECK(strstr(fixture_lines(&fixture), "lost_not plain external") != NULL))
            printf("# after %s\n", openings[i]);
        fixture_free(&fixture);
    }
}

TEST(macros_without_end)
{
    static const struct fixture_text texts[] = {
        {"a.c",
         "#define A(x) B(x) B(x)\n#define B(x) C(x) C(x)\n#define C(x) D(x) D(x)\n"
         "#define D(x) E(x) E(x)\n#define E(x) F(x) F(x)\n#define F(x) A##x(x) G(G(G(x)))\n"
         "#define G(x) x x x x x x x x x x x x x x x x\n#define R(x) R(x) R(x)\n"
         "A(G(G(G(G(q)))));\nR(R(R(1)));\n#define U(\nU(1);\n#define V(x) x##x##x##\nV(a);\n"}};
    struct fixture fixture;
    fixture_run(&fixture, texts, 1, 1, SIZE_MAX);
    CHECK(fixture.status == COR_OK);
    CHECK(fixture.facts.gaps.count >= 1); // too large is said, not hidden
    fixture_free(&fixture);
}

TEST(memory_runs_out)
{
    for (size_t i = 0; i < sizeof census_cases / sizeof *census_cases; i += 3) {
        bool done = false;
        for (long successes = 0; !done && successes < 4000; successes++) {
            struct fixture fixture;
            cor_alloc_fail_after(successes);
            fixture_run(&fixture, census_cases[i].texts, 1, 1, SIZE_MAX);
            done = fixture.status == COR_OK;
            cor_alloc_fail_after(-1);
            CHECK(done || fixture.status == COR_NOMEM);
            fixture_free(&fixture);
        }
        CHECK(done);
    }
}

TEST_CASES(CASE(cut_at_every_length), CASE(spoilt_bytes), CASE(the_rest_of_a_file_is_not_lost),
           CASE(macros_without_end), CASE(memory_runs_out))
