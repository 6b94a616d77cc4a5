// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Why a linker would pull a member of an archive.
#include "harness.h"

#include <stdlib.h>

#include "report/pulls.h"
#include "report/show.h"

enum { MAIN = 1, FIRST, SECOND, IDLE };

static void add_component(struct cor_case *case_, const char *path)
{
    const struct cor_case_component component = {
        .id = (uint32_t)case_->components.count + 1, .path = path, .name = strrchr(path, '/') + 1};
    CHECK(cor_array_add(&case_->components, component) == COR_OK);
}

static void add_symbol(struct cor_case *case_, const char *name, uint32_t user, bool weak,
                       uint32_t provider, const char *how)
{
    struct cor_case_symbol symbol = {.name = name};
    const struct cor_case_need need = {.component = user, .weak = weak};
    const struct cor_case_provider had = {.component = provider, .how = how};
    CHECK(cor_array_add(&symbol.needed_by, need) == COR_OK);
    CHECK(cor_array_add(&symbol.providers, had) == COR_OK);
    CHECK(cor_array_add(&case_->symbols, symbol) == COR_OK);
}

static void make(struct cor_case *case_)
{
    cor_case_init(case_);
    add_component(case_, "p/main.o");
    add_component(case_, "p/lib.a!/first.o");
    add_component(case_, "p/lib.a!/second.o");
    add_component(case_, "p/lib.a!/idle.o");
    add_symbol(case_, "inner", FIRST, false, SECOND, "static");
    add_symbol(case_, "inner_too", FIRST, false, SECOND, "static");
    add_symbol(case_, "loaded", MAIN, false, IDLE, "elf-dynamic");
    add_symbol(case_, "outer", MAIN, false, FIRST, "static");
    add_symbol(case_, "soft", MAIN, true, IDLE, "static");
}

static struct cor_pull pull_of(const struct cor_case *case_, uint32_t id)
{
    return cor_pull_of(case_, cor_case_component_by_id(case_, id));
}

TEST(a_member_is_pulled_for_a_need)
{
    struct cor_case case_;
    make(&case_);
    struct cor_pull first = pull_of(&case_, FIRST), second = pull_of(&case_, SECOND);
    CHECK_TEXT(first.symbol, "outer");
    CHECK(first.member && first.user == MAIN && first.symbols == 1 && first.members == 1);
    CHECK_TEXT(second.symbol, "inner");
    CHECK(second.user == FIRST && second.symbols == 2);
    add_symbol(&case_, "wanted", MAIN, false, SECOND, "static");
    second = pull_of(&case_, SECOND);
    CHECK_TEXT(second.symbol, "wanted"); // from outside goes first
    CHECK(second.user == MAIN && second.symbols == 3);
    cor_case_dispose(&case_);
}

TEST(a_weak_need_pulls_nobody)
{
    struct cor_case case_;
    make(&case_);
    struct cor_pull idle = pull_of(&case_, IDLE), loose = pull_of(&case_, MAIN);
    CHECK(idle.member && !idle.symbol && idle.symbols == 0);
    CHECK(!loose.member);
    cor_case_dispose(&case_);
}

static char *shown(const struct cor_case *case_, const char *what)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    CHECK(out && cor_show(case_, what, out) == COR_OK);
    fclose(out);
    return text;
}

TEST(show_tells_it)
{
    struct cor_case case_;
    make(&case_);
    char *second = shown(&case_, "second.o"), *idle = shown(&case_, "idle.o");
    char *loose = shown(&case_, "main.o");
    CHECK(strstr(
        second,
        "pulled      for inner, which first.o (component 2) needs; 2 symbols of it are needed\n"));
    CHECK(strstr(idle, "pulled      by nobody here"));
    CHECK(!strstr(loose, "pulled"));
    free(second);
    free(idle);
    free(loose);
    cor_case_dispose(&case_);
}

TEST_CASES(CASE(a_member_is_pulled_for_a_need), CASE(a_weak_need_pulls_nobody), CASE(show_tells_it))
