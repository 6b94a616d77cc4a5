// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The ELF loader's rules, on products made by hand.
#include "linked.h"

#include "base/alloc.h"

static struct made made;
static struct cor_links links;

static void resolve(void)
{
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
}

static void done(void)
{
    cor_links_dispose(&links);
    made_free(&made);
}

TEST(needed_libraries_are_searched_breadth_first)
{
    made = made_new();
    struct cor_component *user = made_program(&made, "p/a");
    struct cor_component *deep = made_library(&made, "p/l/liba.so", "liba.so", "own");
    made_library(&made, "p/l/libb.so", "libb.so", "f");
    made_library(&made, "p/l/libdeep.so", "libdeep.so", "f");
    made_needed(user, "liba.so");
    made_needed(user, "libb.so");
    made_needed(deep, "libdeep.so");
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/l/libb.so");
    CHECK_TEXT(nth_path(&made, &links, user, 0, 1), NULL);
    done();
}

TEST(a_version_names_the_library_that_is_missing)
{
    made = made_new();
    struct cor_component *user = made_program(&made, "p/a");
    made_needed(user, "libc.so.6");
    made_needed(user, "libm.so.6");
    made_need(&made, user, "any", COR_BIND_GLOBAL);
    made_need(&made, user, "puts", COR_BIND_GLOBAL);
    user->undefined.items[1].version = "GLIBC_2.2.5";
    user->undefined.items[1].from = "libc.so.6";
    resolve();
    CHECK_TEXT(missing_of(&links, user, 0), "libc.so.6, libm.so.6 not given");
    CHECK_TEXT(missing_of(&links, user, 1), "libc.so.6 not given");
    done();
}

TEST(a_library_given_in_its_place_is_believed)
{
    made = made_new();
    struct cor_component *user = made_program(&made, "p/a");
    made_library(&made, "p/libx.so", "libx.so", "other");
    made_needed(user, "libx.so");
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    user->undefined.items[0].version = "V1";
    user->undefined.items[0].from = "libx.so";
    resolve();
    CHECK_TEXT(missing_of(&links, user, 0), NULL);
    done();
}

TEST(folders_decide_among_namesakes)
{
    made = made_new();
    struct cor_component *origin = made_program(&made, "p/opt/x/bin/origin");
    struct cor_component *rpath = made_program(&made, "p/opt/x/bin/rpath");
    struct cor_component *other_tree = made_library(&made, "p/other/usr/lib/l.so", "l.so", "f");
    struct cor_component *mine = made_library(&made, "p/opt/x/lib/l.so", "l.so", "f");
    struct cor_component *plain = made_program(&made, "p/usr/bin/plain");
    struct cor_component *multi =
        made_library(&made, "p/usr/lib/x86_64-linux-gnu/l.so", "l.so", "f");
    struct cor_component *users[] = {origin, rpath, plain};
    origin->runpath = "/nowhere:$ORIGIN/../lib";
    rpath->rpath = "/opt/x/./lib";
    for (size_t i = 0; i < 3; i++) {
        made_needed(users[i], "l.so");
        made_need(&made, users[i], "f", COR_BIND_GLOBAL);
    }
    resolve();
    CHECK_TEXT(nth_path(&made, &links, origin, 0, 0), mine->path);
    CHECK_TEXT(nth_path(&made, &links, rpath, 0, 0), mine->path);
    CHECK_TEXT(nth_path(&made, &links, plain, 0, 0), multi->path);
    CHECK(other_tree->id);
    done();
}

TEST(rpath_of_the_program_serves_its_libraries)
{
    made = made_new();
    struct cor_component *user = made_program(&made, "p/bin/a");
    struct cor_component *first = made_library(&made, "p/lib/l1.so", "l1.so", "own");
    made_library(&made, "p/lib/l2.so", "l2.so", "f");
    made_library(&made, "p/private/l2.so", "l2.so", "f");
    made_needed(user, "l1.so");
    made_needed(first, "l2.so");
    made_need(&made, first, "f", COR_BIND_GLOBAL);
    user->rpath = "/private";
    resolve();
    CHECK_TEXT(nth_path(&made, &links, first, 0, 0), "p/private/l2.so");
    cor_links_dispose(&links);
    // DT_RUNPATH serves its own component alone, and hides DT_RPATH.
    user->runpath = "/private";
    resolve();
    CHECK_TEXT(nth_path(&made, &links, first, 0, 0), "p/lib/l2.so");
    done();
}

