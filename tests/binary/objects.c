// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stdbool.h>
#include <stdio.h>

#include "objects.h"
#include "recipe.h"

static const char program[] =
    "extern int ext_call(int), ext_tail(int), ext_addr(int);\n"
    "extern int weak_fn(int) __attribute__((weak));\n"
    "extern int ext_data;\n"
    "int counter = 3, zeroed, tentative;\n"
    "static __attribute__((noinline)) int helper(int a) { return ext_call(a) * counter; }\n"
    "int do_call(int a) { return ext_call(a) + helper(a + 1); }\n"
    "int do_tail(int a) { return ext_tail(a); }\n"
    "int do_either(int a) { return a ? ext_tail(a + 1) : 5; }\n"
    "void *do_take(void) { return (void *)ext_addr; }\n"
    "int do_load(void) { return ext_data; }\n"
    "int do_weak(int a) { return weak_fn ? weak_fn(a) : 0; }\n"
    "__attribute__((weak)) int weak_body(void) { return 1; }\n"
    "__attribute__((visibility(\"hidden\"))) int hidden_body(void) { return 2; }\n"
    "int (*const table[])(int) = {ext_call, do_tail};\n";

#define CLANG(triple) "clang --target=" triple " -fintegrated-as -ffreestanding -O2 -c"

const struct target targets[] = {
    {"gcc", "gcc -O2 -fno-pic -c", "x86-64", 64, false, true},
    {"gcc-pic", "gcc -O2 -fPIC -fcommon -g -c", "x86-64", 64, false, true},
    {"gcc-noplt", "gcc -O2 -fPIC -fno-plt -c", "x86-64", 64, false, true},
    {"gcc-debug", "gcc -O0 -g -c", "x86-64", 64, false, true},
    {"gcc-sections", "gcc -O2 -ffunction-sections -fcf-protection=full -c", "x86-64", 64, false,
     true},
    {"gcc32", "gcc -m32 -ffreestanding -O2 -fno-pic -c", "i386", 32, false, true},
    {"gcc32-noplt", "gcc -m32 -ffreestanding -O2 -fPIC -fno-plt -c", "i386", 32, false, true},
    {"clang", CLANG("x86_64-linux-gnu"), "x86-64", 64, false, true},
    {"clang32", CLANG("i386-linux-gnu"), "i386", 32, false, true},
    {"arm", CLANG("armv7-linux-gnueabi"), "arm", 32, false, true},
    {"armeb", CLANG("armebv7-linux-gnueabi"), "arm", 32, true, true},
    {"thumb", CLANG("armv7-linux-gnueabi") " -mthumb", "arm", 32, false, true},
    {"aarch64", CLANG("aarch64-linux-gnu"), "aarch64", 64, false, true},
    {"aarch64eb", CLANG("aarch64_be-linux-gnu"), "aarch64", 64, true, true},
    {"mips", CLANG("mips-linux-gnu"), "mips", 32, true, true},
    {"mips-static", CLANG("mips-linux-gnu") " -fno-pic -mno-abicalls", "mips", 32, true, true},
    {"mipsel", CLANG("mipsel-linux-gnu"), "mips", 32, false, true},
    {"mips64", CLANG("mips64-linux-gnuabi64"), "mips", 64, true, true},
    {"mips64el", CLANG("mips64el-linux-gnuabi64"), "mips", 64, false, true},
    {"ppc", CLANG("powerpc-linux-gnu"), "ppc", 32, true, true},
    {"ppc64", CLANG("powerpc64-linux-gnu"), "ppc64", 64, true, true},
    {"ppc64le", CLANG("powerpc64le-linux-gnu"), "ppc64", 64, false, true},
    {"riscv32", CLANG("riscv32-linux-gnu"), "riscv", 32, false, false},
    {"riscv64", CLANG("riscv64-linux-gnu"), "riscv", 64, false, false},
    {"s390x", CLANG("s390x-linux-gnu"), "s390x", 64, true, true},
    {"sparc", CLANG("sparc-linux-gnu"), "sparc", 32, true, true},
    {"sparc64", CLANG("sparcv9-linux-gnu"), "sparc64", 64, true, true},
    {"m68k", CLANG("m68k-linux-gnu"), "m68k", 32, true, true},
    {"hexagon", CLANG("hexagon"), "hexagon", 32, false, false},
    {"bpf", CLANG("bpf"), "bpf", 64, false, false},
};

const size_t target_count = sizeof targets / sizeof *targets;

size_t targets_compile(void)
{
    size_t made = 0;
    if (!recipe_write("program.c", program))
        return 0;
    for (size_t i = 0; i < target_count; i++) {
        if (recipe_run("%s -o %s.o program.c", targets[i].compile, targets[i].name))
            made++;
        else
            printf("# skipped: no compiler for %s\n", targets[i].name);
    }
    printf("# %zu of %zu targets\n", made, target_count);
    return made;
}
