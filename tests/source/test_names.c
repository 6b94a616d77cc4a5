// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Names that build recipes, generators and assemblers make, each rule with a near twin.
#include "harness.h"

#include "cases_names.h"

static void run(unsigned workers)
{
    for (size_t i = 0; i < sizeof name_cases / sizeof *name_cases; i++) {
        const struct census_case *each = &name_cases[i];
        struct fixture fixture;
        size_t count = 0;
        while (count < 3 && each->texts[count].path)
            count++;
        fixture_run(&fixture, each->texts, count, workers, SIZE_MAX);
        CHECK(fixture.status == COR_OK);
        const char *lines = fixture_lines(&fixture);
        if (strcmp(lines, each->want) != 0)
            printf("# case \"%s\":\n# got:\n%s# want:\n%s", each->name, lines, each->want);
        CHECK(strcmp(lines, each->want) == 0);
        fixture_free(&fixture);
    }
}

TEST(every_rule_finds_its_case)
{
    run(1);
}

TEST(three_workers_find_the_same)
{
    run(3);
}

static size_t gaps_about(const struct fixture_text *text, const char *word)
{
    struct fixture fixture;
    size_t count = 0;
    fixture_run(&fixture, text, 1, 1, SIZE_MAX);
    CHECK(fixture.status == COR_OK);
    for (size_t i = 0; i < fixture.facts.gaps.count; i++)
        count += fixture.facts.gaps.items[i].about &&
                 strstr(fixture.facts.gaps.items[i].about, word) &&
                 strstr(fixture.facts.gaps.items[i].reason, "fetches");
    fixture_free(&fixture);
    return count;
}

TEST(downloads)
{
    static const struct {
        struct fixture_text text;
        size_t count;
    } rows[] = {
        {{"build.sh", "#!/bin/sh\nwget https://host/dl/foo-1.2.tar.gz\nmake foo\n"}, 1},
        {{"build.sh", "#!/bin/sh\nV=1.2\nU=https://host/foo-$V.tgz\ncurl -O $U\n"}, 1},
        {{"x/Makefile", "all:\n\tgit clone https://host/foo.git\n"}, 1},
        {{"CMakeLists.txt", "FetchContent_Declare(foo\n  GIT_REPOSITORY https://h/x/foo\n)\n"}, 1},
        {{"foo.spec", "Name: foo\nSource0: https://host/foo-2.0.tar.xz\n"}, 1},
        {{"PKGBUILD", "source=(\"https://host/foo-2.0.zip\")\n"}, 1},
        {{"foo.bb", "SRC_URI = \"https://host/foo-2.0.tar.bz2\"\n"}, 1},
        // Near twins: a comment, documents, a message, a compiler, a site's front page.
        {{"build.sh", "#!/bin/sh\n# wget https://host/dl/foo-1.2.tar.gz\n"}, 0},
        {{"build.sh", "#!/bin/sh\nwget https://host/foo.pdf\n"}, 0},
        {{"build.sh", "#!/bin/sh\necho see https://host/foo-1.2.tar.gz\n"}, 0},
        {{"build.sh", "#!/bin/sh\nwget https://host/gcc-12.2.tar.gz\n"}, 0},
        {{"foo.spec", "Name: foo\nURL: https://host/foo\n"}, 0},
        {{"README", "wget https://host/dl/foo-1.2.tar.gz\n"}, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        CHECK(gaps_about(&rows[i].text, "foo") == rows[i].count);
}

TEST(a_download_that_the_release_holds)
{
    static const struct fixture_text texts[] = {
        {"build.sh", "#!/bin/sh\nwget https://host/dl/foo-1.2.tar.gz\n"},
        {"dl/foo-1.2.tar.gz!gzip!/foo-1.2/a.c", "int a;\n"}};
    struct fixture fixture;
    fixture_run(&fixture, texts, 2, 1, SIZE_MAX);
    CHECK(fixture.status == COR_OK && fixture.facts.gaps.count == 0);
    fixture_free(&fixture);
}

TEST_CASES(CASE(every_rule_finds_its_case), CASE(three_workers_find_the_same), CASE(downloads),
           CASE(a_download_that_the_release_holds))
