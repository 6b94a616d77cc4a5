// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Kernel modules: export tables of several layouts, module information, ESXi's sections; and
// objects at the edge of the format.
#include "harness.h"

#include <stdlib.h>

#include "recipe.h"

// What EXPORT_SYMBOL, EXPORT_SYMBOL_GPL and EXPORT_SYMBOL_NS_GPL make in Linux 6.1, linked.
static const char module[] =
    ".text\n.globl alpha\n.type alpha, @function\nalpha: call puts_k\nret\n.size alpha, .-alpha\n"
    ".globl beta\n.type beta, @function\nbeta: jmp other_k\n.size beta, .-beta\n"
    ".type gamma, @function\ngamma: ret\n.size gamma, .-gamma\n"
    ".section __ksymtab_strings,\"aMS\",%progbits,1\n"
    "__kstrtab_alpha: .asciz \"alpha\"\n__kstrtabns_alpha: .asciz \"\"\n"
    "__kstrtab_beta: .asciz \"beta\"\n__kstrtabns_beta: .asciz \"PRIVATE_NS\"\n"
    ".section __ksymtab,\"a\"\n.balign 4\n__ksymtab_alpha: .long alpha - ., __kstrtab_alpha - ., "
    "__kstrtabns_alpha - .\n"
    ".section __ksymtab_gpl,\"a\"\n.balign 4\n__ksymtab_beta: .long beta - ., __kstrtab_beta - ., "
    "__kstrtabns_beta - .\n"
    ".section .gnu.linkonce.this_module,\"aw\"\n.globl __this_module\n__this_module: .zero 64\n"
    ".section .modinfo,\"a\"\n.asciz \"license=PROPRIETARY\"\n.asciz \"part.license=GPL\"\n"
    ".asciz \"license=GPL v2\"\n.asciz \"license=PROPRIETARY\"\n.zero 3\n"
    ".asciz \"depends=other\"\n.asciz \"flag\"\n"
    ".section __kcrctab,\"a\"\n__crc_alpha: .long 0x11223344\n"
    ".section __kcrctab_gpl,\"a\"\n__crc_beta: .long 0x55667788\n"
    ".section __versions,\"a\"\n.quad 0xabcdef01\n.asciz \"puts_k\"\n.zero 49\n"
    ".quad 0x12\n.asciz \"module_layout\"\n.zero 42\n";

// Before modules are linked each symbol has a section of its own.
static const char unlinked[] =
    ".text\n.globl alpha\n.type alpha, @function\nalpha: ret\n.size alpha, .-alpha\n"
    ".section __ksymtab_strings,\"aMS\",%progbits,1\n"
    "__kstrtab_alpha: .asciz \"alpha\"\n__kstrtabns_alpha: .asciz \"\"\n"
    ".section \"___ksymtab_gpl+alpha\",\"a\"\n.balign 4\n"
    "__ksymtab_alpha: .long alpha - ., __kstrtab_alpha - ., __kstrtabns_alpha - .\n";

// Pointers instead of distances and no namespace: Linux before 4.19.
static const char old[] =
    ".text\n.globl alpha\n.type alpha, @function\nalpha: ret\n.size alpha, .-alpha\n"
    ".globl beta\n.type beta, @function\nbeta: ret\n.size beta, .-beta\n"
    ".section __ksymtab_strings,\"a\"\n"
    "__kstrtab_alpha: .asciz \"alpha\"\n__kstrtab_beta: .asciz \"beta\"\n"
    ".section __ksymtab,\"a\"\n.balign 8\n"
    "__ksymtab_alpha: .quad alpha, __kstrtab_alpha\n__ksymtab_beta: .quad beta, __kstrtab_beta\n"
    ".section .gnu.linkonce.this_module,\"aw\"\n.zero 64\n"
    ".section .modinfo,\"a\"\n.asciz \"license=GPL\"\n";

static const char esxi[] =
    ".text\n.globl init_module\n.type init_module, @function\ninit_module: call vmk_Log\nret\n"
    ".size init_module, .-init_module\n"
    ".section .vmkmodinfo,\"a\"\n.asciz \"license=ThirdParty:VMware Proprietary\"\n"
    ".asciz \"nsRequired=com.vmware.driverAPI#9.2.2.0\"\n";

