// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "harness.h"

#include "fixture.h"

static const struct fixture_text texts[] = {
    {"a.c", "#include \"a.h\"\nvoid f(void)\n{\n\tget(1);\n#if 0\n\tget(2);\n#endif\n"
            "\tCALL(3);\n\tthrough_inline();\n\ts->get = 0;\n\tattach(get, 1);\n}\n"
            "static struct ops o = {\n\t.x = get,\n};\nEXPORT_SYMBOL(get);\n"
            "void g(int get2)\n{\n\tasm(\"call get\");\n\tother(get);\n}\n"},
    {"a.h", "int get(int a);\n#define CALL(x) get(x)\n"
            "static inline void through_inline(void)\n{\n\tget(0);\n}\nstruct s { int get; };\n"},
    {"b.S", "\t.globl get\n\tcall get\n"},
};

static void use_lines(struct fixture *fixture, const struct cor_name *name)
{
    struct cor_uses uses = cor_source_uses(&fixture->facts, name);
    for (size_t i = 0; i < uses.count; i++) {
        const struct cor_use *use = &uses.items[i];
        CHECK(cor_buffer_printf(&fixture->lines, "%s:%u %s in %s%s%s%s\n",
                                fixture->facts.files.items[use->file].path, use->line,
                                cor_refkind_word(use->kind), use->function ? use->function : "-",
                                use->active ? "" : " dead", use->through ? " through " : "",
                                use->through ? use->through : "") == COR_OK);
    }
}

TEST(declarations_uses_and_excerpts)
{
    struct fixture fixture;
    fixture_run(&fixture, texts, 3, 2, SIZE_MAX);
    const struct cor_name *name = NULL;
    struct cor_map wanted;
    cor_map_init(&wanted);
    CHECK(cor_names_intern(fixture.names, COR_SLICE("get"), &name) == COR_OK);
    CHECK(cor_map_put(&wanted, name, 1) == COR_OK);
    for (size_t i = 0; i < 3; i++) {
        struct cor_source_text text = {
            .path = texts[i].path, .bytes = texts[i].text, .size = strlen(texts[i].text)};
        CHECK(cor_recogniser_evidence(fixture.recogniser, &wanted, &text, (unsigned)i % 2) ==
              COR_OK);
    }
    CHECK(cor_recogniser_evidence_finish(fixture.recogniser, &fixture.facts) == COR_OK);
    struct cor_declarations declared = cor_source_declarations(&fixture.facts, name);
    CHECK(declared.count == 1 && declared.items[0].line == 1 && !declared.items[0].data);
    use_lines(&fixture, name);
    CHECK_TEXT(fixture.lines.data, "a.c:4 call in f\n"
                                   "a.c:6 call in f dead\n"
                                   "a.c:8 call in f through CALL (a.h:2)\n"
                                   "a.c:9 call in f through through_inline (a.h:3)\n"
                                   "a.c:11 address in f\n"
                                   "a.c:14 address in -\n"
                                   "a.c:16 address in -\n"
                                   "a.c:19 address in g\n"
                                   "a.c:20 address in g\n"
                                   "a.h:2 call in - through macro CALL\n"
                                   "a.h:5 call in through_inline\n"
                                   "b.S:2 call in -\n");
    const struct cor_excerpt *excerpt = cor_source_excerpt(&fixture.facts, 1, 1);
    CHECK(excerpt && excerpt->first_line == 1);
    CHECK_TEXT(
        excerpt ? excerpt->text : "",
        "int get(int a);\n#define CALL(x) get(x)\nstatic inline void through_inline(void)\n");
    CHECK(cor_source_excerpt(&fixture.facts, 0, 4) != NULL);
    cor_map_dispose(&wanted);
    fixture_free(&fixture);
}

enum { TEXTS = 40, CALLS = 20 };

