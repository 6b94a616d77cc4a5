// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "harness.h"

#include "cases.h"

static size_t text_count(const struct census_case *each)
{
    size_t count = 0;
    while (count < 3 && each->texts[count].path)
        count++;
    return count;
}

static void run_cases(unsigned workers)
{
    for (size_t i = 0; i < sizeof census_cases / sizeof *census_cases; i++) {
        const struct census_case *each = &census_cases[i];
        struct fixture fixture;
        fixture_run(&fixture, each->texts, text_count(each), workers, SIZE_MAX);
        CHECK(fixture.status == COR_OK);
        if (strcmp(fixture_lines(&fixture), each->want) != 0)
            printf("# case \"%s\":\n# got:\n%s# want:\n%s", each->name,
                   fixture.lines.data ? fixture.lines.data : "", each->want);
        CHECK(fixture.lines.data && strcmp(fixture.lines.data, each->want) == 0);
        fixture_free(&fixture);
    }
}

TEST(every_rule_finds_its_case)
{
    run_cases(1);
}

TEST(four_workers_find_the_same)
{
    run_cases(4);
}

TEST(utf16_is_read)
{
    static const char ascii[] = "int f(void) { }\n";
    char wide[2 + 2 * sizeof ascii] = "\xff\xfe";
    for (size_t i = 0; i < sizeof ascii - 1; i++)
        wide[2 + 2 * i] = ascii[i];
    CHECK(cor_source_is_text(wide, 2 + 2 * (sizeof ascii - 1)));
    CHECK(!cor_source_is_text("a\0b", 3));
    struct fixture fixture;
    fixture_run(&fixture, NULL, 0, 1, 0);
    fixture_free(&fixture);
    struct cor_names *names = cor_names_new();
    struct cor_workers *workers = cor_workers_new(1, 1);
    struct cor_recogniser_options options = {.names = names, .worker_count = 1};
    struct cor_recogniser *recogniser = cor_recogniser_new(&options);
    struct cor_source_text text = {.path = "a.c", .bytes = wide, .size = 2 * sizeof ascii};
    CHECK(cor_recogniser_census(recogniser, &text, 0) == COR_OK);
    struct cor_source_facts facts;
    cor_source_facts_init(&facts);
    CHECK(cor_recogniser_finish(recogniser, workers, &facts) == COR_OK);
    CHECK(facts.definitions.count == 1);
    cor_source_facts_dispose(&facts);
    cor_recogniser_free(recogniser);
    cor_workers_free(workers);
    cor_names_free(names);
}

TEST(languages)
{
    static const struct {
        const char *path, *text;
        enum cor_language language;
    } rows[] = {
        {"a/b.c", "", COR_LANGUAGE_C},
        {"a.c_shipped", "", COR_LANGUAGE_C},
        {"a.c.in", "", COR_LANGUAGE_C},
        {"x.cpp", "", COR_LANGUAGE_CXX},
        {"vmlinux.lds.S", "", COR_LANGUAGE_LINKER_SCRIPT},
        {"e.S", "", COR_LANGUAGE_ASSEMBLY},
        {"Makefile.am", "", COR_LANGUAGE_MAKE},
        {"Kbuild", "", COR_LANGUAGE_MAKE},
        {"fix.diff", "", COR_LANGUAGE_PATCH},
        {"x", "--- a/f\n+++ b/f\n", COR_LANGUAGE_PATCH},
        {"gen", "#!/bin/sh\n", COR_LANGUAGE_GENERATOR},
        {"l.rs", "", COR_LANGUAGE_UNKNOWN_CODE},
        {"README", "hello", COR_LANGUAGE_OTHER},
        {"a.txt", "int f;", COR_LANGUAGE_OTHER},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!CHECK(cor_source_language(rows[i].path, rows[i].text, strlen(rows[i].text)) ==
                   rows[i].language))
            printf("# %s\n", rows[i].path);
}

static bool has_gap(const struct fixture *fixture, const char *pattern)
{
    for (size_t i = 0; i < fixture->facts.gaps.count; i++)
        if (fixture->facts.gaps.items[i].pattern &&
            strcmp(fixture->facts.gaps.items[i].pattern, pattern) == 0)
            return true;
    return false;
}

