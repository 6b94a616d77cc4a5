// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Each rule with a case that it must decide and a near twin that it must not.
#include "product.h"

#include "base/alloc.h"

#include "verdict/body_names.h"
#include "verdict/toolchain_names.h"
#include "verdict/verdict.h"

struct scene {
    struct made made;
    struct cor_links links;
    struct cor_verdicts verdicts;
    struct cor_unread unread_source, unread_shipped;
    struct cor_component *kernel, *module;
};

// A kernel with `core` and six further functions, and a module that needs `core`.
static struct scene scene_new(void)
{
    static const char *const others[] = {"k1", "k2", "k3", "k4", "k5", "k6"};
    struct scene scene = {.made = made_new()};
    scene.kernel = made_component(&scene.made, COR_ROLE_SHIPPED, COR_KIND_KERNEL, ET_DYN, "p/k");
    scene.module =
        made_component(&scene.made, COR_ROLE_SHIPPED, COR_KIND_RELOCATABLE, ET_REL, "p/m");
    made_function(&scene.made, scene.kernel, "core", COR_BIND_GLOBAL);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        made_function(&scene.made, scene.kernel, others[i], COR_BIND_GLOBAL);
    made_need(&scene.made, scene.module, "core", COR_BIND_GLOBAL);
    cor_links_init(&scene.links);
    cor_verdicts_init(&scene.verdicts);
    return scene;
}

static const struct cor_verdict *judge(struct scene *scene)
{
    struct cor_workers *workers = cor_workers_new(1, 1000);
    CHECK(cor_linkage_resolve(&scene->made.product, &scene->links) == COR_OK);
    const struct cor_evidence evidence = {
        .product = &scene->made.product,
        .links = &scene->links,
        .source = &scene->made.source,
        .names = scene->made.names,
        .unread_source = &scene->unread_source,
        .unread_source_count = scene->unread_source.path != NULL,
        .unread_shipped = &scene->unread_shipped,
        .unread_shipped_count = scene->unread_shipped.path != NULL,
    };
    CHECK(cor_judge(&evidence, workers, &scene->verdicts) == COR_OK);
    cor_workers_free(workers);
    return &scene->verdicts.components[scene->module->id - 1].needs[0];
}

static void scene_free(struct scene *scene)
{
    cor_verdicts_dispose(&scene->verdicts);
    cor_links_dispose(&scene->links);
    made_free(&scene->made);
}

static bool says(const struct cor_verdict *verdict, enum cor_class class_, const char *part)
{
    if (verdict->class_ != class_ || (part && (!verdict->reason || !strstr(verdict->reason, part))))
        printf("# got %s: %s\n", cor_class_word(verdict->class_),
               verdict->reason ? verdict->reason : "-");
    return verdict->class_ == class_ &&
           (!part || (verdict->reason && strstr(verdict->reason, part)));
}

// The kernel's other functions stand in the same file, so that file is no stranger.
static void release_all(struct scene *scene, enum cor_linkage linkage, bool core)
{
    uint32_t file = made_file(&scene->made, "k/core.c");
    if (core)
        made_body(&scene->made, file, "core", linkage);
    made_body(&scene->made, file, "k1", COR_LINKAGE_EXTERNAL);
    made_body(&scene->made, file, "k2", COR_LINKAGE_EXTERNAL);
    made_body(&scene->made, file, "k3", COR_LINKAGE_EXTERNAL);
    made_body(&scene->made, file, "k4", COR_LINKAGE_EXTERNAL);
}

TEST(body_is_released)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_EXTERNAL, true);
    CHECK(says(judge(&scene), COR_CLASS_RELEASED, NULL));
    CHECK(scene.verdicts.components[0].has_source);
    scene_free(&scene);
}

TEST(no_body_is_binary_only)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_EXTERNAL, false);
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, "no body"));
    scene_free(&scene);
}

TEST(static_namesake_is_none)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_INTERNAL, true);
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, "static"));
    scene_free(&scene);
}

TEST(static_body_serves_a_local_symbol)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_INTERNAL, true);
    scene.kernel->defined.items[0].binding = COR_BIND_LOCAL;
    judge(&scene);
    CHECK(says(&scene.verdicts.components[0].own[0], COR_CLASS_RELEASED, NULL));
    scene_free(&scene);
}

TEST(inline_namesake_is_none)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_INLINE, true);
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, "inline"));
    scene_free(&scene);
}

TEST(inline_body_serves_a_weak_symbol)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_INLINE, true);
    scene.kernel->defined.items[0].binding = COR_BIND_WEAK;
    CHECK(says(judge(&scene), COR_CLASS_RELEASED, NULL));
    scene_free(&scene);
}

TEST(weak_body_is_none_for_a_strong_symbol)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_WEAK, true);
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, "weak"));
    scene_free(&scene);
}

