// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Invocations of one form are expanded once: what they make must be what each alone would make.
#include "base/alloc.h"
#include "harness.h"

#include "case.h"

#define MAKE "#define MAKE(n) int n##_init(void) { }\n"

static const struct census_case form_cases[] = {
    {"one form, many words",
     {{"a.c", MAKE "MAKE(one)\nMAKE(two)\nMAKE(three)\nMAKE(four)\n"}},
     "four_init macro external a.c:5 through MAKE\none_init macro external a.c:2 through MAKE\n"
     "three_init macro external a.c:4 through MAKE\ntwo_init macro external a.c:3 through MAKE\n"},
    {"a word put together is a macro itself",
     {{"a.c", MAKE "#define three_init real\nMAKE(one)\nMAKE(two)\nMAKE(three)\nMAKE(four)\n"}},
     "four_init macro external a.c:6 through MAKE\none_init macro external a.c:3 through MAKE\n"
     "real macro external a.c:5 through MAKE\ntwo_init macro external a.c:4 through MAKE\n"},
    {"a word is a macro",
     {{"a.c", MAKE "#define three other\n#define NAME(n) int n(void) { }\nNAME(one)\nNAME(two)\n"
                   "NAME(three)\n"}},
     "one macro external a.c:4 through NAME\nother macro external a.c:6 through NAME\n"
     "two macro external a.c:5 through NAME\n"},
    {"the macro means something else in the other file",
     {{"x/a.c", "#define PRE(n) x_##n\n#include \"make.h\"\nMAKE(one)\nMAKE(two)\nMAKE(three)\n"},
      {"y/b.c", "#define PRE(n) y_##n\n#include \"make.h\"\nMAKE(one)\nMAKE(two)\nMAKE(three)\n"},
      {"make.h", "#define MAKE(n) int PRE(n)(void) { }\n"}},
     "x_one macro external x/a.c:3 through MAKE\nx_three macro external x/a.c:5 through MAKE\n"
     "x_two macro external x/a.c:4 through MAKE\ny_one macro external y/b.c:3 through MAKE\n"
     "y_three macro external y/b.c:5 through MAKE\ny_two macro external y/b.c:4 through MAKE\n"},
    {"one word twice is another form than two words",
     {{"a.c", "#define PAIR(a, b) int a##_##b(void) { }\nPAIR(x, x)\nPAIR(y, y)\nPAIR(x, y)\n"
              "PAIR(y, x)\n"}},
     "x_x macro external a.c:2 through PAIR\nx_y macro external a.c:4 through PAIR\n"
     "y_x macro external a.c:5 through PAIR\ny_y macro external a.c:3 through PAIR\n"},
    {"an alias and a label of the assembler",
     {{"a.c", "#define ALSO(n) int n(void) __attribute__((alias(\"the_\" #n)));\n"
              "#define LABEL(n) asm(\".globl \" #n \"\\n\" #n \":\\n\");\n"
              "ALSO(one)\nALSO(two)\nALSO(six)\nLABEL(ten)\nLABEL(two_ten)\nLABEL(six_ten)\n"}},
     "one alias external a.c:3 through the_one\nsix alias external a.c:5 through the_six\n"
     "six_ten inline-assembly external a.c:8 through LABEL\n"
     "ten inline-assembly external a.c:6 through LABEL\n"
     "two alias external a.c:4 through the_two\n"
     "two_ten inline-assembly external a.c:7 through LABEL\n"},
    {"no other file sees the macros of a .c file",
     {{"x/a.c", "#define MAKE(n) int x_##n(void) { }\nMAKE(one)\n"},
      {"y/b.c", "#define MAKE(n) int y_##n(void) { }\nMAKE(one)\n"},
      {"z/c.c", "int MAKE(int one) { return one; }\n"}},
     "MAKE plain external z/c.c:1\nx_one macro external x/a.c:2 through MAKE\n"
     "y_one macro external y/b.c:2 through MAKE\n"},
    {"but one that includes the .c file does",
     {{"x/a.c", "#define MAKE(n) int x_##n(void) { }\n"},
      {"y/b.c", "#include \"../x/a.c\"\nMAKE(one)\n"}},
     "x_one macro external y/b.c:2 through MAKE\n"},
};

static void run(unsigned workers)
{
    for (size_t i = 0; i < sizeof form_cases / sizeof *form_cases; i++) {
        struct fixture fixture;
        size_t count = 0;
        while (count < 3 && form_cases[i].texts[count].path)
            count++;
        fixture_run(&fixture, form_cases[i].texts, count, workers, SIZE_MAX);
        CHECK(fixture.status == COR_OK);
        const char *lines = fixture_lines(&fixture);
        if (strcmp(lines, form_cases[i].want) != 0)
            printf("# case \"%s\":\n# got:\n%s# want:\n%s", form_cases[i].name, lines,
                   form_cases[i].want);
        CHECK(strcmp(lines, form_cases[i].want) == 0);
        fixture_free(&fixture);
    }
}

TEST(each_invocation_makes_its_own_names)
{
    run(1);
}

TEST(three_workers_make_the_same)
{
    run(3);
}

TEST(every_lack_of_memory_is_told)
{
    size_t failures = 0;
    for (long allowed = 0; allowed < 5000; allowed++) {
        struct fixture fixture;
        cor_alloc_fail_after(allowed);
        fixture_run(&fixture, form_cases[0].texts, 1, 1, SIZE_MAX);
        cor_alloc_fail_after(-1);
        bool done = fixture.status == COR_OK;
        CHECK(done || fixture.status == COR_NOMEM);
        failures += !done;
        fixture_free(&fixture);
        if (done)
            break;
    }
    CHECK(failures > 50);
}

TEST_CASES(CASE(each_invocation_makes_its_own_names), CASE(three_workers_make_the_same),
           CASE(every_lack_of_memory_is_told))
