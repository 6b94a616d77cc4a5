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

TEST_CASES(CASE(declarations_uses_and_excerpts))
