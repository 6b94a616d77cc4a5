// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Linux modules: several kernels and providers, and what the loader warns of.
#include "linked.h"

static struct made made;
static struct cor_links links;

static struct cor_component *module(const char *path, const char *magic, const char *licence)
{
    struct cor_component *component =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_KERNEL_MODULE, ET_REL, path);
    const struct cor_key_value rows[] = {{"vermagic", magic}, {"license", licence}};
    for (size_t i = 0; i < 2; i++)
        CHECK(cor_array_add(&component->modinfo, rows[i]) == COR_OK);
    return component;
}

static struct cor_component *kernel(const char *path, const char *release)
{
    struct cor_component *component =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_KERNEL, ET_EXEC, path);
    component->kernel_release = release;
    return component;
}

static struct cor_export *export(struct cor_component *component, const char *name)
{
    made_function(&made, component, name, COR_BIND_GLOBAL)->exported = true;
    CHECK(cor_array_add(&component->exports, (struct cor_export){.name = made_name(&made, name)}) ==
          COR_OK);
    return &component->exports.items[component->exports.count - 1];
}

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

TEST(kernels_are_kept_apart)
{
    made = made_new();
    struct cor_component *old = module("p/5/a.ko", "5.10.1 SMP", "GPL");
    struct cor_component *new_ = module("p/6/a.ko", "6.1.0 SMP", "GPL");
    export(kernel("p/vmlinux-5", "5.10.1"), "f");
    export(kernel("p/vmlinux-6", "6.1.0"), "f");
    made_need(&made, old, "f", COR_BIND_GLOBAL);
    made_need(&made, new_, "f", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, old, 0, 0), "p/vmlinux-5");
    CHECK_TEXT(nth_path(&made, &links, old, 0, 1), NULL);
    CHECK_TEXT(nth_path(&made, &links, new_, 0, 0), "p/vmlinux-6");
    CHECK(links.notes.count == 0);
    done();
}

TEST(the_only_kernel_serves_with_a_note)
{
    made = made_new();
    struct cor_component *user = module("p/a.ko", "5.10.1 SMP", "GPL");
    export(kernel("p/vmlinux", "5.10.10"), "f");
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/vmlinux");
    CHECK(links.notes.count == 1);
    CHECK_TEXT(links.notes.items[0],
               "p/a.ko was built for Linux 5.10.1, but the kernel p/vmlinux is 5.10.10");
    cor_links_dispose(&links);
    // The right one may be what could not be read.
    const struct cor_unread_kernel unread = {"p/zImage", "encrypted"};
    CHECK(cor_array_add(&made.product.unread_kernels, unread) == COR_OK);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), NULL);
    CHECK_TEXT(missing_of(&links, user, 0), "kernel p/zImage: encrypted");
    CHECK(links.notes.count == 0);
    done();
}

TEST(the_kernel_goes_before_modules)
{
    made = made_new();
    struct cor_component *one = module("p/a.ko", "6.1.0 SMP", "GPL");
    struct cor_component *user = module("p/user.ko", "6.1.0 SMP", "GPL");
    export(one, "f");
    export(kernel("p/vmlinux", NULL), "f");
    made_need(&made, user, "f", COR_BIND_GLOBAL);
    resolve();
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/vmlinux");
    CHECK_TEXT(nth_path(&made, &links, user, 0, 1), "p/a.ko");
    done();
}

TEST(what_the_loader_forbids_is_noted)
{
    made = made_new();
    struct cor_component *closed = module("p/closed.ko", "6.1.0 SMP", "Proprietary");
    struct cor_component *open = module("p/open.ko", "6.1.0 SMP", "Dual BSD/GPL");
    struct cor_component *linux_ = kernel("p/vmlinux", "6.1.0");
    const struct cor_key_value import_ns = {"import_ns", "NS"};
    CHECK(cor_array_add(&open->modinfo, import_ns) == COR_OK);
    export(linux_, "f")->gpl_only = true;
    export(linux_, "g")->namespace_ = "NS";
    export(linux_, "h");
    for (size_t i = 0; i < 3; i++) {
        made_need(&made, closed, &"f\0g\0h"[i * 2], COR_BIND_GLOBAL);
        made_need(&made, open, &"f\0g\0h"[i * 2], COR_BIND_GLOBAL);
    }
    resolve();
    CHECK(links.notes.count == 2);
    CHECK_TEXT(links.notes.items[0], "p/closed.ko (licence Proprietary) uses what is exported to "
                                     "GPL modules alone: f");
    CHECK_TEXT(links.notes.items[1], "p/closed.ko uses namespaces that it does not import: g (NS)");
    CHECK(links.components[0].resolutions[0].count == 1);
    done();
}

TEST(checksums_tell_another_version)
{
    made = made_new();
    struct cor_component *user = module("p/a.ko", "6.1.0 SMP", "GPL");
    struct cor_component *linux_ = kernel("p/vmlinux", "6.1.0");
    const char *const names[] = {"f", "g", "h"};
    for (size_t i = 0; i < 3; i++) {
        struct cor_export *row = export(linux_, names[i]);
        row->crc = 7;
        row->has_crc = i < 2;
        const struct cor_import import = {made_name(&made, names[i]), i == 0 ? 7 : 8};
        CHECK(cor_array_add(&user->imports, import) == COR_OK);
        made_need(&made, user, names[i], COR_BIND_GLOBAL);
    }
    resolve();
    const struct cor_resolution *list = links.components[0].resolutions;
    CHECK(!list[0].version_differs && list[1].version_differs && !list[2].version_differs);
    CHECK(links.notes.count == 1);
    CHECK_TEXT(links.notes.items[0],
               "p/a.ko was built against other versions than were shipped of: g");
    done();
}

TEST_CASES(CASE(kernels_are_kept_apart), CASE(the_only_kernel_serves_with_a_note),
           CASE(the_kernel_goes_before_modules), CASE(what_the_loader_forbids_is_noted),
           CASE(checksums_tell_another_version))