TEST(weak_body_serves_a_weak_symbol)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_WEAK, true);
    scene.kernel->defined.items[0].binding = COR_BIND_WEAK;
    CHECK(says(judge(&scene), COR_CLASS_RELEASED, NULL));
    scene_free(&scene);
}

TEST(dead_branch_is_none)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_EXTERNAL, true);
    scene.made.source.definitions.items[0].active = false;
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, "never compiled"));
    scene_free(&scene);
}

TEST(data_is_no_function)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_EXTERNAL, true);
    scene.made.source.definitions.items[0].data = true;
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, "data"));
    scene_free(&scene);
}

TEST(data_serves_data)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_EXTERNAL, true);
    scene.made.source.definitions.items[0].data = true;
    scene.kernel->defined.items[0].type = COR_SYMBOL_OBJECT;
    CHECK(says(judge(&scene), COR_CLASS_RELEASED, NULL));
    scene_free(&scene);
}

TEST(foreign_processor_is_none)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_EXTERNAL, true);
    scene.made.source.files.items[0].path = "linux/arch/sparc/core.c";
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, "processor"));
    scene_free(&scene);
}

TEST(own_processor_serves)
{
    struct scene scene = scene_new();
    release_all(&scene, COR_LINKAGE_EXTERNAL, true);
    scene.made.source.files.items[0].path = "linux/arch/x86/core.c";
    CHECK(says(judge(&scene), COR_CLASS_RELEASED, NULL));
    scene_free(&scene);
}

TEST(lone_global_namesake_is_none)
{
    struct scene scene = scene_new();
    made_body(&scene.made, made_file(&scene.made, "tools/other.c"), "core", COR_LINKAGE_EXTERNAL);
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, "tools/other.c:10"));
    CHECK(!scene.verdicts.components[0].has_source);
    scene_free(&scene);
}

TEST(file_named_in_the_binary_serves)
{
    struct scene scene = scene_new();
    made_body(&scene.made, made_file(&scene.made, "k/core.c"), "core", COR_LINKAGE_EXTERNAL);
    CHECK(cor_array_add(&scene.kernel->files, "core.c") == COR_OK);
    CHECK(says(judge(&scene), COR_CLASS_RELEASED, NULL));
    scene_free(&scene);
}

TEST(object_in_the_release_is_prebuilt)
{
    struct scene scene = scene_new();
    struct cor_component *object =
        made_component(&scene.made, COR_ROLE_SOURCE, COR_KIND_RELOCATABLE, ET_REL, "s/core.o");
    made_function(&scene.made, object, "core", COR_BIND_GLOBAL);
    CHECK(says(judge(&scene), COR_CLASS_PREBUILT, "s/core.o"));
    scene_free(&scene);
}

TEST(object_for_another_machine_is_not_prebuilt)
{
    struct scene scene = scene_new();
    struct cor_component *object =
        made_component(&scene.made, COR_ROLE_SOURCE, COR_KIND_RELOCATABLE, ET_REL, "s/core.o");
    made_function(&scene.made, object, "core", COR_BIND_GLOBAL);
    object->elf_machine = EM_ARM;
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, NULL));
    scene_free(&scene);
}

TEST(local_name_in_an_object_is_not_prebuilt)
{
    struct scene scene = scene_new();
    struct cor_component *object =
        made_component(&scene.made, COR_ROLE_SOURCE, COR_KIND_RELOCATABLE, ET_REL, "s/core.o");
    made_function(&scene.made, object, "core", COR_BIND_LOCAL);
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, NULL));
    scene_free(&scene);
}

TEST(unread_source_caps)
{
    struct scene scene = scene_new();
    scene.unread_source = (struct cor_unread){"s/x.tgz", "cut short"};
    CHECK(says(judge(&scene), COR_CLASS_UNDETERMINED, "s/x.tgz was not read: cut short"));
    scene_free(&scene);
}

TEST(unread_shipped_caps_unresolved_alone)
{
    struct scene scene = scene_new();
    made_need(&scene.made, scene.module, "nowhere", COR_BIND_GLOBAL);
    scene.unread_shipped = (struct cor_unread){"p/x.v00", "corrupt"};
    CHECK(says(judge(&scene), COR_CLASS_BINARY_ONLY, NULL));
    CHECK(says(&scene.verdicts.components[1].needs[1], COR_CLASS_UNDETERMINED, "p/x.v00"));
    scene_free(&scene);
}

TEST(strong_need_of_nobody_is_unresolved)
{
    struct scene scene = scene_new();
    made_need(&scene.made, scene.module, "nowhere", COR_BIND_GLOBAL);
    judge(&scene);
    CHECK(says(&scene.verdicts.components[1].needs[1], COR_CLASS_UNRESOLVED, NULL));
    scene_free(&scene);
}