TEST(macros_without_a_definition_make_gaps)
{
    static const struct fixture_text texts[] = {
        {"a.c", "#define KNOWN(n) int n;\nKNOWN(harmless)\nmodule_new_driver(mydriver);\n"
                "VENDOR_OP(x, 12)\n{\n}\nMODULE_LICENSE(gpl_text);\nold(alpha, beta)\n{\n}\n"
                "module_init(starting);\n"},
        {"t.c", "#define CREATE_TRACE_POINTS\n#include <trace/events/absent.h>\n"},
        {"u.c", "#include <trace/events/absent.h>\n"}};
    struct fixture fixture;
    fixture_run(&fixture, texts, 1, 1, SIZE_MAX);
    CHECK(has_gap(&fixture, "*mydriver*"));
    CHECK(has_gap(&fixture, "x_*"));
    CHECK(has_gap(&fixture, "*_x"));
    CHECK(fixture.facts.gaps.count == 4);
    fixture_free(&fixture);
    fixture_run(&fixture, texts + 1, 1, 1, SIZE_MAX);
    CHECK(has_gap(&fixture, "__traceiter_*"));
    fixture_free(&fixture);
    fixture_run(&fixture, texts + 2, 1, 1, SIZE_MAX);
    CHECK(fixture.facts.gaps.count == 0);
    fixture_free(&fixture);
}

TEST(files_carry_licence_and_form)
{
    // REUSE-IgnoreStart
    static const struct fixture_text texts[] = {
        {"a.c", "// SPDX-License-Identifier: GPL-2.0 OR MIT\nint a;\n"},
        {"b.h", "/* SPDX-License-Identifier: MIT */\n"},
        {"c.s", "\t.file\t\"x.c\"\nmain:\n.LFB0:\n\t.cfi_startproc\n\t.ident\t\"GCC: 12\"\n"},
        {"d.s", "main: ret\n"}};
    // REUSE-IgnoreEnd
    struct fixture fixture;
    fixture_run(&fixture, texts, 4, 1, SIZE_MAX);
    CHECK(fixture.facts.files.count == 4);
    CHECK_TEXT(fixture.facts.files.items[0].licence, "GPL-2.0 OR MIT");
    CHECK_TEXT(fixture.facts.files.items[1].licence, "MIT");
    CHECK(fixture.facts.files.items[2].compiler_output);
    CHECK(!fixture.facts.files.items[3].compiler_output);
    CHECK(fixture.facts.files.items[3].licence == NULL);
    fixture_free(&fixture);
}

TEST(files_without_a_tag_carry_their_notice)
{
    static const struct fixture_text texts[] = {
        {"a.c", "/*\n * Driver for x.\n *\n * This program is free software; you can redistribute "
                "it\n * and/or modify it under the terms of the GNU General Public\n * License, "
                "version 2. It is distributed\n * in the hope.\n */\nint a;\n"},
        {"b.c", "int b;\n/*\nMODULE_LICENSE(\"no\");\n*/\nMODULE_LICENSE(\"GPL v2\");\n"},
        {"c.sh", "#!/bin/sh\n# Licensed under the Apache License, Version 2.0.\nls\n"},
        {"d.c", "int d;\n// Placed in the public domain by its author. Thanks.\n"},
        // Texts that merely name one.
        {"e.c", "/* Reads the GNU General Public License. */\nint e;\n"},
        {"f.c", "const char *f = \"distributed under the GNU General Public License\";\n"},
        {"g.c", "int g;\nconst char *h = \"\\\nlicensed under the GPLv2\";\n"},
        {"h.c", "const char *h = \"x MODULE_LICENSE(\\\"GPL\\\")\";\n"},
        {"i.sh", "echo 'MODULE_LICENSE(\"GPL\")'\nMODULE_LICENSE(\"GPL\")\n"}};
    enum { COUNT = sizeof texts / sizeof *texts };
    struct fixture fixture;
    fixture_run(&fixture, texts, COUNT, 1, SIZE_MAX);
    const struct cor_source_file *files = fixture.facts.files.items;
    CHECK(fixture.facts.files.count == COUNT);
    CHECK_TEXT(files[0].notice,
               "This program is free software; you can redistribute it and/or modify it under the "
               "terms of the GNU General Public License, version 2.");
    CHECK(files[0].licence_line == 4);
    CHECK_TEXT(files[1].notice, "MODULE_LICENSE(\"GPL v2\")");
    CHECK(files[1].licence_line == 5);
    CHECK_TEXT(files[2].notice, "Licensed under the Apache License, Version 2.0.");
    CHECK(files[2].licence_line == 2);
    CHECK_TEXT(files[3].notice, "Placed in the public domain by its author.");
    for (size_t i = 4; i < COUNT; i++)
        CHECK(files[i].notice == NULL && files[i].licence_line == 0);
    fixture_free(&fixture);
}

