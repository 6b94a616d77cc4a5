// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Every count that the reader makes, against what nm, readelf and objdump say of the same object.
#include "harness.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "objects.h"
#include "recipe.h"

static bool exists(const struct target *target)
{
    return recipe_run("test -e %s.o", target->name);
}

static void check_same(const char *target, const char *what, struct cor_buffer *got)
{
    CHECK(recipe_write_bytes("got", got->data ? got->data : "", got->size));
    char *difference = recipe_output("sort got | diff - expected | head -5");
    if (difference[0])
        printf("# %s: %s\n# %s\n", target, what, difference);
    CHECK_TEXT(difference, "");
    free(difference);
    cor_buffer_dispose(got);
}

static void check_undefined(const struct target *target, const struct object *object)
{
    struct cor_buffer got;
    cor_buffer_init(&got, 1 << 20);
    for (size_t i = 0; i < object->component->undefined.count; i++)
        CHECK(cor_buffer_printf(&got, "%s\n", object->component->undefined.items[i].name->text) ==
              COR_OK);
    CHECK(recipe_run("nm -u %s.o | awk '{print $2}' | sort >expected", target->name));
    CHECK(recipe_run("test -s expected"));
    check_same(target->name, "undefined", &got);
}

static void check_object(const struct target *target)
{
    struct object object = object_read(target->name);
    object_end(&object);
    char name[64];
    snprintf(name, sizeof name, "%s.o", target->name);
    object = object_read(name);
    const struct cor_component *component = object.component;
    CHECK(object.status == COR_OK);
    CHECK_TEXT(component->damage, NULL);
    CHECK_TEXT(component->machine, target->machine);
    CHECK(component->kind == COR_KIND_RELOCATABLE && component->sorted);
    CHECK(component->elf_class == target->bits && component->big_endian == target->big);
    CHECK(component->undefined_table == COR_TABLE_SYMTAB);
    CHECK(component->defined_table == COR_TABLE_SYMTAB);
    check_undefined(target, &object);
    CHECK(object_functions(&object) ==
          recipe_number("readelf -Ws %s.o | awk '$4 ~ /FUNC/ && !/ UND /' | wc -l", target->name));
    CHECK(component->relocation_rows ==
          recipe_number("readelf -Wr %s.o | grep -cE '^[0-9a-f]{8,} '", target->name));
    CHECK(component->sections.count ==
          recipe_number("readelf -Wh %s.o | awk '/Number of section/{print $NF}'", target->name));
    const struct cor_symbol *hidden = object_defined(&object, "hidden_body");
    const struct cor_symbol *helper = object_defined(&object, "counter");
    CHECK(hidden && hidden->hidden && hidden->binding == COR_BIND_GLOBAL);
    CHECK(object_defined(&object, "weak_body")->binding == COR_BIND_WEAK);
    CHECK(helper && helper->type == COR_SYMBOL_OBJECT && helper->size == 4);
    object_end(&object);
}

TEST(symbols_and_rows_of_every_target)
{
    for (size_t i = 0; i < target_count; i++)
        if (exists(&targets[i]))
            check_object(&targets[i]);
}

static void check_rows(const struct target *target)
{
    char name[64];
    struct cor_buffer got;
    snprintf(name, sizeof name, "%s.o", target->name);
    struct object object = object_read(name);
    struct found found = object_references(&object);
    cor_buffer_init(&got, 1 << 20);
    CHECK(found.status == COR_OK && found.list.items.count > 0);
    for (size_t i = 0; i < found.list.items.count; i++) {
        const struct cor_reference *reference = &found.list.items.items[i];
        CHECK(cor_buffer_printf(&got, "%s %llx %s %s\n", reference->section,
                                (unsigned long long)reference->offset, reference->type,
                                reference->name->text) == COR_OK);
    }
    CHECK(recipe_run("nm -u %s.o >names; readelf -Wr %s.o | awk '"
                     "BEGIN { while ((getline line <\"names\") > 0) { split(line, f, \" \"); "
                     "wanted[f[2]] = 1 } }"
                     "/^Relocation section/ { s = substr($3, 2, length($3) - 2); "
                     "sub(/^\\.rela?/, \"\", s) }"
                     "s !~ /debug/ && ($5 in wanted) { sub(/^0+/, \"\", $1); "
                     "print s, ($1 == \"\" ? \"0\" : $1), $3, $5 }' | sort >expected",
                     target->name, target->name));
    check_same(target->name, "relocation rows", &got);
    found_end(&found);
    object_end(&object);
}

TEST(relocation_rows_of_every_target)
{
    for (size_t i = 0; i < target_count; i++)
        // readelf has no names for this one.
        if (exists(&targets[i]) && strcmp(targets[i].name, "hexagon") != 0)
            check_rows(&targets[i]);
}

