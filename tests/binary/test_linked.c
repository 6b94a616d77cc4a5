// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Linked objects: versions, dynamic facts, kinds, files without section headers, debug files.
#include "harness.h"

#include <elf.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "binary/debug.h"
#include "binary/elf.h"
#include "recipe.h"

static const char library[] = "int old_f(void) { return 1; }\n"
                              "int new_f(void) { return 2; }\n"
                              "__asm__(\".symver old_f,f@V1\");\n"
                              "__asm__(\".symver new_f,f@@V2\");\n"
                              "int g(int a) { return a + 1; }\n"
                              "static int inner(int a) { return a * 3; }\n"
                              "static void *pick(void) { return inner; }\n"
                              "int h(int) __attribute__((ifunc(\"pick\")));\n"
                              "__thread int tls_v = 4; int data_v = 5; int bss_v;\n";

static const char user[] =
    "#include <stdio.h>\n"
    "extern int f(void), g(int); extern int data_v; extern __thread int tls_v;\n"
    "extern int maybe(void) __attribute__((weak));\n"
    "static int local_one(int a) { return g(a); }\n"
    "int main(void) { printf(\"%d\", f() + local_one(data_v) + tls_v);"
    " return maybe ? maybe() : 0; }\n";

static void end(void)
{
    recipe_end();
}

TEST(objects_are_linked)
{
    recipe_begin();
    atexit(end);
    CHECK(recipe_write("lib.c", library) && recipe_write("user.c", user));
    CHECK(recipe_write("lib.map", "V1 { global: f; local: old_f; };\n"
                                  "V2 { global: f; g; h; tls_v; data_v; bss_v; local: *; } V1;\n"));
    CHECK(recipe_run("gcc -O1 -fPIC -shared -Wl,--version-script=lib.map -Wl,-soname,libx.so.1 "
                     "-Wl,--build-id=sha1 -o libx.so lib.c"));
    CHECK(recipe_run("gcc -O1 -fPIE -pie -Wl,-rpath,/opt/x -Wl,--enable-new-dtags -Wl,--build-id "
                     "-o user user.c ./libx.so"));
    CHECK(recipe_run("gcc -O1 -fno-pie -no-pie -Wl,-rpath,/opt/x -Wl,--disable-new-dtags "
                     "-o user-old user.c ./libx.so"));
    CHECK(recipe_run("strip -o user.stripped user && strip -o libx.stripped libx.so"));
    CHECK(recipe_run("objcopy --only-keep-debug user user.debug && cp user.stripped user.linked && "
                     "objcopy --add-gnu-debuglink=user.debug user.linked"));
}

// "name@VERSION" lines, as nm prints them.
static void check_undefined(const char *name, const char *nm)
{
    struct cor_buffer got;
    struct object object = object_read(name);
    cor_buffer_init(&got, 1 << 20);
    CHECK(object.status == COR_OK);
    for (size_t i = 0; i < object.component->undefined.count; i++) {
        const struct cor_symbol *symbol = &object.component->undefined.items[i];
        CHECK(cor_buffer_printf(&got, "%s%s%s\n", symbol->name->text, symbol->version ? "@" : "",
                                symbol->version ? symbol->version : "") == COR_OK);
        CHECK(symbol->section == COR_NONE && !symbol->exported);
    }
    CHECK(recipe_write("got", cor_buffer_slice(&got).data));
    char *difference =
        recipe_output("%s %s | awk '{print $2}' | sort >expected; test -s expected || echo empty; "
                      "sort got | diff - expected",
                      nm, name);
    CHECK_TEXT(difference, "");
    free(difference);
    cor_buffer_dispose(&got);
    object_end(&object);
}

TEST(undefined_rows_carry_versions)
{
    check_undefined("user", "nm -u");
    check_undefined("libx.so", "nm -u");
    check_undefined("user.stripped", "nm -D -u");
    check_undefined("libx.stripped", "nm -D -u");
}

TEST(functions_of_a_library)
{
    struct object object = object_read("libx.so");
    const struct cor_component *component = object.component;
    CHECK(object_functions(&object) ==
          recipe_number("readelf -Ws libx.so | awk '/.symtab/{s=1} s && $4 ~ /FUNC/ && !/ UND /' "
                        "| wc -l"));
    const struct cor_symbol *g = object_defined(&object, "g"), *f = object_defined(&object, "f");
    const struct cor_symbol *h = object_defined(&object, "h");
    const struct cor_symbol *inner = object_defined(&object, "inner");
    const struct cor_symbol *tls = object_defined(&object, "tls_v");
    CHECK(g && g->exported && g->type == COR_SYMBOL_FUNCTION);
    CHECK(f && f->version && f[1].name == f->name && f[1].version);
    CHECK_TEXT(f[0].row < f[1].row ? "in row order" : "", "in row order");
    CHECK(h && h->type == COR_SYMBOL_IFUNC && tls && tls->type == COR_SYMBOL_TLS);
    CHECK(inner && !inner->exported && inner->binding == COR_BIND_LOCAL);
    CHECK_TEXT(component->files.items[inner->file], "lib.c");
    CHECK_TEXT(component->sections.items[g->section], ".text");
    CHECK(
        component->dynamic.count ==
        recipe_number("readelf -W --dyn-syms libx.so | awk '$1 ~ /^[0-9]+:$/ && NF >= 8' | wc -l"));
    object_end(&object);
}