// Far below, and long.
TEST(notices_stand_in_the_head)
{
    static char far[6000], long_[2000];
    static const char words[] = "/* Licensed under the Apache License */\n";
    memset(far, '\n', sizeof far - 1);
    memcpy(far + 4090, words, sizeof words - 1);
    int size = snprintf(long_, sizeof long_, "// licensed under the GPLv2");
    for (int i = 0; i < 100; i++)
        size += snprintf(long_ + size, sizeof long_ - (size_t)size, " and on");
    const struct fixture_text texts[] = {{"a.c", far}, {"b.c", long_}};
    struct fixture fixture;
    fixture_run(&fixture, texts, 2, 1, SIZE_MAX);
    CHECK(fixture.facts.files.items[0].notice == NULL);
    const char *notice = fixture.facts.files.items[1].notice;
    CHECK(notice && strlen(notice) <= 304 &&
          cor_slice_ends(cor_slice_text(notice), COR_SLICE(" ...")));
    fixture_free(&fixture);
}

TEST(gap_of_a_large_expansion_has_patterns)
{
    static const struct fixture_text text = {
        "a.c", "#define R1(f, x) f(x ## 0) f(x ## 1) f(x ## 2) f(x ## 3) f(x ## 4) f(x ## 5)\n"
               "#define R2(f, x) R1(f, x ## 0) R1(f, x ## 1) R1(f, x ## 2) R1(f, x ## 3)\n"
               "#define R3(f, x) R2(f, x ## 0) R2(f, x ## 1) R2(f, x ## 2) R2(f, x ## 3)\n"
               "#define R4(f, x) R3(f, x ## 0) R3(f, x ## 1) R3(f, x ## 2) R3(f, x ## 3)\n"
               "#define R5(f, x) R4(f, x ## 0) R4(f, x ## 1) R4(f, x ## 2) R4(f, x ## 3)\n"
               "#define R6(f, x) R5(f, x ## 0) R5(f, x ## 1) R5(f, x ## 2) R5(f, x ## 3)\n"
               "#define MAKE(i) int pre_ ## i ## _fix(void) { return 0; }\n"
               "R6(MAKE, 1)\n"};
    struct fixture fixture;
    fixture_run(&fixture, &text, 1, 1, SIZE_MAX);
    CHECK(fixture.status == COR_OK);
    for (size_t i = 0; i < fixture.facts.gaps.count; i++)
        CHECK(cor_buffer_printf(
                  &fixture.lines, "%u %s: %s\n", fixture.facts.gaps.items[i].line,
                  fixture.facts.gaps.items[i].pattern ? fixture.facts.gaps.items[i].pattern : "any",
                  fixture.facts.gaps.items[i].reason) == COR_OK);
    CHECK_TEXT(fixture.lines.data, "8 pre_*_fix: a macro's expansion is too large\n");
    fixture_free(&fixture);
}

TEST_CASES(CASE(every_rule_finds_its_case), CASE(four_workers_find_the_same), CASE(utf16_is_read),
           CASE(languages), CASE(macros_without_a_definition_make_gaps),
           CASE(files_carry_licence_and_form), CASE(files_without_a_tag_carry_their_notice),
           CASE(notices_stand_in_the_head), CASE(gap_of_a_large_expansion_has_patterns))