static const char edges[] =
    ".globl abs_fn\n.type abs_fn, @function\nabs_fn = 0x1000\n"
    ".comm shared_block,64,8\n"
    ".text\n.globl plain_label\nplain_label: call far_away\nret\n"
    ".globl sized\n.type sized, @function\nsized: nop\nnop\ninside: call far_away\nret\n"
    ".size sized, .-sized\n"
    ".globl twin_b\n.type twin_b, @function\n.type twin_a, @function\ntwin_a:\ntwin_b:\n"
    "call far_away\nret\n.size twin_a, .-twin_a\n.size twin_b, .-twin_b\n"
    ".globl endless\n.type endless, @function\nendless: call far_away\nret\n"
    ".section .text.other,\"ax\"\n.byte 0x06\ncall far_away\nnop\n"
    ".data\n.quad far_away + 16\n"
    ".section .debug_x\n.quad far_away\n"
    ".weak soft\n.text\ncall soft\n"
    ".globl unused_need\n";

static void end(void)
{
    recipe_end();
}

static void assemble(const char *name, const char *text)
{
    char file[64];
    snprintf(file, sizeof file, "%s.s", name);
    CHECK(recipe_write(file, text));
    CHECK(recipe_run("as --64 -o %s.o %s.s", name, name));
}

TEST(objects_are_assembled)
{
    recipe_begin();
    atexit(end);
    assemble("module", module);
    assemble("unlinked", unlinked);
    assemble("old", old);
    assemble("esxi", esxi);
    assemble("edges", edges);
    CHECK(recipe_run("strip --strip-unneeded -o module.stripped module.o && "
                     "strip --strip-unneeded -o old.stripped old.o"));
    CHECK(recipe_run("! nm module.stripped | grep -q ksymtab_"));
}

static const struct cor_export *exported(const struct object *object, const char *name)
{
    for (size_t i = 0; i < object->component->exports.count; i++)
        if (strcmp(object->component->exports.items[i].name->text, name) == 0)
            return &object->component->exports.items[i];
    return NULL;
}

static void check_module(const char *name)
{
    struct object object = object_read(name);
    const struct cor_component *component = object.component;
    CHECK(component->kind == COR_KIND_KERNEL_MODULE && component->has_export_table);
    CHECK(component->exports.count == 2);
    const struct cor_export *alpha = exported(&object, "alpha"), *beta = exported(&object, "beta");
    CHECK(alpha && !alpha->gpl_only && !alpha->namespace_);
    CHECK(beta && beta->gpl_only);
    CHECK_TEXT(beta ? beta->namespace_ : NULL, "PRIVATE_NS");
    CHECK(object_defined(&object, "alpha")->exported && object_defined(&object, "beta")->exported);
    const struct cor_symbol *module_data = object_defined(&object, "__this_module");
    CHECK(module_data && !module_data->exported);
    object_end(&object);
}

TEST(exports_of_a_module)
{
    check_module("module.o");
    check_module("module.stripped"); // by the table's rows alone
}

TEST(exports_of_older_and_unlinked_modules)
{
    const char *names[] = {"old.o", "old.stripped"};
    for (size_t i = 0; i < 2; i++) {
        struct object object = object_read(names[i]);
        CHECK(object.component->exports.count == 2);
        const struct cor_export *alpha = exported(&object, "alpha");
        const struct cor_export *beta = exported(&object, "beta");
        CHECK(alpha && !alpha->namespace_ && beta && !beta->gpl_only);
        object_end(&object);
    }
    struct object object = object_read("unlinked.o");
    CHECK(object.component->kind == COR_KIND_RELOCATABLE && object.component->has_export_table);
    CHECK(object.component->exports.count == 1);
    const struct cor_export *alpha = exported(&object, "alpha");
    CHECK(alpha && alpha->gpl_only);
    object_end(&object);
}

