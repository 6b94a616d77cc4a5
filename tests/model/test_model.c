// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "product.h"

#include "model/case.h"
#include "model/terms.h"

TEST(words_are_the_contract)
{
    static const char *const classes[] = {"released",   "prebuilt",  "binary-only",
                                          "unresolved", "toolchain", "undetermined"};
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++)
        CHECK_TEXT(cor_class_word((enum cor_class)i), classes[i]);
    CHECK(COR_CLASS_COUNT == 6);
    CHECK_TEXT(cor_class_word((enum cor_class)99), "?");
    CHECK_TEXT(cor_kind_word(COR_KIND_KERNEL_MODULE), "kernel-module");
    CHECK_TEXT(cor_refkind_word(COR_REFKIND_TAIL_CALL), "tail-call");
    CHECK_TEXT(cor_flag_word(COR_FLAG_BIT_COMPILER_OUTPUT), "compiler-output");
    CHECK(COR_FLAG_VERSION_DIFFERS == 1 << COR_FLAG_BIT_VERSION_DIFFERS);
}

TEST(runs_of_a_name)
{
    struct made made = made_new();
    uint32_t file = made_file(&made, "a.c");
    made_body(&made, file, "a", COR_LINKAGE_EXTERNAL);
    made_body(&made, file, "b", COR_LINKAGE_EXTERNAL);
    made_body(&made, file, "b", COR_LINKAGE_INTERNAL);
    made_body(&made, file, "c", COR_LINKAGE_EXTERNAL);
    CHECK(cor_source_definitions(&made.source, made_name(&made, "b")).count == 2);
    CHECK(cor_source_definitions(&made.source, made_name(&made, "c")).count == 1);
    CHECK(cor_source_definitions(&made.source, made_name(&made, "aa")).count == 0);
    CHECK(cor_source_uses(&made.source, made_name(&made, "b")).items == NULL);
    made_free(&made);
}

TEST(excerpts_by_place)
{
    struct made made = made_new();
    CHECK(cor_array_add(&made.source.excerpts, (struct cor_excerpt){0, 5, 3, "x"}) == COR_OK);
    CHECK(cor_array_add(&made.source.excerpts, (struct cor_excerpt){1, 5, 3, "y"}) == COR_OK);
    CHECK_TEXT(cor_source_excerpt(&made.source, 1, 5)->text, "y");
    CHECK(cor_source_excerpt(&made.source, 1, 6) == NULL);
    CHECK(cor_source_excerpt(&made.source, 2, 0) == NULL);
    made_free(&made);
}

TEST(components_are_numbered_in_path_order)
{
    struct made made = made_new();
    struct cor_component *b =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_EXEC, "p/b");
    struct cor_component *a =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_EXEC, "p/a");
    struct cor_component *c =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_EXEC, "p/c");
    memcpy(c->sha256, a->sha256, sizeof c->sha256);
    cor_product_number(&made.product);
    CHECK(a->id == 1 && b->id == 2 && c->id == 3);
    CHECK(a->same_as == 0 && b->same_as == 0 && c->same_as == 1);
    CHECK(made.product.components.items[1] == b);
    made_free(&made);
}

TEST(what_is_not_kept_has_no_number)
{
    static const bool keep[] = {true, false, true};
    struct made made = made_new();
    struct cor_component *a =
        made_component(&made, COR_ROLE_SHIPPED, COR_KIND_EXECUTABLE, ET_EXEC, "p/a");
    struct cor_component *b =
        made_component(&made, COR_ROLE_SYSTEM, COR_KIND_SHARED_OBJECT, ET_DYN, "s/b");
    struct cor_component *c =
        made_component(&made, COR_ROLE_SYSTEM, COR_KIND_SHARED_OBJECT, ET_DYN, "s/c");
    memcpy(c->sha256, b->sha256, sizeof c->sha256);
    cor_product_number(&made.product);
    CHECK(c->same_as == 2);
    cor_product_keep(&made.product, keep);
    CHECK(a->id == 1 && b->id == 0 && c->id == 2);
    CHECK(c->same_as == 0);
    made_free(&made);
}

TEST(tallies_add_up)
{
    struct cor_tally sum = {.known = true}, unknown = {.total = 99};
    struct cor_tally more = {.known = true, .total = 3, .of = {1, 0, 2}};
    cor_tally_add(&sum, &more);
    cor_tally_add(&sum, &unknown);
    cor_tally_add(&sum, &more);
    CHECK(sum.total == 6 && sum.of[COR_CLASS_RELEASED] == 2 && sum.of[COR_CLASS_BINARY_ONLY] == 4);
}

TEST_CASES(CASE(words_are_the_contract), CASE(runs_of_a_name), CASE(excerpts_by_place),
           CASE(components_are_numbered_in_path_order), CASE(what_is_not_kept_has_no_number),
           CASE(tallies_add_up))