TEST(weak_need_of_nobody_is_toolchain)
{
    struct scene scene = scene_new();
    made_need(&scene.made, scene.module, "nowhere", COR_BIND_WEAK);
    judge(&scene);
    const struct cor_verdict *verdict = &scene.verdicts.components[1].needs[1];
    CHECK(says(verdict, COR_CLASS_TOOLCHAIN, "weak"));
    CHECK(verdict->flags == COR_FLAG_WEAK);
    scene_free(&scene);
}

TEST(gap_in_the_source_leaves_it_open)
{
    struct scene scene = scene_new();
    const struct cor_gap gap = {made_file(&scene.made, "gen.pl"), 3, "co?e", "made by perl", NULL};
    CHECK(cor_array_add(&scene.made.source.gaps, gap) == COR_OK);
    CHECK(says(judge(&scene), COR_CLASS_UNDETERMINED, "gen.pl:3"));
    CHECK(says(&scene.verdicts.components[0].own[1], COR_CLASS_BINARY_ONLY, NULL));
    scene_free(&scene);
}

// Allocation number n fails, for every n until all succeed.
TEST(every_allocation_may_fail)
{
    enum cor_status status = COR_NOMEM;
    for (long n = 0; status != COR_OK && n < 10000; n++) {
        struct scene scene = scene_new();
        release_all(&scene, COR_LINKAGE_INTERNAL, true);
        struct cor_workers *workers = cor_workers_new(1, 1000);
        cor_alloc_fail_after(n);
        status = cor_linkage_resolve(&scene.made.product, &scene.links);
        const struct cor_evidence evidence = {.product = &scene.made.product,
                                              .links = &scene.links,
                                              .source = &scene.made.source,
                                              .names = scene.made.names};
        if (status == COR_OK)
            status = cor_judge(&evidence, workers, &scene.verdicts);
        cor_alloc_fail_after(-1);
        CHECK(status == COR_OK || status == COR_NOMEM);
        cor_workers_free(workers);
        scene_free(&scene);
    }
    CHECK(status == COR_OK);
}

TEST(compilers_suffixes_share_the_body)
{
    static const struct {
        const char *symbol, *body;
    } rows[] = {{"f.isra.0", "f"},      {"f.constprop.12", "f"},
                {"f.part.0.cold", "f"}, {"f.cold", "f"},
                {"f.llvm.991", "f"},    {"count.3", "count"},
                {"__pfx_f", "f"},       {"_ZN2ns3Foo3barEi", "ns::Foo::bar"},
                {"plain", "plain"},     {"a.b", "a.b"}};
    struct made made = made_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cor_body_names list;
        CHECK(cor_body_names(made.names, made_name(&made, rows[i].symbol), true, &list) == COR_OK);
        CHECK_TEXT(list.items[list.count - 1]->text, rows[i].body);
    }
    made_free(&made);
}

TEST(names_of_tools)
{
    CHECK(cor_is_tool_need(COR_SLICE("_GLOBAL_OFFSET_TABLE_")));
    CHECK(cor_is_tool_need(COR_SLICE("__stack_chk_fail")));
    CHECK(!cor_is_tool_need(COR_SLICE("memcpy")));
    CHECK(!cor_is_tool_need(COR_SLICE("main")));
    CHECK(cor_is_helper_name(COR_SLICE("__udivdi3")));
    CHECK(cor_is_helper_name(COR_SLICE("__aeabi_uidiv")));
    CHECK(!cor_is_helper_name(COR_SLICE("__udiv_mine")));
    CHECK(cor_is_runtime_name(COR_SLICE("frame_dummy")));
    CHECK(!cor_is_runtime_name(COR_SLICE("frame")));
}

TEST_CASES(CASE(body_is_released), CASE(no_body_is_binary_only), CASE(static_namesake_is_none),
           CASE(static_body_serves_a_local_symbol), CASE(inline_namesake_is_none),
           CASE(inline_body_serves_a_weak_symbol), CASE(weak_body_is_none_for_a_strong_symbol),
           CASE(weak_body_serves_a_weak_symbol), CASE(dead_branch_is_none),
           CASE(data_is_no_function), CASE(data_serves_data), CASE(foreign_processor_is_none),
           CASE(own_processor_serves), CASE(lone_global_namesake_is_none),
           CASE(file_named_in_the_binary_serves), CASE(object_in_the_release_is_prebuilt),
           CASE(object_for_another_machine_is_not_prebuilt),
           CASE(local_name_in_an_object_is_not_prebuilt), CASE(unread_source_caps),
           CASE(unread_shipped_caps_unresolved_alone), CASE(strong_need_of_nobody_is_unresolved),
           CASE(weak_need_of_nobody_is_toolchain), CASE(gap_in_the_source_leaves_it_open),
           CASE(every_allocation_may_fail), CASE(compilers_suffixes_share_the_body),
           CASE(names_of_tools))
