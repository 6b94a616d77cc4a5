// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Bodies and namesakes told apart by the unit, by the place in the binary and by whose file it is:
// each with a near twin.
#include "product.h"

#include "verdict/verdict.h"

struct scene {
    struct made made;
    struct cor_links links;
    struct cor_verdicts verdicts;
    struct cor_component *library, *other;
};

// A library whose functions a1..a4 and b1..b4 lie in this order, and another component.
static struct scene scene_new(void)
{
    static const char *const names[] = {"a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"};
    struct scene scene = {.made = made_new()};
    scene.library =
        made_component(&scene.made, COR_ROLE_SHIPPED, COR_KIND_RELOCATABLE, ET_REL, "p/l");
    scene.other =
        made_component(&scene.made, COR_ROLE_SHIPPED, COR_KIND_RELOCATABLE, ET_REL, "p/m");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        made_function(&scene.made, scene.library, names[i], COR_BIND_GLOBAL)->address = i * 16;
    made_function(&scene.made, scene.other, "o1", COR_BIND_GLOBAL);
    made_function(&scene.made, scene.other, "o2", COR_BIND_GLOBAL)->address = 16;
    made_function(&scene.made, scene.other, "o3", COR_BIND_GLOBAL)->address = 32;
    cor_links_init(&scene.links);
    cor_verdicts_init(&scene.verdicts);
    return scene;
}

static const struct cor_verdict *judge(struct scene *scene, size_t row)
{
    struct cor_workers *workers = cor_workers_new(1, 1000);
    CHECK(cor_linkage_resolve(&scene->made.product, &scene->links) == COR_OK);
    const struct cor_evidence evidence = {.product = &scene->made.product,
                                          .links = &scene->links,
                                          .source = &scene->made.source,
                                          .names = scene->made.names};
    CHECK(cor_judge(&evidence, workers, &scene->verdicts) == COR_OK);
    cor_workers_free(workers);
    return &scene->verdicts.components[0].own[row];
}

static void scene_free(struct scene *scene)
{
    cor_verdicts_dispose(&scene->verdicts);
    cor_links_dispose(&scene->links);
    made_free(&scene->made);
}

static bool says(const struct cor_verdict *verdict, enum cor_class class_)
{
    if (verdict->class_ != class_)
        printf("# got %s: %s\n", cor_class_word(verdict->class_),
               verdict->reason ? verdict->reason : "-");
    return verdict->class_ == class_;
}

static void body(struct scene *scene, uint32_t file, const char *name, enum cor_linkage linkage)
{
    made_body(&scene->made, file, name, linkage);
    scene->made.source.files.items[file].bodies += linkage == COR_LINKAGE_EXTERNAL;
}

// The binary names a.c and b.c; all rows become local where `local`.
static void name_units(struct scene *scene, bool local)
{
    CHECK(cor_array_add(&scene->library->files, "a.c") == COR_OK);
    CHECK(cor_array_add(&scene->library->files, "b.c") == COR_OK);
    for (size_t i = 0; local && i < 8; i++) {
        scene->library->defined.items[i].binding = COR_BIND_LOCAL;
        scene->library->defined.items[i].file = i < 4 ? 0 : 1;
    }
}

// All bodies but a3's; a3 stands in `file` as `linkage`.
static uint32_t release(struct scene *scene, const char *a, const char *b, const char *strange,
                        enum cor_linkage linkage, enum cor_linkage of_a3)
{
    uint32_t first = made_file(&scene->made, a), second = made_file(&scene->made, b);
    uint32_t third = made_file(&scene->made, strange);
    body(scene, first, "a1", linkage);
    body(scene, first, "a2", linkage);
    body(scene, third, "a3", of_a3);
    body(scene, first, "a4", linkage);
    body(scene, second, "b1", linkage);
    body(scene, second, "b2", linkage);
    body(scene, second, "b3", linkage);
    body(scene, second, "b4", linkage);
    return third;
}

TEST(static_function_of_another_unit_is_none)
{
    struct scene scene = scene_new();
    name_units(&scene, true);
    release(&scene, "s/a.c", "s/b.c", "s/c.c", COR_LINKAGE_INTERNAL, COR_LINKAGE_INTERNAL);
    CHECK(says(judge(&scene, 2), COR_CLASS_BINARY_ONLY));
    scene_free(&scene);
}

TEST(static_function_of_an_included_file_serves)
{
    struct scene scene = scene_new();
    name_units(&scene, true);
    uint32_t file =
        release(&scene, "s/a.c", "s/b.c", "s/c.c", COR_LINKAGE_INTERNAL, COR_LINKAGE_INTERNAL);
    scene.made.source.files.items[file].included = true;
    CHECK(says(judge(&scene, 2), COR_CLASS_RELEASED));
    scene_free(&scene);
}

