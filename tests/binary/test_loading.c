// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the loader goes by: whose version a need is of, copied data, libraries loaded by name.
#include "harness.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "binary/elf.h"
#include "recipe.h"

static const char library[] = "int old_f(void) { return 1; }\n"
                              "int new_f(void) { return 2; }\n"
                              "__asm__(\".symver old_f,f@V1\");\n"
                              "__asm__(\".symver new_f,f@@V2\");\n"
                              "int first(void) { return 3; }\n"
                              "int data_v = 5;\n"
                              "extern int other_name __attribute__((weak, alias(\"data_v\")));\n";

static const char user[] = "#include <dlfcn.h>\n#include <stdio.h>\n"
                           "extern int f(void), first(void), plain(void); extern int other_name;\n"
                           "int main(int n, char **v) {\n"
                           " void *a = dlopen(\"libnamed.so.3\", RTLD_NOW);\n"
                           " void *b = dlopen(n > 1 ? v[1] : \"/opt/x/plugin.so\", RTLD_NOW);\n"
                           " printf(\"%s.so\", a == b ? \"not.so.much\" : \"n\");\n"
                           " return f() + first() + plain() + other_name; }\n";

static void end(void)
{
    recipe_end();
}

TEST(objects_are_linked)
{
    recipe_begin();
    atexit(end);
    CHECK(recipe_write("lib.c", library) && recipe_write("user.c", user));
    CHECK(recipe_write("plain.c", "int plain(void) { return 9; }\n"));
    CHECK(recipe_write("lib.map", "V1 { global: f; first; local: old_f; };\n"
                                  "V2 { global: f; data_v; other_name; local: *; } V1;\n"));
    CHECK(recipe_run("gcc -O1 -fPIC -shared -Wl,--version-script=lib.map -Wl,-soname,libx.so.1 "
                     "-o libx.so lib.c"));
    CHECK(recipe_run("gcc -O1 -fPIC -shared -Wl,-soname,liby.so -o liby.so plain.c"));
    CHECK(recipe_run("gcc -O1 -fno-pie -no-pie -o user user.c ./libx.so ./liby.so"));
    CHECK(recipe_run("strip -o user.stripped user && strip -o libx.stripped libx.so"));
    CHECK(recipe_run("objcopy --only-keep-debug user user.debug"));
}

static void check_needs(const char *file)
{
    struct object object = object_read(file);
    const struct cor_symbol *f = object_undefined(&object, "f");
    const struct cor_symbol *plain = object_undefined(&object, "plain");
    const struct cor_symbol *print = object_undefined(&object, "printf");
    CHECK(f && plain && print);
    CHECK_TEXT(f->from, "libx.so.1");
    CHECK_TEXT(f->version, "V2");
    CHECK_TEXT(plain->from, NULL);
    CHECK_TEXT(plain->version, NULL);
    CHECK_TEXT(print->from, "libc.so.6");
    object_end(&object);
}

TEST(needs_tell_whose_version_they_are)
{
    check_needs("user");
    check_needs("user.stripped");
}

static const struct cor_symbol *dynamic_row(const struct object *object, const char *name,
                                            const char *version)
{
    const struct cor_component *component = object->component;
    bool full = component->dynamic.count > 0;
    size_t count = full ? component->dynamic.count : component->defined.count;
    const struct cor_symbol *rows = full ? component->dynamic.items : component->defined.items;
    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].name->text, name) == 0 && rows[i].exported &&
            (!version || strcmp(rows[i].version, version) == 0))
            return &rows[i];
    return NULL;
}

static void check_definitions(const char *file)
{
    struct object object = object_read(file);
    const struct cor_symbol *old = dynamic_row(&object, "f", "V1");
    const struct cor_symbol *new_ = dynamic_row(&object, "f", "V2");
    const struct cor_symbol *first = dynamic_row(&object, "first", "V1");
    CHECK(old && new_ && first);
    CHECK(old->old_version && !new_->old_version && !first->old_version);
    CHECK(old->first_version && first->first_version && !new_->first_version);
    CHECK(!old->from && !new_->from);
    object_end(&object);
}

TEST(definitions_tell_the_default_version)
{
    check_definitions("libx.so");
    check_definitions("libx.stripped");
}

static void check_copies(const char *file)
{
    struct object object = object_read(file);
    const struct cor_symbol *data = dynamic_row(&object, "data_v", NULL);
    const struct cor_symbol *other = dynamic_row(&object, "other_name", NULL);
    CHECK(data && data->copied && other && other->copied);
    object_end(&object);
}

TEST(copied_data_is_told)
{
    check_copies("user");
    check_copies("user.stripped");
    struct object library_ = object_read("libx.so");
    const struct cor_symbol *data = dynamic_row(&library_, "data_v", NULL);
    CHECK(data && !data->copied);
    object_end(&library_);
}

TEST(libraries_loaded_by_name)
{
    struct object object = object_read("user"), other = object_read("libx.so");
    CHECK(object.component->loads.count == 2);
    // Where the compiler puts them is its affair.
    size_t named = strcmp(object.component->loads.items[0], "libnamed.so.3") != 0;
    CHECK_TEXT(object.component->loads.items[named], "libnamed.so.3");
    CHECK_TEXT(object.component->loads.items[1 - named], "/opt/x/plugin.so");
    CHECK(other.component->loads.count == 0);
    object_end(&object);
    object_end(&other);
}

TEST(allocations_may_fail)
{
    size_t size;
    char *bytes = recipe_bytes("user", &size);
    enum cor_status status = COR_NOMEM;
    for (long i = 0; status == COR_NOMEM && i < 4000; i++) {
        struct cor_names *names = cor_names_new();
        struct cor_component *component = cor_component_new();
        cor_alloc_fail_after(i);
        status = cor_elf_read(component, names, bytes, size, NULL);
        cor_alloc_fail_after(-1);
        cor_component_free(component);
        cor_names_free(names);
    }
    CHECK(status == COR_OK);
    free(bytes);
}

TEST_CASES(CASE(objects_are_linked), CASE(needs_tell_whose_version_they_are),
           CASE(definitions_tell_the_default_version), CASE(copied_data_is_told),
           CASE(libraries_loaded_by_name), CASE(allocations_may_fail))