TEST(what_the_loader_reads)
{
    struct object library_ = object_read("libx.so"), new_ = object_read("user");
    struct object old = object_read("user-old");
    const struct cor_component *component = new_.component;
    CHECK_TEXT(library_.component->soname, "libx.so.1");
    CHECK_TEXT(component->soname, NULL);
    CHECK(component->needed.count == 2);
    CHECK_TEXT(component->needed.items[0], "libx.so.1");
    CHECK_TEXT(component->runpath, "/opt/x");
    CHECK_TEXT(component->rpath, NULL);
    CHECK_TEXT(old.component->rpath, "/opt/x");
    CHECK(component->interpreter && strstr(component->interpreter, "ld-linux") != NULL);
    CHECK(strncmp(component->compiler, "GCC: ", 5) == 0);
    char *id = recipe_output("readelf -n user | awk '/Build ID/{printf \"%%s\", $3}'");
    CHECK_TEXT(component->build_id, id);
    free(id);
    CHECK(component->relocation_rows ==
          recipe_number("readelf -Wr user | grep -cE '^[0-9a-f]{8,} '"));
    object_end(&library_);
    object_end(&new_);
    object_end(&old);
}

static void check_kind(const char *name, enum cor_kind kind)
{
    struct object object = object_read(name);
    CHECK(object.status == COR_OK);
    CHECK_TEXT(cor_kind_word(object.component->kind), cor_kind_word(kind));
    object_end(&object);
}

TEST(kinds_by_the_file_alone)
{
    CHECK(recipe_write("tiny.c", "int main(void) { return 0; }\n"));
    CHECK(recipe_run("gcc -static -o static tiny.c && gcc -static-pie -o static-pie tiny.c && "
                     "gcc -r -o partial.o tiny.c"));
    CHECK(recipe_write("k.c", "const char linux_banner[] = \"Linux version 1\";\n"
                              "void _start(void) {}\n"));
    CHECK(recipe_run("gcc -nostdlib -static -o vmlinux k.c"));
    check_kind("user", COR_KIND_EXECUTABLE);
    check_kind("user.stripped", COR_KIND_EXECUTABLE);
    check_kind("user-old", COR_KIND_EXECUTABLE);
    check_kind("static", COR_KIND_EXECUTABLE);
    check_kind("static-pie", COR_KIND_EXECUTABLE);
    check_kind("libx.so", COR_KIND_SHARED_OBJECT);
    check_kind("libx.stripped", COR_KIND_SHARED_OBJECT);
    check_kind("partial.o", COR_KIND_RELOCATABLE);
    check_kind("vmlinux", COR_KIND_KERNEL);
}

TEST(kinds_that_are_not_judged)
{
    size_t size;
    char *bytes = recipe_bytes("user", &size);
    uint16_t core = ET_CORE;
    CHECK(bytes != NULL);
    memcpy(bytes + offsetof(Elf64_Ehdr, e_type), &core, sizeof core);
    struct object object = object_of(bytes, size);
    CHECK(object.component->kind == COR_KIND_UNSUPPORTED);
    CHECK_TEXT(object.component->unsupported, "core file");
    object_end(&object);
    free(bytes);
    CHECK(recipe_run("gcc -O1 -flto -c -o slim.o user.c && "
                     "gcc -O1 -flto -ffat-lto-objects -c -o fat.o user.c"));
    object = object_read("slim.o");
    CHECK(object.component->kind == COR_KIND_UNSUPPORTED && object.component->unsupported);
    object_end(&object);
    object = object_read("fat.o");
    CHECK(object.component->kind == COR_KIND_RELOCATABLE && !object.component->unsupported);
    object_end(&object);
}

static void cut_headers(const char *name, const char *cut)
{
    size_t size;
    char *bytes = recipe_bytes(name, &size);
    CHECK(bytes != NULL);
    memset(bytes + offsetof(Elf64_Ehdr, e_shoff), 0, 8);
    memset(bytes + offsetof(Elf64_Ehdr, e_shnum), 0, 4);
    CHECK(recipe_write_bytes(cut, bytes, size));
    free(bytes);
}

