// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Checksums of exports: tables of values, and (MODULE_REL_CRCS) of distances to values.
#include "harness.h"

#include <stdlib.h>

#include "recipe.h"

static const char exports[] =
    ".text\n.globl alpha, beta\n.type alpha, @function\nalpha: ret\n.size alpha, .-alpha\n"
    ".type beta, @function\nbeta: ret\n.size beta, .-beta\n"
    ".section __ksymtab_strings,\"aMS\",%progbits,1\n"
    "s_alpha: .asciz \"alpha\"\ns_beta: .asciz \"beta\"\nnone: .asciz \"\"\n"
    ".section __ksymtab,\"a\"\n.balign 4\n"
    "__ksymtab_alpha: .long alpha - ., s_alpha - ., none - .\n"
    "__ksymtab_beta: .long beta - ., s_beta - ., none - .\n"
    ".section .gnu.linkonce.this_module,\"aw\"\n.zero 64\n"
    ".section .modinfo,\"a\"\n.asciz \"license=GPL\"\n";

static const struct form {
    const char *name, *table;
    bool module[2], kernel[2]; // which of alpha and beta have a checksum
} forms[] = {
    {"values",
     ".section __kcrctab,\"a\"\n.globl __crc_alpha, __crc_beta\n"
     "__crc_alpha: .long 0x11223344\n__crc_beta: .long 0x55667788\n",
     {true, true},
     {true, true}},
    {"distances",
     ".section .rodata\n.zero 8\n.globl __crc_alpha, __crc_beta\n"
     "__crc_alpha: .long 0x11223344\n__crc_beta: .long 0x55667788\n"
     ".section __kcrctab,\"a\"\n.long __crc_alpha - .\n.long __crc_beta - .\n",
     {true, true},
     {true, true}},
    {"distances from rows that bear the names",
     ".section .rodata\n.zero 8\nfirst: .long 0x11223344\nsecond: .long 0x55667788\n"
     ".section __kcrctab,\"a\"\n__crc_alpha: .long first - .\n__crc_beta: .long second - .\n",
     {true, true},
     {true, true}},
    {"a distance that leads nowhere",
     ".section .rodata\n.zero 8\nfirst: .long 0x11223344\n.weak lost\n"
     ".section __kcrctab,\"a\"\n__crc_alpha: .long first - .\n__crc_beta: .long lost - .\n",
     {true, false},
     {false, false}},
    {"another kind of relocation",
     ".section .rodata\n.zero 8\nfirst: .long 0x11223344\n"
     ".section __kcrctab,\"a\"\n__crc_alpha: .long first\n__crc_beta: .long 0x55667788\n",
     {false, true},
     {true, true}},
};

static void end(void)
{
    recipe_end();
}

static void check(const char *file, const bool has[2])
{
    static const struct {
        const char *name;
        uint32_t crc;
    } wants[] = {{"alpha", 0x11223344}, {"beta", 0x55667788}};
    struct object object = object_read(file);
    const struct cor_component *component = object.component;
    CHECK(component->exports.count == 2);
    for (size_t i = 0; i < component->exports.count && i < 2; i++) {
        const struct cor_export *export = &component->exports.items[i];
        CHECK_TEXT(export->name->text, wants[i].name);
        CHECK(export->has_crc == has[i]);
        if (strcmp(export->name->text, "alpha") != 0 || has[0])
            CHECK(!export->has_crc || export->crc == wants[i].crc);
    }
    object_end(&object);
}

static void assemble(const struct form *form)
{
    char text[4096];
    snprintf(text, sizeof text, "%s%s", exports, form->table);
    CHECK(recipe_write("made.s", text));
    CHECK(recipe_run("as --64 -o made.o made.s"));
}

TEST(checksums_of_modules)
{
    recipe_begin();
    atexit(end);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assemble(&forms[i]);
        check("made.o", forms[i].module);
    }
}

TEST(checksums_of_stripped_kernels)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strncmp(forms[i].name, "another", 7) == 0)
            continue; // linked, an address is a number like any other
        assemble(&forms[i]);
        CHECK(recipe_run("ld -o kernel made.o -e alpha && strip kernel"));
        check("kernel", forms[i].kernel);
    }
}

TEST_CASES(CASE(checksums_of_modules), CASE(checksums_of_stripped_kernels))