TEST(needs_without_version_take_the_default)
{
    made = made_new();
    struct cor_component *user = made_program(&made, "p/a");
    struct cor_component *lib = made_library(&made, "p/l.so", "l.so", "f");
    made_function(&made, lib, "f", COR_BIND_GLOBAL);
    made_function(&made, lib, "old", COR_BIND_GLOBAL);
    struct cor_symbol *rows = lib->defined.items;
    rows[0].version = "V2", rows[0].old_version = true;
    rows[1].version = "V3";
    rows[2].version = "V2", rows[2].old_version = true;
    made_needed(user, "l.so");
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    made_need(&made, user, "old", COR_BIND_GLOBAL);
    user->undefined.items[1].version = "V2";
    resolve();
    const struct cor_resolution *list = links.components[0].resolutions;
    CHECK(list[0].count == 1 && links.providers.items[list[0].first].symbol == 1);
    CHECK(list[1].count == 1 && links.providers.items[list[1].first].symbol == 0);
    CHECK(list[2].count == 0);
    cor_links_dispose(&links);
    // The first version of all is what programs from before versions are bound to.
    rows[2].first_version = true;
    resolve();
    CHECK(links.components[0].resolutions[2].count == 1);
    done();
}

TEST(copied_data_is_its_librarys)
{
    made = made_new();
    struct cor_component *copier = made_program(&made, "p/a");
    struct cor_component *user = made_library(&made, "p/l1.so", "l1.so", "own");
    made_library(&made, "p/l2.so", "l2.so", "data");
    copier->defined_table = COR_TABLE_NONE;
    struct cor_symbol *copy = made_function(&made, copier, "data", COR_BIND_GLOBAL);
    copy->exported = true;
    made_needed(copier, "l1.so");
    made_needed(copier, "l2.so");
    made_need(&made, user, "data", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/a");
    cor_links_dispose(&links);
    copy->copied = true;
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/l2.so");
    done();
}

TEST(a_library_has_the_scopes_of_all_its_programs)
{
    made = made_new();
    struct cor_component *a = made_program(&made, "p/a"), *b = made_program(&made, "p/b");
    struct cor_component *user = made_library(&made, "p/l.so", "l.so", "own");
    a->defined_table = b->defined_table = COR_TABLE_NONE;
    made_function(&made, a, "callback", COR_BIND_GLOBAL)->exported = true;
    made_function(&made, b, "callback", COR_BIND_GLOBAL)->exported = true;
    made_needed(a, "l.so");
    made_needed(b, "l.so");
    made_need(&made, user, "callback", COR_BIND_GLOBAL);
    made_need(&made, user, "nowhere", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/a");
    CHECK_TEXT(nth_path(&made, &links, user, 0, 1), "p/b");
    CHECK_TEXT(nth_path(&made, &links, user, 0, 2), NULL);
    CHECK_TEXT(missing_of(&links, user, 1), NULL);
    done();
}

TEST(libraries_may_be_loaded_by_name)
{
    made = made_new();
    struct cor_component *program = made_program(&made, "p/a");
    made_library(&made, "p/libc.so", "libc.so", "common");
    struct cor_component *plugin = made_library(&made, "p/plug.so.1", "plug.so.1", "own");
    made_needed(program, "libc.so");
    CHECK(cor_array_add(&program->loads, "plug.so.1") == COR_OK);
    CHECK(cor_array_add(&program->loads, "not-shipped.so") == COR_OK);
    made_need(&made, plugin, "common", COR_BIND_GLOBAL);
    made_need(&made, plugin, "nowhere", COR_BIND_GLOBAL);
    resolve();
    CHECK(links.loads.count == 1 && links.loads.items[0].user == 0);
    CHECK(made.product.components.items[links.loads.items[0].library] == plugin);
    CHECK_TEXT(nth_path(&made, &links, plugin, 0, 0), "p/libc.so");
    CHECK_TEXT(missing_of(&links, plugin, 1), NULL);
    done();
}

TEST(a_plugin_has_the_libraries_of_its_host)
{
    made = made_new();
    struct cor_component *host = made_program(&made, "p/host");
    made_library(&made, "p/libh.so", "libh.so", "helper");
    struct cor_component *plugin = made_library(&made, "p/plug.so", NULL, "own");
    host->defined_table = COR_TABLE_NONE;
    made_function(&made, host, "host_call", COR_BIND_GLOBAL)->exported = true;
    made_needed(host, "libh.so");
    made_need(&made, plugin, "helper", COR_BIND_GLOBAL);
    made_need(&made, plugin, "host_call", COR_BIND_GLOBAL);
    made_need(&made, plugin, "nowhere", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, plugin, 0, 0), "p/libh.so");
    CHECK_TEXT(nth_path(&made, &links, plugin, 1, 0), "p/host");
    CHECK_TEXT(missing_of(&links, plugin, 2), "the program that loads it was not given");
    done();
}

TEST(musl_is_its_own_loader)
{
    made = made_new();
    struct cor_component *user = made_program(&made, "p/bin/a");
    made_library(&made, "p/lib/ld-musl-x86_64.so.1", "libc.musl-x86_64.so.1", "puts");
    user->interpreter = "/lib/ld-musl-x86_64.so.1";
    made_needed(user, "libc.so");
    made_need(&made, user, "puts", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/lib/ld-musl-x86_64.so.1");
    done();
}

TEST(libraries_may_need_each_other)
{
    made = made_new();
    struct cor_component *user = made_program(&made, "p/a");
    struct cor_component *one = made_library(&made, "p/l1.so", "l1.so", "f1");
    struct cor_component *two = made_library(&made, "p/l2.so", "l2.so", "f2");
    made_needed(user, "l1.so");
    made_needed(one, "l2.so");
    made_needed(two, "l1.so");
    made_need(&made, two, "f1", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, two, 0, 0), "p/l1.so");
    done();
}

TEST(allocations_may_fail)
{
    enum cor_status status = COR_NOMEM;
    made = made_new();
    struct cor_component *user = made_program(&made, "p/a");
    struct cor_component *plugin = made_library(&made, "p/l.so", "l.so", "f");
    made_needed(user, "l.so");
    made_needed(user, "gone.so");
    CHECK(cor_array_add(&user->loads, "l.so") == COR_OK);
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    made_need(&made, user, "g", COR_BIND_GLOBAL);
    made_need(&made, plugin, "h", COR_BIND_GLOBAL);
    for (long i = 0; status == COR_NOMEM && i < 1000; i++) {
        cor_links_init(&links);
        cor_alloc_fail_after(i);
        status = cor_linkage_resolve(&made.product, &links);
        cor_alloc_fail_after(-1);
        cor_links_dispose(&links);
    }
    CHECK(status == COR_OK);
    made_free(&made);
}

static void set(enum cor_setting_kind kind, const char *path, const char *text)
{
    const struct cor_setting setting = {kind, path, text};
    CHECK(cor_array_add(&made.product.settings, setting) == COR_OK);
}

// Two of one name, and a program that needs it.
static struct cor_component *namesakes(const char *one, const char *other)
{
    struct cor_component *user = made_program(&made, "p/usr/bin/a");
    made_library(&made, one, "libx.so", "f");
    made_library(&made, other, "libx.so", "f");
    made_needed(user, "libx.so");
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    return user;
}

TEST(configured_folders_go_before_the_default_ones)
{
    made = made_new();
    struct cor_component *user = namesakes("p/opt/x/lib/libx.so", "p/usr/lib/libx.so");
    set(COR_SETTING_LD_CONF, "p/etc/ld.so.conf", "# all\ninclude /etc/ld.so.conf.d/*.conf\n");
    set(COR_SETTING_LD_CONF_PART, "p/etc/ld.so.conf.d/x.conf", " /opt/x/lib/ # theirs\n");
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/opt/x/lib/libx.so");
    done();
    // Another file system's, a file that nothing includes, and a comment say nothing.
    made = made_new();
    user = namesakes("p/opt/x/lib/libx.so", "p/usr/lib/libx.so");
    set(COR_SETTING_LD_CONF, "p/etc/ld.so.conf", "#/opt/x/lib\ninclude ld.so.conf.d/[yz].conf\n");
    set(COR_SETTING_LD_CONF_PART, "p/etc/ld.so.conf.d/x.conf", "/opt/x/lib\n");
    set(COR_SETTING_LD_CONF, "q/etc/ld.so.conf", "/opt/x/lib\n");
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/usr/lib/libx.so");
    done();
}

TEST(a_configuration_that_includes_itself_ends)
{
    made = made_new();
    struct cor_component *user = namesakes("p/opt/x/lib/libx.so", "p/usr/lib/libx.so");
    set(COR_SETTING_LD_CONF, "p/etc/ld.so.conf", "include ld.so.conf.d/*.conf");
    set(COR_SETTING_LD_CONF_PART, "p/etc/ld.so.conf.d/x.conf", "include *.conf\n/opt/x/lib");
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/opt/x/lib/libx.so");
    done();
}

TEST(musl_has_a_list_of_its_own)
{
    made = made_new();
    struct cor_component *user = namesakes("p/opt/x/libx.so", "p/usr/lib/libx.so");
    set(COR_SETTING_LD_MUSL_PATH, "p/etc/ld-musl-x86_64.path", "/lib:/opt/x\n");
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/usr/lib/libx.so");
    cor_links_dispose(&links);
    user->interpreter = "/lib/ld-musl-x86_64.so.1";
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/opt/x/libx.so");
    done();
}

TEST(what_is_preloaded_stands_behind_the_program)
{
    made = made_new();
    struct cor_component *user = made_program(&made, "p/usr/bin/a");
    struct cor_component *other = made_program(&made, "q/usr/bin/a");
    made_library(&made, "p/opt/libhook.so", "libhook.so", "f");
    made_library(&made, "p/usr/lib/libx.so", "libx.so", "f");
    made_needed(user, "libx.so");
    made_needed(other, "libx.so");
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    made_need(&made, other, "f", COR_BIND_GLOBAL);
    set(COR_SETTING_LD_PRELOAD, "p/etc/ld.so.preload", "/opt/libhook.so\n");
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/opt/libhook.so");
    CHECK_TEXT(nth_path(&made, &links, other, 0, 0), "p/usr/lib/libx.so");
    done();
}

TEST(tokens_stand_for_what_the_loader_was_built_with)
{
    made = made_new();
    struct cor_component *user =
        namesakes("p/opt/y/lib/x86_64-linux-gnu/libx.so", "p/usr/lib/libx.so");
    user->rpath = "/opt/y/$LIB";
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/opt/y/lib/x86_64-linux-gnu/libx.so");
    cor_links_dispose(&links);
    user->rpath = "/opt/y/${LIBX}";
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/usr/lib/libx.so");
    done();
}

TEST_CASES(CASE(configured_folders_go_before_the_default_ones),
           CASE(a_configuration_that_includes_itself_ends), CASE(musl_has_a_list_of_its_own),
           CASE(what_is_preloaded_stands_behind_the_program),
           CASE(tokens_stand_for_what_the_loader_was_built_with),
           CASE(needed_libraries_are_searched_breadth_first),
           CASE(a_version_names_the_library_that_is_missing),
           CASE(a_library_given_in_its_place_is_believed), CASE(folders_decide_among_namesakes),
           CASE(rpath_of_the_program_serves_its_libraries),
           CASE(needs_without_version_take_the_default), CASE(copied_data_is_its_librarys),
           CASE(a_library_has_the_scopes_of_all_its_programs),
           CASE(libraries_may_be_loaded_by_name), CASE(a_plugin_has_the_libraries_of_its_host),
           CASE(musl_is_its_own_loader), CASE(libraries_may_need_each_other),
           CASE(allocations_may_fail))