static size_t count_rows(const struct found *found)
{
    size_t count = 0;
    for (size_t i = 0; i < found->list.items.count; i++)
        count += strncmp(found->list.items.items[i].type, "R_", 2) == 0;
    return count;
}

static void check_headless(const char *flags)
{
    CHECK(recipe_run("gcc -O1 -fPIC -shared %s -Wl,--version-script=lib.map -Wl,-soname,liby.so "
                     "-o liby.so lib.c && strip liby.so && gcc -O1 -pie -fPIE %s -o usery user.c "
                     "./libx.so && strip usery",
                     flags, flags));
    const char *names[] = {"liby.so", "usery"};
    for (size_t i = 0; i < 2; i++) {
        cut_headers(names[i], "headless");
        struct object whole = object_read(names[i]), cut = object_read("headless");
        const struct cor_component *a = whole.component, *b = cut.component;
        CHECK(cut.status == COR_OK && b->sections.count == 0 && b->kind == a->kind);
        CHECK_TEXT(b->damage, NULL);
        CHECK_TEXT(b->soname, a->soname);
        CHECK_TEXT(b->build_id, a->build_id);
        CHECK(b->undefined.count == a->undefined.count && a->undefined.count > 2);
        CHECK(b->defined.count == a->defined.count && b->needed.count == a->needed.count);
        CHECK(b->undefined_table == COR_TABLE_DYNSYM && b->defined_table == COR_TABLE_NONE);
        CHECK(b->relocation_rows == a->relocation_rows && b->relocation_rows > 4);
        for (size_t k = 0; k < b->undefined.count && k < a->undefined.count; k++) {
            CHECK_TEXT(b->undefined.items[k].name->text, a->undefined.items[k].name->text);
            CHECK_TEXT(b->undefined.items[k].version, a->undefined.items[k].version);
        }
        struct found found = object_references(&cut), all = object_references(&whole);
        CHECK(count_rows(&found) == count_rows(&all) && count_rows(&found) > 2);
        found_end(&found);
        found_end(&all);
        object_end(&whole);
        object_end(&cut);
    }
}

TEST(files_without_section_headers)
{
    check_headless("-Wl,--hash-style=gnu");
    check_headless("-Wl,--hash-style=sysv");
}

TEST(rows_of_a_linked_program)
{
    struct object object = object_read("user");
    struct found found = object_references(&object);
    size_t rows = 0;
    CHECK(found.status == COR_OK);
    for (size_t i = 0; i < found.list.items.count; i++) {
        const struct cor_reference *reference = &found.list.items.items[i];
        CHECK(reference->section[0] == '.');
        if (strncmp(reference->type, "R_", 2) != 0)
            continue;
        CHECK(reference->kind == COR_REFKIND_DATA && !reference->function);
        rows++;
    }
    CHECK(rows == recipe_number("nm -D -u user | sed 's/.* //' >names; readelf -Wr user | "
                                "awk '{ print $5 }' | grep -cxFf names"));
    found_end(&found);
    object_end(&object);
}

// objdump names the stubs; what it calls a call of "f@plt" must be found, and nothing else.
static void check_calls(const char *name)
{
    struct cor_buffer got;
    struct object object = object_read(name);
    struct found found = object_references(&object);
    cor_buffer_init(&got, 1 << 20);
    CHECK(found.status == COR_OK);
    for (size_t i = 0; i < found.list.items.count; i++) {
        const struct cor_reference *reference = &found.list.items.items[i];
        if (strcmp(reference->type, "PLT") == 0)
            CHECK(cor_buffer_printf(&got, "%llx %s %s %s\n", (unsigned long long)reference->offset,
                                    reference->name->text, cor_refkind_word(reference->kind),
                                    reference->function ? reference->function : "") == COR_OK);
    }
    CHECK(recipe_write("got", cor_buffer_slice(&got).data));
    char *difference = recipe_output(
        "nm -D -u %s | awk '{ sub(/@.*/, \"\", $2); print $2 }' >names; "
        "objdump -d --no-show-raw-insn %s | awk '"
        "BEGIN { while ((getline line <\"names\") > 0) wanted[line] = 1 }"
        "/^[0-9a-f]+ <.*>:$/ { fn = $2; gsub(/[<>:]/, \"\", fn) }"
        "/@plt>$/ { at = $1; sub(/:/, \"\", at); name = $NF; sub(/@plt>/, \"\", name); "
        "sub(/</, \"\", name); if (name in wanted) "
        "print at, name, ($2 ~ /^(call|bl)$/ ? \"call\" : \"tail-call\"), fn }' | "
        "sort >expected; test -s expected || echo empty; sort got | diff - expected",
        name, name);
    CHECK_TEXT(difference, "");
    free(difference);
    cor_buffer_dispose(&got);
    found_end(&found);
    object_end(&object);
}

