// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Modules for ESXi's kernel.
#include "linked.h"

static void inform(struct cor_component *component, const char *key, const char *value)
{
    const struct cor_key_value row = {key, value};
    CHECK(cor_array_add(&component->modinfo, row) == COR_OK);
}

TEST(undeclared_namespaces_are_noted_and_unbind_nothing)
{
    struct made made = made_new();
    struct cor_links links;
    struct cor_component *kernel =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_KERNEL, ET_DYN, "p/k.b00");
    struct cor_component *user =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_KERNEL_MODULE, ET_REL, "p/driver");
    struct cor_component *other =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_KERNEL_MODULE, ET_REL, "p/vmklinux_9");
    made_function(&made, kernel, "vmk_Log", COR_BIND_GLOBAL);
    inform(user, "nsRequired", "vmkernel#nover");
    inform(user, "nsRequired", "com.vmware.driverAPI#9.2.2.0");
    inform(other, "nsProvides", "com.vmware.driverAPI#9.2.2.0");
    made_need(&made, user, "vmk_Log", COR_BIND_GLOBAL);
    cor_links_init(&links);
    CHECK(cor_linkage_resolve(&made.product, &links) == COR_OK);
    CHECK_TEXT(nth_path(&made, &links, user, 0, 0), "p/k.b00");
    CHECK(links.notes.count == 1);
    CHECK_TEXT(links.notes.items[0],
               "p/driver requires namespaces that nothing shipped declares: vmkernel#nover");
    cor_links_dispose(&links);
    made_free(&made);
}

TEST_CASES(CASE(undeclared_namespaces_are_noted_and_unbind_nothing))