TEST(uses_through_macros_are_bounded)
{
    static char text[CALLS * 24 + 64];
    static char paths[TEXTS + 1][8];
    static struct fixture_text many[TEXTS + 1];
    strcpy(text, "void f(void)\n{\n\tget(0);\n");
    for (size_t i = 0; i < CALLS; i++)
        strcat(text, "\tCALL(1);\n");
    strcat(text, "\tget(2);\n}\n");
    for (size_t i = 0; i < TEXTS; i++) {
        snprintf(paths[i], sizeof paths[i], "f%02zu.c", i);
        many[i] = (struct fixture_text){paths[i], text};
    }
    many[TEXTS] = (struct fixture_text){"x.h", "int get(int);\n#define CALL(x) get(x)\n"};
    struct fixture fixture;
    fixture_run(&fixture, many, TEXTS + 1, 2, SIZE_MAX);
    const struct cor_name *name = NULL;
    struct cor_map wanted;
    cor_map_init(&wanted);
    CHECK(cor_names_intern(fixture.names, COR_SLICE("get"), &name) == COR_OK);
    CHECK(cor_map_put(&wanted, name, 1) == COR_OK);
    for (size_t i = TEXTS + 1; i-- > 0;) { // the order of reading says nothing
        struct cor_source_text each = {
            .path = many[i].path, .bytes = many[i].text, .size = strlen(many[i].text)};
        CHECK(cor_recogniser_evidence(fixture.recogniser, &wanted, &each, (unsigned)i % 2) ==
              COR_OK);
    }
    CHECK(cor_recogniser_evidence_finish(fixture.recogniser, &fixture.facts) == COR_OK);
    struct cor_uses uses = cor_source_uses(&fixture.facts, name);
    size_t direct = 0, led = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < uses.count; i++) {
        bool through = uses.items[i].through && strcmp(uses.items[i].through, "macro CALL") != 0;
        direct += !through;
        led += through;
        if (through)
            last = uses.items[i].file;
    }
    CHECK(direct == 2 * TEXTS + 1);
    CHECK(led == 500 && last == 31); // 16 of each text, in order
    CHECK(fixture.facts.uses_left_out == TEXTS * CALLS - 500);
    CHECK(cor_source_excerpt(&fixture.facts, 0, 4) && !cor_source_excerpt(&fixture.facts, 0, 20));
    CHECK(cor_source_excerpt(&fixture.facts, 39, 24) && !cor_source_excerpt(&fixture.facts, 39, 4));
    cor_map_dispose(&wanted);
    fixture_free(&fixture);
}

static const struct fixture_text alone[] = {
    {"a.c", "#include \"a.h\"\nint host_get(int);\nstatic int own(int a) { return a; }\n"
            "int f(int (*pointer)(int), handler_t handler, struct ops *ops)\n{\n"
            "\tint (*local)(int) = own;\n\tif (ops->member(1) + ops[0].second(2))\n"
            "\t\treturn sizeof(int) + host_get(1);\n"
            "\tpointer(1); handler(2); local(3); own(4); EMPTY(5); other(6);\n"
            "#if 0\n\tdead_call(7);\n#endif\n"
            "\t__builtin_expect(1, 2); host_get(3); undeclared (4);\n"
            "\tlog(\"quoted(1)\"); /* comment(2) */\n\treturn 0;\n}\n"},
    {"a.h", "#define EMPTY(x)\n#define USED(x) in_macro(x)\n"},
    {"b.c", "int other(int a)\n{\n\treturn host_get(a) + assembled(a);\n}\n"},
    {"c.S", "\t.globl assembled\nassembled:\n\tret\n"},
};

TEST(names_from_outside)
{
    struct fixture fixture;
    fixture_run(&fixture, alone, 4, 2, SIZE_MAX);
    struct cor_map wanted;
    cor_map_init(&wanted);
    for (size_t i = 0; i < 4; i++) {
        struct cor_source_text text = {
            .path = alone[i].path, .bytes = alone[i].text, .size = strlen(alone[i].text)};
        CHECK(cor_recogniser_evidence(fixture.recogniser, &wanted, &text, (unsigned)i % 2) ==
              COR_OK);
    }
    CHECK(cor_recogniser_evidence_finish(fixture.recogniser, &fixture.facts) == COR_OK);
    for (size_t i = 0; i < fixture.facts.outside.count; i++)
        CHECK(cor_buffer_printf(&fixture.lines, "%s ", fixture.facts.outside.items[i]->text) ==
              COR_OK);
    CHECK_TEXT(fixture.lines.data, "host_get log undeclared ");
    cor_map_dispose(&wanted);
    fixture_free(&fixture);
}

TEST_CASES(CASE(declarations_uses_and_excerpts), CASE(uses_through_macros_are_bounded),
           CASE(names_from_outside))