// In a linked and stripped kernel the entries hold distances, or addresses, and no symbol is left.
TEST(exports_of_a_stripped_kernel)
{
    const char *names[] = {"module", "old"};
    for (size_t i = 0; i < 2; i++) {
        CHECK(recipe_run("ld -o kernel %s.o -e alpha --unresolved-symbols=ignore-all && "
                         "strip kernel",
                         names[i]));
        struct object object = object_read("kernel");
        const struct cor_component *component = object.component;
        CHECK(component->kind == COR_KIND_KERNEL && component->has_export_table);
        CHECK(component->defined_table == COR_TABLE_NONE && component->exports.count == 2);
        const struct cor_export *alpha = exported(&object, "alpha");
        const struct cor_export *beta = exported(&object, "beta");
        CHECK(alpha && !alpha->gpl_only && !alpha->namespace_ && beta);
        CHECK(beta && beta->gpl_only == (i == 0));
        CHECK_TEXT(beta ? beta->namespace_ : "", i == 0 ? "PRIVATE_NS" : NULL);
        CHECK(alpha && alpha->has_crc == (i == 0) && alpha->crc == (i == 0 ? 0x11223344 : 0));
        object_end(&object);
    }
}

TEST(versions_of_symbols)
{
    struct object object = object_read("module.o");
    const struct cor_component *component = object.component;
    const struct cor_export *beta = exported(&object, "beta");
    CHECK(beta && beta->has_crc && beta->crc == 0x55667788);
    CHECK(component->imports.count == 2);
    CHECK_TEXT(component->imports.items[0].name->text, "module_layout");
    CHECK_TEXT(component->imports.items[1].name->text, "puts_k");
    CHECK(component->imports.items[1].crc == 0xabcdef01);
    object_end(&object);
}

TEST(a_kernel_tells_its_release)
{
    CHECK(recipe_write("banner.s",
                       ".globl linux_banner\n.section .rodata\n.ascii \"Linux version x\"\n"
                       "linux_banner: .asciz \"Linux version 6.1.0-9-amd64 (a@b) #1 SMP\"\n"
                       ".text\n.globl _start\n_start: ret\n"));
    CHECK(recipe_run("as -o banner.o banner.s && ld -o banner banner.o"));
    struct object object = object_read("banner"), none = object_read("module.o");
    CHECK_TEXT(object.component->kernel_release, "6.1.0-9-amd64");
    CHECK_TEXT(none.component->kernel_release, NULL);
    object_end(&object);
    object_end(&none);
}

TEST(module_information)
{
    struct object object = object_read("module.o");
    const struct cor_component *component = object.component;
    CHECK_TEXT(component->licence, "PROPRIETARY and GPL v2");
    CHECK_TEXT(component->licence_where, ".modinfo");
    CHECK_TEXT(cor_component_modinfo(component, "depends"), "other");
    CHECK_TEXT(cor_component_modinfo(component, "part.license"), "GPL");
    CHECK_TEXT(cor_component_modinfo(component, "flag"), "");
    CHECK(component->modinfo.count == 6);
    object_end(&object);
    object = object_read("esxi.o");
    CHECK(object.component->kind == COR_KIND_KERNEL_MODULE);
    CHECK_TEXT(object.component->licence, "ThirdParty:VMware Proprietary");
    CHECK_TEXT(object.component->licence_where, ".vmkmodinfo");
    CHECK(!object.component->has_export_table);
    object_end(&object);
}

TEST(a_signature_behind_the_module_is_fine)
{
    CHECK(recipe_run("{ cat module.o; printf '~Module signature appended~\\n'; } >signed.ko"));
    check_module("signed.ko");
}

static const struct cor_reference *at(const struct found *found, const char *section,
                                      uint64_t offset)
{
    for (size_t i = 0; i < found->list.items.count; i++)
        if (strcmp(found->list.items.items[i].section, section) == 0 &&
            found->list.items.items[i].offset == offset)
            return &found->list.items.items[i];
    return NULL;
}