// objdump's own words decide what is a call and what a jump.
static const char kinds[] =
    "function kind(m, rest, type) {"
    "  if (m == \"auipc\") return type !~ /CALL/ ? \"address\" : rest ~ /^ra/ ? \"call\" : "
    "\"tail-call\";"
    "  if (m ~ /^(call|callq|bl|blx|bl(eq|ne)|jal|jalx|jalr|bal|balc|brasl|bsr|bsrl|jsr)$/) return "
    "\"call\";"
    "  if (m ~ "
    "/^(jmp|jmpq|j|jr|jg|jg[a-z]+|j[a-z][a-z]?|b|ba|br|bra|bral|brcl|b[.a-z]+|cbn?z|tbn?z)"
    "$/)"
    "    return \"tail-call\";"
    "  return \"address\" }"
    "BEGIN { FS = \"\\t\"; while ((getline line <\"names\") > 0) { split(line, f, \" \"); "
    "wanted[f[2]] = 1 } }"
    "/^Disassembly of section/ { s = $0; sub(/.*section /, \"\", s); sub(/:$/, \"\", s) }"
    "/^[0-9a-f]+ <[^.].*>:$/ || /^[0-9a-f]+ <\\.do_.*>:$/ || /<\\.helper>:$/ { fn = $0; "
    "sub(/^[0-9a-f]+ <\\.?/, \"\", fn); sub(/>:$/, \"\", fn) }"
    "/^ *[0-9a-f]+:\\t/ && $2 !~ /: R_/ { bytes = $2; gsub(/ /, \"\", bytes); text = $3; "
    "  if (NF > 3) text = text \" \" $4; sub(/^(notrack|bnd) /, \"\", text); m = text; "
    "  sub(/ .*/, \"\", m); rest = text; sub(/^[^ ]* */, \"\", rest) }"
    "/: R_/ { n = split($0, p, /[ \\t]+/); at = p[2]; sub(/:$/, \"\", at); name = p[4]; "
    "  sub(/[-+]0x[0-9a-f]+$/, \"\", name); sub(/^\\*ABS\\*.*/, \"\", name);"
    "  if (name in wanted) print s, at, name, kind(m, rest, p[3]), fn, (hex ? bytes : \"\") }";

static void check_kinds(const struct target *target)
{
    char name[64];
    struct cor_buffer got;
    bool hex = strcmp(target->machine, "x86-64") == 0 || strcmp(target->machine, "i386") == 0 ||
               strcmp(target->machine, "s390x") == 0;
    snprintf(name, sizeof name, "%s.o", target->name);
    struct object object = object_read(name);
    struct found found = object_references(&object);
    cor_buffer_init(&got, 1 << 20);
    for (size_t i = 0; i < found.list.items.count; i++) {
        const struct cor_reference *reference = &found.list.items.items[i];
        if (reference->kind == COR_REFKIND_DATA)
            continue;
        CHECK(cor_buffer_printf(&got, "%s %llx %s %s %s %s\n", reference->section,
                                (unsigned long long)reference->offset, reference->name->text,
                                cor_refkind_word(reference->kind),
                                reference->function ? reference->function : "-",
                                hex ? reference->bytes : "") == COR_OK);
    }
    CHECK(recipe_write("kinds.awk", kinds));
    CHECK(recipe_run("nm -u %s.o >names; objdump -dr --insn-width=16 %s.o | "
                     "awk -v hex=%d -f kinds.awk | sort >expected; test -s expected",
                     target->name, target->name, hex));
    check_same(target->name, "kinds", &got);
    found_end(&found);
    object_end(&object);
}

TEST(kinds_of_every_target)
{
    for (size_t i = 0; i < target_count; i++)
        if (exists(&targets[i]) && recipe_run("objdump -dr %s.o | grep -q ': R_'", targets[i].name))
            check_kinds(&targets[i]);
}

TEST(instructions_of_every_known_processor)
{
    for (size_t i = 0; i < target_count; i++) {
        char name[64];
        size_t calls = 0;
        snprintf(name, sizeof name, "%s.o", targets[i].name);
        if (!exists(&targets[i]))
            continue;
        struct object object = object_read(name);
        struct found found = object_references(&object);
        for (size_t k = 0; k < found.list.items.count; k++) {
            const struct cor_reference *reference = &found.list.items.items[k];
            CHECK(reference->kind != COR_REFKIND_DATA || !reference->instruction);
            CHECK(!reference->instruction == !reference->bytes);
            calls += reference->kind == COR_REFKIND_CALL;
            if (reference->kind == COR_REFKIND_CALL)
                CHECK((reference->instruction != NULL) == targets[i].decoded);
        }
        CHECK(calls >= 2);
        found_end(&found);
        object_end(&object);
    }
}

static void end(void)
{
    recipe_end();
}

TEST(compilers_are_there)
{
    recipe_begin();
    atexit(end);
    CHECK(targets_compile() > 0);
}

TEST_CASES(CASE(compilers_are_there), CASE(symbols_and_rows_of_every_target),
           CASE(relocation_rows_of_every_target), CASE(kinds_of_every_target),
           CASE(instructions_of_every_known_processor))