TEST(calls_through_stubs)
{
    CHECK(recipe_write("calls.c",
                       "extern int puts(const char *), abs(int); extern void abort(void);\n"
                       "int one(int a) { if (a) abort(); return abs(puts(\"x\")); }\n"
                       "int two(void) { return puts(\"y\"); }\n"
                       "int main(void) { return one(0) + two(); }\n"));
    CHECK(recipe_run(
        "gcc -O2 -fno-builtin -o calls calls.c && "
        "gcc -O2 -fno-builtin -fcf-protection=full -Wl,-z,ibtplt -no-pie -fno-pie "
        "-o calls-ibt calls.c && gcc -O2 -fno-builtin -fno-plt -Wl,-z,now -o calls-noplt "
        "calls.c"));
    check_calls("calls");
    check_calls("calls-ibt");
    struct object object = object_read("calls-noplt");
    struct found found = object_references(&object);
    size_t calls = 0, jumps = 0;
    for (size_t i = 0; i < found.list.items.count; i++) {
        const struct cor_reference *reference = &found.list.items.items[i];
        if (strcmp(reference->type, "GOT") != 0 || strcmp(reference->name->text, "puts") != 0)
            continue;
        calls += reference->kind == COR_REFKIND_CALL;
        jumps += reference->kind == COR_REFKIND_TAIL_CALL;
        CHECK(reference->function && reference->instruction && reference->bytes);
    }
    CHECK(calls >= 1 && calls + jumps >= 2);
    found_end(&found);
    object_end(&object);
}

// A processor without a linker at hand would be left out; two are tried.
TEST(calls_through_stubs_of_other_processors)
{
    const struct {
        const char *name, *compile;
    } targets[] = {
        {"calls32", "gcc -m32 -O2 -fno-builtin -fPIC -nostdlib -shared -Wl,-z,undefs"},
        {"calls64",
         "clang --target=aarch64-linux-gnu -fuse-ld=lld -O2 -fno-builtin -fPIC -nostdlib "
         "-shared"},
    };
    for (size_t i = 0; i < 2; i++) {
        if (recipe_run("%s -o %s calls.c", targets[i].compile, targets[i].name))
            check_calls(targets[i].name);
        else
            printf("# skipped: no linker for %s\n", targets[i].name);
    }
}

TEST(a_debug_file_gives_back_the_symbols)
{
    const char *names[] = {"user.stripped", "user.linked"};
    for (size_t i = 0; i < 2; i++) {
        struct object whole = object_read("user"), stripped = object_read(names[i]);
        size_t size;
        char *bytes = recipe_bytes("user.debug", &size);
        struct cor_component *debug = cor_component_new();
        CHECK(cor_elf_read(debug, stripped.names, bytes, size, NULL) == COR_OK);
        if (i == 1) // only the name and the checksum can tell
            debug->build_id = NULL;
        CHECK(stripped.component->defined_table == COR_TABLE_NONE);
        CHECK(cor_debug_fits(stripped.component, debug, "user.debug", bytes, size));
        CHECK(!cor_debug_fits(stripped.component, debug, "other", bytes, size) || i == 0);
        CHECK(i == 0 || !cor_debug_fits(stripped.component, debug, "user.debug", bytes, size - 1));
        CHECK(cor_debug_join(stripped.component, debug) == COR_OK);
        CHECK(cor_debug_join(stripped.component, debug) == COR_NOT_FOUND);
        CHECK(stripped.component->defined_table == COR_TABLE_SYMTAB);
        CHECK(object_functions(&stripped) == object_functions(&whole));
        CHECK(stripped.component->undefined.count == whole.component->undefined.count);
        CHECK(stripped.component->dynamic.count == whole.component->dynamic.count);
        const struct cor_symbol *main_ = object_defined(&stripped, "main");
        CHECK(main_ != NULL);
        CHECK_TEXT(stripped.component->sections.items[main_->section], ".text");
        free(bytes);
        cor_component_free(debug);
        object_end(&whole);
        object_end(&stripped);
    }
}

TEST(a_foreign_debug_file_does_not_fit)
{
    struct object stripped = object_read("user.stripped"), other = object_read("libx.so");
    CHECK(!cor_debug_fits(stripped.component, other.component, "user.debug", other.bytes,
                          other.size));
    object_end(&stripped);
    object_end(&other);
}

TEST_CASES(CASE(objects_are_linked), CASE(undefined_rows_carry_versions),
           CASE(functions_of_a_library), CASE(what_the_loader_reads), CASE(kinds_by_the_file_alone),
           CASE(kinds_that_are_not_judged), CASE(files_without_section_headers),
           CASE(rows_of_a_linked_program), CASE(calls_through_stubs),
           CASE(calls_through_stubs_of_other_processors), CASE(a_debug_file_gives_back_the_symbols),
           CASE(a_foreign_debug_file_does_not_fit))