TEST(enclosing_functions)
{
    struct object object = object_read("edges.o");
    struct found found = object_references(&object);
    const struct cor_reference *label = at(&found, ".text", 1), *inner = at(&found, ".text", 9);
    const struct cor_reference *twin = at(&found, ".text", 15);
    const struct cor_reference *endless = at(&found, ".text", 21);
    CHECK_TEXT(label ? label->function : "", "plain_label");
    CHECK_TEXT(inner ? inner->function : "", "sized");
    CHECK_TEXT(twin ? twin->function : "", "twin_b"); // the global one of two names
    CHECK_TEXT(endless ? endless->function : "", "endless");
    CHECK(endless && strncmp(endless->instruction, "call", 4) == 0);
    // The byte 06 is no instruction in 64-bit code: it is stepped over.
    const struct cor_reference *other = at(&found, ".text.other", 2);
    CHECK(other && other->kind == COR_REFKIND_CALL);
    CHECK_TEXT(other ? other->function : "", NULL);
    CHECK_TEXT(other ? other->bytes : "", "e800000000");
    const struct cor_reference *data = at(&found, ".data", 0);
    CHECK(data && data->kind == COR_REFKIND_DATA && data->addend == 16);
    CHECK(!at(&found, ".debug_x", 0));
    found_end(&found);
    object_end(&object);
}

TEST(odd_symbols)
{
    struct object object = object_read("edges.o");
    const struct cor_symbol *abs = object_defined(&object, "abs_fn");
    const struct cor_symbol *common = object_defined(&object, "shared_block");
    const struct cor_symbol *label = object_defined(&object, "plain_label");
    const struct cor_symbol *soft = object_undefined(&object, "soft");
    CHECK(abs && abs->type == COR_SYMBOL_FUNCTION && abs->section == COR_NONE);
    CHECK(abs && abs->address == 0x1000);
    CHECK(common && common->type == COR_SYMBOL_COMMON && common->size == 64);
    CHECK(label && label->type == COR_SYMBOL_NOTYPE);
    CHECK(soft && soft->binding == COR_BIND_WEAK);
    CHECK(object_functions(&object) ==
          recipe_number("readelf -Ws edges.o | awk '$4 == \"FUNC\" && $7 != \"UND\"' | wc -l"));
    CHECK(object.component->relocation_rows ==
          recipe_number("readelf -Wr edges.o | grep -cE '^[0-9a-f]{16} '"));
    object_end(&object);
}

// More sections than 16 bits can number: .symtab_shndx, e_shnum 0, e_shstrndx SHN_XINDEX.
TEST(more_sections_than_numbers)
{
    CHECK(recipe_write("many.s",
                       ".altmacro\n.macro one n\n.section .text.f\\n,\"ax\"\n.globl f\\n\n"
                       ".type f\\n, @function\nf\\n: call needed\nret\n.size f\\n, 6\n.endm\n"
                       ".set i, 0\n.rept 33500\none %i\n.set i, i+1\n.endr\n"));
    if (!CHECK(recipe_run("as --64 -o many.o many.s")))
        return;
    struct object object = object_read("many.o");
    const struct cor_component *component = object.component;
    CHECK(component->sections.count > 65536 && component->damage == NULL);
    CHECK(component->sections.count ==
          recipe_number("readelf -Wh many.o 2>/dev/null | sed -n 's/.*section "
                        "headers:.*(\\([0-9]*\\))/\\1/p'"));
    CHECK(object_functions(&object) == 33500 && component->relocation_rows == 33500);
    const struct cor_symbol *last = object_defined(&object, "f33499");
    CHECK(last && last->section > 65000);
    CHECK_TEXT(last ? component->sections.items[last->section] : "", ".text.f33499");
    struct found found = object_references(&object);
    if (CHECK(found.list.items.count == 33500))
        CHECK_TEXT(found.list.items.items[0].function, "f0");
    found_end(&found);
    object_end(&object);
}

TEST_CASES(CASE(objects_are_assembled), CASE(exports_of_a_module),
           CASE(exports_of_older_and_unlinked_modules), CASE(exports_of_a_stripped_kernel),
           CASE(module_information), CASE(versions_of_symbols), CASE(a_kernel_tells_its_release),
           CASE(a_signature_behind_the_module_is_fine), CASE(enclosing_functions),
           CASE(odd_symbols), CASE(more_sections_than_numbers))
