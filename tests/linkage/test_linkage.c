// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "product.h"

#include "linkage/linkage.h"

static const char *provider_of(const struct made *made, const struct cor_links *links,
                               const struct cor_component *user, size_t need)
{
    const struct cor_resolution *resolution = &links->components[user->id - 1].resolutions[need];
    if (!resolution->count)
        return NULL;
    const struct cor_provider *provider = &links->providers.items[resolution->first];
    return made->product.components.items[provider->component]->name;
}

static const char *missing_of(const struct cor_links *links, const struct cor_component *user,
                              size_t need)
{
    return links->components[user->id - 1].resolutions[need].missing;
}

static struct cor_component *library(struct made *made, enum cor_role role, const char *path,
                                     const char *function, enum cor_binding binding)
{
    struct cor_component *made_library =
        made_component(made, role, COR_KIND_SHARED_OBJECT, ET_DYN, path);
    made_library->defined_table = COR_TABLE_NONE;
    made_function(made, made_library, function, binding);
    return made_library;
}

TEST(dynamic_follows_needed)
{
    struct made made = made_new();
    struct cor_links links;
    struct cor_component *user =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_EXEC, "p/bin/a");
    library(&made, COR_ROLE_SHIPPED, "p/lib/libone.so", "shared", COR_BIND_GLOBAL);
    library(&made, COR_ROLE_SHIPPED, "p/lib/libtwo.so", "shared", COR_BIND_GLOBAL);
    library(&made, COR_ROLE_SHIPPED, "p/lib/libzzz.so", "elsewhere", COR_BIND_GLOBAL);
    CHECK(cor_array_add(&user->needed, "libtwo.so") == COR_OK);
    CHECK(cor_array_add(&user->needed, "libgone.so.1") == COR_OK);
    made_need(&made, user, "elsewhere", COR_BIND_GLOBAL);
    made_need(&made, user, "shared", COR_BIND_GLOBAL);
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
    CHECK_TEXT(provider_of(&made, &links, user, 0), NULL);
    CHECK_TEXT(missing_of(&links, user, 0), "libgone.so.1 not given");
    CHECK_TEXT(provider_of(&made, &links, user, 1), "libtwo.so");
    CHECK_TEXT(links.components[0].rule, "elf-dynamic");
    cor_links_dispose(&links);
    made_free(&made);
}

TEST(dynamic_prefers_shipped_and_uses_system)
{
    struct made made = made_new();
    struct cor_links links;
    struct cor_component *user =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_EXEC, "p/a");
    library(&made, COR_ROLE_SHIPPED, "p/libc.so.6", "here", COR_BIND_GLOBAL);
    library(&made, COR_ROLE_SYSTEM, "s/libc.so.6", "here", COR_BIND_GLOBAL);
    library(&made, COR_ROLE_SYSTEM, "s/libm.so.6", "there", COR_BIND_GLOBAL);
    CHECK(cor_array_add(&user->needed, "libc.so.6") == COR_OK);
    CHECK(cor_array_add(&user->needed, "libm.so.6") == COR_OK);
    made_need(&made, user, "here", COR_BIND_GLOBAL);
    made_need(&made, user, "nowhere", COR_BIND_GLOBAL);
    made_need(&made, user, "there", COR_BIND_GLOBAL);
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
    const struct cor_provider *first = &links.providers.items[0];
    CHECK(made.product.components.items[first->component]->role == COR_ROLE_SHIPPED);
    CHECK_TEXT(missing_of(&links, user, 1), NULL);
    CHECK_TEXT(provider_of(&made, &links, user, 2), "libm.so.6");
    cor_links_dispose(&links);
    made_free(&made);
}

TEST(dynamic_versions_must_fit)
{
    struct made made = made_new();
    struct cor_links links;
    struct cor_component *user =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_EXEC, "p/a");
    struct cor_component *lib = library(&made, COR_ROLE_SHIPPED, "p/libx.so", "f", COR_BIND_GLOBAL);
    lib->defined.items[0].version = "V1";
    CHECK(cor_array_add(&user->needed, "libx.so") == COR_OK);
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    user->undefined.items[0].version = "V1";
    user->undefined.items[1].version = "V2";
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
    CHECK_TEXT(provider_of(&made, &links, user, 0), "libx.so");
    CHECK_TEXT(provider_of(&made, &links, user, 1), NULL);
    cor_links_dispose(&links);
    made_free(&made);
}

TEST(plugin_binds_to_its_host)
{
    struct made made = made_new();
    struct cor_links links;
    struct cor_component *host =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_DYN, "p/host");
    struct cor_component *plugin =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_SHARED_OBJECT, ET_DYN, "p/plugin.so");
    host->defined_table = COR_TABLE_NONE;
    made_function(&made, host, "host_call", COR_BIND_GLOBAL);
    made_need(&made, plugin, "host_call", COR_BIND_GLOBAL);
    made_need(&made, plugin, "unknown", COR_BIND_GLOBAL);
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
    CHECK_TEXT(provider_of(&made, &links, plugin, 0), "host");
    CHECK_TEXT(missing_of(&links, plugin, 1), "the program that loads it was not given");
    cor_links_dispose(&links);
    made_free(&made);
}