TEST(renamed_files_serve)
{
    struct scene scene = scene_new();
    name_units(&scene, true);
    const uint32_t files[] = {made_file(&scene.made, "s/x.c"), made_file(&scene.made, "s/y.c")};
    static const char *const names[] = {"a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4"};
    for (size_t i = 0; i < 8; i++)
        body(&scene, files[i / 4], names[i], COR_LINKAGE_INTERNAL);
    judge(&scene, 0);
    for (size_t i = 0; i < 8; i++)
        CHECK(says(&scene.verdicts.components[0].own[i], COR_CLASS_RELEASED));
    scene_free(&scene);
}

TEST(file_that_the_binary_does_not_name_is_none)
{
    struct scene scene = scene_new();
    name_units(&scene, false);
    release(&scene, "s/a.c", "s/b.c", "tools/c.c", COR_LINKAGE_EXTERNAL, COR_LINKAGE_EXTERNAL);
    CHECK(says(judge(&scene, 2), COR_CLASS_BINARY_ONLY));
    scene_free(&scene);
}

TEST(file_that_may_be_a_renamed_one_is_not_refused)
{
    struct scene scene = scene_new();
    name_units(&scene, false);
    CHECK(cor_array_add(&scene.library->files, "gone.c") == COR_OK);
    release(&scene, "s/a.c", "s/b.c", "s/c.c", COR_LINKAGE_EXTERNAL, COR_LINKAGE_EXTERNAL);
    CHECK(says(judge(&scene, 2), COR_CLASS_RELEASED));
    scene_free(&scene);
}

// The stranger's other functions are the other component's.
static void give_to_other(struct scene *scene, uint32_t file, bool all)
{
    body(scene, file, "o1", COR_LINKAGE_EXTERNAL);
    if (all) {
        body(scene, file, "o2", COR_LINKAGE_EXTERNAL);
        body(scene, file, "o3", COR_LINKAGE_EXTERNAL);
    }
}

TEST(another_components_file_is_none)
{
    struct scene scene = scene_new();
    give_to_other(
        &scene,
        release(&scene, "s/a.c", "s/b.c", "m/o.c", COR_LINKAGE_EXTERNAL, COR_LINKAGE_EXTERNAL),
        true);
    CHECK(says(judge(&scene, 2), COR_CLASS_BINARY_ONLY));
    scene_free(&scene);
}

TEST(file_of_the_same_folder_serves)
{
    struct scene scene = scene_new();
    release(&scene, "s/a.c", "s/b.c", "s/o.c", COR_LINKAGE_EXTERNAL, COR_LINKAGE_EXTERNAL);
    CHECK(says(judge(&scene, 2), COR_CLASS_RELEASED));
    scene_free(&scene);
}

TEST(host_program_is_none)
{
    struct scene scene = scene_new();
    uint32_t file = release(&scene, "s/a.c", "s/b.c", "tools/gen.c", COR_LINKAGE_EXTERNAL,
                            COR_LINKAGE_EXTERNAL);
    body(&scene, file, "main", COR_LINKAGE_EXTERNAL);
    CHECK(says(judge(&scene, 2), COR_CLASS_BINARY_ONLY));
    scene_free(&scene);
}

TEST(file_beside_a_host_program_is_left_open)
{
    struct scene scene = scene_new();
    release(&scene, "s/a.c", "s/b.c", "tools/gen.c", COR_LINKAGE_EXTERNAL, COR_LINKAGE_EXTERNAL);
    body(&scene, made_file(&scene.made, "tools/main.c"), "main", COR_LINKAGE_EXTERNAL);
    CHECK(says(judge(&scene, 2), COR_CLASS_UNDETERMINED));
    scene_free(&scene);
}

TEST(static_function_of_a_file_whose_globals_are_absent_is_left_open)
{
    struct scene scene = scene_new();
    scene.library->defined.items[2].binding = COR_BIND_LOCAL;
    uint32_t file =
        release(&scene, "s/a.c", "s/b.c", "s/c.c", COR_LINKAGE_EXTERNAL, COR_LINKAGE_INTERNAL);
    scene.made.source.files.items[file].bodies = 5;
    CHECK(says(judge(&scene, 2), COR_CLASS_UNDETERMINED));
    scene_free(&scene);
}

TEST(static_function_of_a_file_without_globals_serves)
{
    struct scene scene = scene_new();
    scene.library->defined.items[2].binding = COR_BIND_LOCAL;
    release(&scene, "s/a.c", "s/b.c", "s/c.c", COR_LINKAGE_EXTERNAL, COR_LINKAGE_INTERNAL);
    CHECK(says(judge(&scene, 2), COR_CLASS_RELEASED));
    scene_free(&scene);
}

TEST_CASES(CASE(static_function_of_another_unit_is_none),
           CASE(static_function_of_an_included_file_serves), CASE(renamed_files_serve),
           CASE(file_that_the_binary_does_not_name_is_none),
           CASE(file_that_may_be_a_renamed_one_is_not_refused),
           CASE(another_components_file_is_none), CASE(file_of_the_same_folder_serves),
           CASE(host_program_is_none), CASE(file_beside_a_host_program_is_left_open),
           CASE(static_function_of_a_file_whose_globals_are_absent_is_left_open),
           CASE(static_function_of_a_file_without_globals_serves))
