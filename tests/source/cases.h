// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The rules of the census, each with what must be found and a twin that must not. The first text of
// a case is the one whose definitions are listed; texts after it stand beside it in the release.
#ifndef COR_TESTS_SOURCE_CASES_H
#define COR_TESTS_SOURCE_CASES_H

#include "case.h"

static const struct census_case census_cases[] = {
    {"plain",
     {{"a.c", "int f(int a)\n{\n return a;\n}\nint g(int a);\nextern int h(void);\n"}},
     "f plain external a.c:1\n"},
    {"linkage",
     {{"a.c", "static int s(void) { return 1; }\ninline void i(void) {}\n"
              "static inline int si(void) { return 0; }\n__weak int w(void) { return 2; }\n"
              "int __attribute__((weak)) w2(void) { return 2; }\n"}},
     "i plain external a.c:2\ns plain static a.c:1\nsi plain static a.c:3\n"
     "w plain weak a.c:4\nw2 plain weak a.c:5\n"},
    {"header inline",
     {{"a.h", "static inline int i(void) { return 0; }\ninline int j(void) { return 0; }\n"}},
     "i plain inline a.h:1\nj plain inline a.h:2\n"},
    {"attributes",
     {{"a.c", "static int __init a1(void)\n{\n}\nasmlinkage __visible void a2(int x)\n{\n}\n"
              "void __printf(1, 2) a3(const char *f, ...)\n{\n}\n"
              "void a4(int x) __acquires(l)\n{\n}\n"
              "__attribute__((noinline)) struct s *a5(struct s *p)\n{\n}\n"
              "struct s a6(void) {}\n"}},
     "a1 plain static a.c:1\na2 plain external a.c:4\na3 plain external a.c:7\n"
     "a4 plain external a.c:10\na5 plain external a.c:13\na6 plain external a.c:16\n"},
    {"old style",
     {{"a.c", "int f(a, b)\n int a;\n char *b;\n{\n}\nint after;\n"}},
     "after data external a.c:6 data\nf plain external a.c:1\n"},
    {"parenthesised heads",
     {{"a.c", "int (f)(int a)\n{\n}\nvoid (*g(int a))(int)\n{\n}\nint (*p)(int);\n"}},
     "f plain external a.c:1\ng plain external a.c:4\np data external a.c:7 data\n"},
    {"data",
     {{"a.c", "int a;\nint b = 1, *c;\nextern int d;\nstruct s { int x; } e;\nstruct s;\n"
              "typedef int t;\nstatic const char f[] = \"x\";\nu32 g __read_mostly = 1;\n"
              "struct class h = {\n .x = 1,\n};\n__u32 i;\nunsigned long j[2] = { 1, 2 };\n"
              "enum e2 { X };\n"}},
     "a data external a.c:1 data\nb data external a.c:2 data\nc data external a.c:2 data\n"
     "e data external a.c:4 data\nf data static a.c:7 data\ng data external a.c:8 data\n"
     "h data external a.c:9 data\ni data external a.c:12 data\nj data external a.c:13 data\n"},
    {"branches of a head",
     {{"a.c", "#ifdef A\nint f(int a,\n int b)\n#else\nint f(int a)\n#endif\n{\n return 0;\n}\n"
              "int g(int x,\n#ifdef B\n int y)\n#else\n int z)\n#endif\n{\n}\nint h(void) {}\n"}},
     "f plain external a.c:2\nf plain external a.c:5\ng plain external a.c:10\n"
     "h plain external a.c:18\n"},
    {"unbalanced branches",
     {{"a.c", "void f(void)\n{\n#ifdef A\n if (x) {\n#else\n if (y) {\n#endif\n z();\n }\n}\n"
              "#ifdef A\nvoid g(int a) {\n#else\nvoid g(void) {\n#endif\n}\nvoid h(void) {}\n"}},
     "f plain external a.c:1\ng plain external a.c:12\ng plain external a.c:14\n"
     "h plain external a.c:17\n"},
    {"never compiled",
     {{"a.c", "#if 0\nint f(void) { don't }\n#endif\n#if 0 && A\nint g;\n#else\nint h;\n#endif\n"
              "#if 1\nint i;\n#else\nint j;\n#endif\n"}},
     "f plain external a.c:2 dead\ng data external a.c:5 data dead\n"
     "h data external a.c:7 data\ni data external a.c:10 data\nj data external a.c:12 data dead\n"},
    {"traps of the lexer",
     {{"a.c", "char *s = \"{ int x(void) {\"; /* } */ char c = '{';\n// int n(void) {}\n"
              "#define GLOB \"/proc/*\"\nint f(void) { char q = '\\''; /* } */ return '\"'; }\n"
              "int g(void) { // }\n}\n"}},
     "c data external a.c:1 data\nf plain external a.c:4\ng plain external a.c:5\n"
     "s data external a.c:1 data\n"},
    {"macro as declarator",
     {{"a.c", "#define DEF(n) int n##_show(int a)\nDEF(foo)\n{\n return 0;\n}\n"
              "#define NAME(n) ns_##n\nstatic int NAME(bar)(int a)\n{\n}\nold(a)\n{\n}\n"}},
     "foo_show macro external a.c:2 through DEF\nns_bar macro static a.c:7 through NAME\n"
     "old plain external a.c:10\n"},
    {"macros of other files, in levels",
     {{"a.c", "#include \"m.h\"\nDEFINE(foo);\nDEFINE(two)\nint after(void) { }\n"},
      {"m.h", "#define CAT(a, b) CAT_(a, b)\n#define CAT_(a, b) a##b\n#define VER 12\n"
              "#define DEFINE(n) int CAT(pre_##n, CAT(_, VER))(void) { return 0; } \\\n"
              " struct s n##_ops = { .x = 1 }; extern int n##_extern\n"}},
     "after plain external a.c:4\nfoo_ops macro external a.c:2 data through DEFINE\n"
     "pre_foo_12 macro external a.c:2 through DEFINE\n"
     "pre_two_12 macro external a.c:3 through DEFINE\n"
     "two_ops macro external a.c:3 data through DEFINE\n"},
    {"all alternatives",
     {{"a.c", "DEF(x);\n"},
      {"m.h", "#ifdef A\n#define DEF(n) int a_##n;\n#else\n#define DEF(n) int b_##n;\n#endif\n"}},
     "a_x macro external a.c:1 data through DEF\nb_x macro external a.c:1 data through DEF\n"},
    {"x-macro list",
     {{"list.h", "OP(one)\nOP(two)\n"},
      {"a.c", "#define OP(n) void do_##n(void) { }\n#include \"list.h\"\n#undef OP\n"
              "#define OP(n) #n,\nstatic const char *s[] = {\n#include \"list.h\"\n};\n"}},
     "do_one macro external list.h:1 through OP\ndo_two macro external list.h:2 through OP\n"
     "s data static a.c:5 data\n"},
    {"x-macro list with branches",
     {{"list.h", "OP(one, a)\nOP(two, b)\nOP(three, c)\nOP(four, d)\n#ifdef A\nOP(five, e)\n"
                 "OP(six, f)\nOP(seven, g)\n#else\nOP(eight, h)\n#endif\nOP(nine, i)\n"},
      {"a.c", "#define OP(n, x) void do_##n(int x) { }\n#include \"list.h\"\n"}},
     "do_eight macro external list.h:10 through OP\ndo_five macro external list.h:6 through OP\n"
     "do_four macro external list.h:4 through OP\ndo_nine macro external list.h:12 through OP\n"
     "do_one macro external list.h:1 through OP\ndo_seven macro external list.h:8 through OP\n"
     "do_six macro external list.h:7 through OP\ndo_three macro external list.h:3 through OP\n"
     "do_two macro external list.h:2 through OP\n"},
    {"rename by a header",
     {{"a.c", "#include \"r.h\"\nvoid queue(void) { }\n"},
      {"r.h", "#define queue vendor_queue\n#define other vendor_other\n"},
      {"z/b.c", "void other(void) { }\n"}},
     "other plain external z/b.c:1\nqueue plain external a.c:2\n"
     "vendor_queue renamed external a.c:2 through queue\n"},
    {"aliases",
     {{"a.c", "int t(void) { return 0; }\nint a1(void) __attribute__((alias(\"t\")));\n"
              "extern int a2(void) __alias(t);\nint l(void) __asm__(\"lab\");\n"
              "int l(void) { return 1; }\n#pragma weak a3 = t\n"}},
     "a1 alias external a.c:2 through t\na2 alias external a.c:3 through t\n"
     "a3 alias weak a.c:6 through t\nl plain external a.c:5\nlab renamed external a.c:5 through l\n"
     "t plain external a.c:1\n"},
    {"asm in C",
     {{"a.c", "#define STR(x) #x\n#define THUNK(f) asm(\".globl __\" #f \"\\n__\" #f \": ret\")\n"
              "THUNK(go);\nasm(\".globl one\\n\" \"one:\\n ret\\nlocal:\\n\");\n"
              "void f(void) { asm(\".globl in\\n in:\"); asm(\"nop\"); }\n"}},
     "__go inline-assembly external a.c:3 through THUNK\nf plain external a.c:5\n"
     "in inline-assembly external a.c:5\nlocal inline-assembly static a.c:4\n"
     "one inline-assembly external a.c:4\n"},
    {"extern C",
     {{"a.c", "#ifdef __cplusplus\nextern \"C\" {\n#endif\nint f(void) { }\n"
              "#ifdef __cplusplus\n}\n#endif\nint g(void) { }\n"}},
     "f plain external a.c:4\ng plain external a.c:8\n"},
    {"C++",
     {{"a.cc", "namespace ns { int C::m(int a) const { } static int s() { } }\n"
               "namespace { int hidden() { } }\nextern \"C\" int c() { }\nC::C(int a) : x(a) { }\n"
               "class K { int in() { return 1; } };\n"}},
     "(anonymous namespace)::hidden plain static a.cc:2\nC::C plain external a.cc:4\n"
     "K::K plain inline a.cc:5\nK::in plain inline a.cc:5\nK::operator= plain inline a.cc:5\n"
     "K::~K plain inline a.cc:5\nc plain external a.cc:3\n"
     "ns::C::m plain external a.cc:1\nns::s plain static a.cc:1\n"},
    {"assembly",
     {{"a.S", "#define ENTRY(n) .globl n; n:\nENTRY(e1)\n .globl g\ng: ret\nloc: ret\n.Lno: nop\n"
              "1: nop\n .set al, g\n .weak w\nw:\n .macro MK name\n .globl \\name\n\\name\\()_x:\n"
              " .endm\n MK made\n .rept 2\n nop\n .endr\n"}},
     "al alias static a.S:8\ne1 assembly external a.S:2\ng assembly external a.S:4\n"
     "loc assembly static a.S:5\nmade_x assembly static a.S:15\nw assembly weak a.S:10\n"},
    {"assembly counters",
     {{"a.S", ".altmacro\n.macro LABEL p n\n\\p\\n:\n.endm\ni = 0\n.rept 3\nLABEL l_ %i\n"
              "i = i + 1\n.endr\n.irp r, ax, bx\nt_\\r:\n.endr\n"}},
     "i alias static a.S:5\nl_0 assembly static a.S:6\nl_1 assembly static a.S:6\n"
     "l_2 assembly static a.S:6\nt_ax assembly static a.S:10\nt_bx assembly static a.S:10\n"},
    {"linker script",
     {{"a.lds", "SECTIONS { _start = .; PROVIDE(etext = .); ASSERT(a == b, \"\") }\n"}},
     "_start linker-script external a.lds:1\n_start linker-script external a.lds:1 data\n"
     "etext linker-script external a.lds:1\netext linker-script external a.lds:1 data\n"},
    {"patch",
     {{"a.patch", "--- a/f.c\n+++ b/f.c\n@@ -1,2 +1,4 @@\n int old;\n-int gone(void) { }\n"
                  "+int added(void)\n+{\n+}\n"}},
     "added patch external a.patch:6\n"},
    {"generators",
     {{"x509.asn1", "Certificate ::= SEQUENCE {}\n"},
      {"a.pl", "print <<___;\n.globl perl_made\n___\n"},
      {"tab.c", "int main(void) { printf(\"\\nconst u8 tab[256] =\\n\"); }\n"}},
     "main plain external tab.c:1\nperl_made generated external a.pl:2 through generated by a.pl\n"
     "tab generated external tab.c:1 data through generated by tab.c\n"
     "x509_decoder generated external x509.asn1:1 data through generated by x509.asn1\n"},
    {"composed rename",
     {{"t.h", "#define TOKEN(a, b) TOKEN_(a, b)\n#define TOKEN_(a, b) a##b\n"
              "#define mtype_add TOKEN(MTYPE, _add)\nstatic int mtype_add(int x)\n{\n}\n"
              "static int other_add(int x) { }\n"},
      {"a.c", "#define MTYPE hash4\n#include \"t.h\"\n#undef MTYPE\n#define MTYPE hash6\n"
              "#include \"t.h\"\n"}},
     "hash4_add renamed static t.h:4 through mtype_add\n"
     "hash6_add renamed static t.h:4 through mtype_add\n"
     "mtype_add plain static t.h:4\nother_add plain static t.h:7\n"},
    {"included with other macros",
     {{"t.c", "#ifndef SAFE\n#define SAFE(n) n\n#endif\nstatic int SAFE(pack)(int x)\n{\n}\n"},
      {"a.c", "#define SAFE(n) n##_safe\n#include \"t.c\"\n"},
      {"b.c", "#define SAFE(n) n##_far\n"}},
     "pack macro static t.c:4 through SAFE\npack_safe macro static t.c:4 through SAFE\n"},
    {"linkage words that are macros",
     {{"a.c", "STATIC int f(void) { }\nLOCAL int g(void) { }\nPUBLIC int h(void) { }\n"
              "static int FAR i(void) { }\n"},
      {"m.h", "#ifdef A\n#define STATIC\n#else\n#define STATIC static\n#endif\n"
              "#define LOCAL static\n#define FAR\n"}},
     "f macro external a.c:1 through f\nf macro static a.c:1 through f\n"
     "g macro external a.c:2 through g\ng macro static a.c:2 through g\n"
     "h plain external a.c:3\ni macro static a.c:4 through i\n"},
    {"lists before a macro",
     {{"a.c", "#define MAKE(n) int made_##n(void) { }\n#define EM(x) int em_##x;\n"
              "#define small_list EM(a) EM(b)\n#undef X\nsmall_list\nother_list\n#undef Y\n"
              "MAKE(one);\nu32\nplain(int a)\n{\n}\n"}},
     "em_a macro external a.c:5 data through small_list\n"
     "em_b macro external a.c:5 data through small_list\n"
     "made_one macro external a.c:8 through MAKE\nplain plain external a.c:10\n"},
    {"strings of an asm that macros open and close",
     {{"a.c", "#define BEGIN(n) extern void n##_all(void); asm(\".balign 8\\n\"\n"
              "#define ONE(n) \".type \" #n \", @function\\n\" #n \":\\n ret\\n\"\n"
              "#define END \"nop\")\nBEGIN(set)\nONE(seto)\nONE(setno)\nEND;\n"
              "char *s = ONE(not);\nint after(void) { }\n"}},
     "after plain external a.c:9\ns data external a.c:8 data\n"
     "setno inline-assembly static a.c:6 through ONE\n"
     "seto inline-assembly static a.c:5 through ONE\n"},
    {"macros of headers that are not there",
     {{"a.c",
       "module_pci_driver(card);\nDEFINE_SHOW_ATTRIBUTE(stats);\nstatic DEFINE_MUTEX(lock);\n"
       "SYSCALL_DEFINE1(mine, int, a)\n{\n}\nDEFINE_TIMER(t, f);\n"},
      {"b.h", "#define DEFINE_TIMER(n, f) int own_##n\n"}},
     "__arm64_sys_mine macro external a.c:4 through SYSCALL_DEFINE1\n"
     "__do_sys_mine macro static a.c:4 through SYSCALL_DEFINE1\n"
     "__ia32_sys_mine macro external a.c:4 through SYSCALL_DEFINE1\n"
     "__se_sys_mine macro external a.c:4 through SYSCALL_DEFINE1\n"
     "__x64_sys_mine macro external a.c:4 through SYSCALL_DEFINE1\n"
     "card_exit macro static a.c:1 through module_pci_driver\n"
     "card_init macro static a.c:1 through module_pci_driver\n"
     "cleanup_module macro external a.c:1 through module_pci_driver\n"
     "init_module macro external a.c:1 through module_pci_driver\n"
     "lock macro static a.c:3 data through DEFINE_MUTEX\n"
     "own_t macro external a.c:7 data through DEFINE_TIMER\n"
     "stats_fops macro static a.c:2 data through DEFINE_SHOW_ATTRIBUTE\n"
     "stats_open macro static a.c:2 through DEFINE_SHOW_ATTRIBUTE\n"
     "sys_mine macro external a.c:4 through SYSCALL_DEFINE1\n"},
    {"no bodies",
     {{"a.c", "#include <x.h>\n#define f(x) (x)\nEXPORT_SYMBOL(g);\nextern int h(int);\n"
              "int (*fp_type)(void);\ntypedef int (*td)(void);\nstruct s { int (*m)(void); };\n"
              "MODULE_LICENSE(\"GPL\");\n"}},
     "fp_type data external a.c:5 data\n"},
    {"shipped C", {{"t.c_shipped", "int f(void) { }\n"}}, "f plain external t.c_shipped:1\n"},
};

#endif