TEST(relocatable_binds_to_kernel_first)
{
    struct made made = made_new();
    struct cor_links links;
    struct cor_component *kernel =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_SHARED_OBJECT, ET_DYN, "p/k.b00");
    struct cor_component *module =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_RELOCATABLE, ET_REL, "p/module");
    struct cor_component *other =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_RELOCATABLE, ET_REL, "p/other");
    made_function(&made, kernel, "both", COR_BIND_GLOBAL);
    made_function(&made, kernel, "inner", COR_BIND_LOCAL);
    made_function(&made, other, "both", COR_BIND_GLOBAL);
    made_need(&made, module, "both", COR_BIND_GLOBAL);
    made_need(&made, module, "inner", COR_BIND_GLOBAL);
    CHECK(cor_product_find_kernels(&made.product) == COR_OK);
    CHECK(kernel->kind == COR_KIND_KERNEL);
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
    CHECK_TEXT(provider_of(&made, &links, module, 0), "k.b00");
    CHECK(links.components[1].resolutions[0].count == 2);
    CHECK_TEXT(provider_of(&made, &links, module, 1), NULL);
    CHECK_TEXT(missing_of(&links, module, 1), NULL);
    cor_links_dispose(&links);
    made_free(&made);
}

TEST(boot_configuration_names_the_kernel)
{
    struct made made = made_new();
    struct cor_component *kernel =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_SHARED_OBJECT, ET_DYN, "p/K.B00");
    struct cor_component *tool =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_SHARED_OBJECT, ET_DYN, "p/tool.so");
    CHECK(cor_array_add(&made.product.boot_kernels, "k.b00") == COR_OK);
    CHECK(cor_product_find_kernels(&made.product) == COR_OK);
    CHECK(kernel->kind == COR_KIND_KERNEL && tool->kind == COR_KIND_SHARED_OBJECT);
    made_free(&made);
}

static struct cor_component *linux_module(struct made *made, const char *path, const char *magic)
{
    struct cor_component *module =
        made_component(made, COR_ROLE_SHIPPED, COR_KIND_KERNEL_MODULE, ET_REL, path);
    const struct cor_key_value row = {"vermagic", magic};
    CHECK(cor_array_add(&module->modinfo, row) == COR_OK);
    return module;
}

TEST(linux_modules_bind_to_exports_alone)
{
    struct made made = made_new();
    struct cor_links links;
    struct cor_component *a = linux_module(&made, "p/a.ko", "6.1");
    struct cor_component *b = linux_module(&made, "p/b.ko", "6.1");
    struct cor_component *c = linux_module(&made, "p/c.ko", "5.0");
    made_function(&made, b, "exported", COR_BIND_GLOBAL)->exported = true;
    made_function(&made, b, "global", COR_BIND_GLOBAL);
    made_function(&made, c, "foreign", COR_BIND_GLOBAL)->exported = true;
    const struct cor_export export = {.name = made_name(&made, "exported")};
    CHECK(cor_array_add(&b->exports, export) == COR_OK);
    made_need(&made, a, "exported", COR_BIND_GLOBAL);
    made_need(&made, a, "foreign", COR_BIND_GLOBAL);
    made_need(&made, a, "global", COR_BIND_GLOBAL);
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
    CHECK_TEXT(provider_of(&made, &links, a, 0), "b.ko");
    CHECK_TEXT(provider_of(&made, &links, a, 1), NULL);
    CHECK_TEXT(provider_of(&made, &links, a, 2), NULL);
    CHECK_TEXT(missing_of(&links, a, 1), "the kernel was not given");
    cor_links_dispose(&links);
    made_free(&made);
}

TEST(another_machine_never_provides)
{
    struct made made = made_new();
    struct cor_links links;
    struct cor_component *user =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_EXEC, "p/a");
    struct cor_component *lib = library(&made, COR_ROLE_SHIPPED, "p/libx.so", "f", COR_BIND_GLOBAL);
    lib->big_endian = true;
    CHECK(cor_array_add(&user->needed, "libx.so") == COR_OK);
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
    CHECK_TEXT(missing_of(&links, user, 0), "libx.so not given");
    cor_links_dispose(&links);
    made_free(&made);
}

TEST_CASES(CASE(dynamic_follows_needed), CASE(dynamic_prefers_shipped_and_uses_system),
           CASE(dynamic_versions_must_fit), CASE(plugin_binds_to_its_host),
           CASE(relocatable_binds_to_kernel_first), CASE(boot_configuration_names_the_kernel),
           CASE(linux_modules_bind_to_exports_alone), CASE(another_machine_never_provides))
