// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Archives and loose objects.
#include "linked.h"

static struct made made;
static struct cor_links links;

static struct cor_component *object(const char *path)
{
    return made_component(&made, COR_ROLE_SHIPPED, COR_KIND_RELOCATABLE, ET_REL, path);
}

static void resolve(void)
{
    CHECK(cor_product_find_kernels(&made.product) == COR_OK);
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
}

static void done(void)
{
    cor_links_dispose(&links);
    made_free(&made);
}

TEST(members_of_the_same_archive_go_first)
{
    made = made_new();
    struct cor_component *before = object("p/liba.a!/f.o");
    struct cor_component *user = object("p/libb.a!/user.o");
    struct cor_component *sibling = object("p/libb.a!/zf.o");
    made_function(&made, before, "f", COR_BIND_GLOBAL);
    made_function(&made, before, "g", COR_BIND_GLOBAL);
    made_function(&made, sibling, "f", COR_BIND_GLOBAL);
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    made_need(&made, user, "g", COR_BIND_GLOBAL);
    made_need(&made, user, "nowhere", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), sibling->path);
    CHECK_TEXT(nth_path(&made, &links, user, 0, 1), NULL);
    CHECK_TEXT(nth_path(&made, &links, user, 1, 0), before->path);
    CHECK_TEXT(links.components[user->id - 1].rule, "static");
    CHECK_TEXT(missing_of(&links, user, 2), "the program that it is linked into was not given");
    done();
}

TEST(a_strong_definition_goes_before_a_weak_one)
{
    made = made_new();
    struct cor_component *weak = object("p/one/a.o");
    struct cor_component *strong = object("p/one/b.o");
    struct cor_component *user = object("p/one/user.o");
    struct cor_component *far = object("p/two/a.o");
    made_function(&made, weak, "f", COR_BIND_WEAK);
    made_function(&made, strong, "f", COR_BIND_GLOBAL);
    made_function(&made, far, "f", COR_BIND_GLOBAL);
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), strong->path);
    CHECK_TEXT(nth_path(&made, &links, user, 0, 1), NULL);
    done();
}

TEST(archives_have_nothing_to_do_with_kernels)
{
    made = made_new();
    struct cor_component *kernel =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_KERNEL, ET_EXEC, "p/kernel");
    struct cor_component *module =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_KERNEL_MODULE, ET_REL, "p/module");
    struct cor_component *user = object("p/sdk/lib.a!/user.o");
    struct cor_component *loaded = object("p/zmodule");
    made_function(&made, kernel, "f", COR_BIND_GLOBAL);
    made_function(&made, module, "f", COR_BIND_GLOBAL);
    made_function(&made, user, "g", COR_BIND_GLOBAL);
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    made_need(&made, loaded, "f", COR_BIND_GLOBAL);
    made_need(&made, loaded, "g", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), NULL);
    CHECK_TEXT(links.components[loaded->id - 1].rule, "kernel-global");
    CHECK_TEXT(nth_path(&made, &links, loaded, 0, 0), kernel->path);
    CHECK_TEXT(nth_path(&made, &links, loaded, 1, 0), NULL);
    CHECK_TEXT(missing_of(&links, loaded, 1), NULL);
    done();
}

TEST(a_library_beside_its_archive_is_no_kernel)
{
    made = made_new();
    struct cor_component *user = object("p/lib/libx.a!/a.o");
    struct cor_component *lib = made_library(&made, "p/lib/libx.so", "libx.so", "f");
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    resolve();
    CHECK(lib->kind == COR_KIND_SHARED_OBJECT);
    CHECK_TEXT(links.components[0].rule, "static");
    done();
}

TEST_CASES(CASE(members_of_the_same_archive_go_first),
           CASE(a_strong_definition_goes_before_a_weak_one),
           CASE(archives_have_nothing_to_do_with_kernels),
           CASE(a_library_beside_its_archive_is_no_kernel))
