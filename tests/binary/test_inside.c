// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Who uses a definition inside of the linked object that has it: calls, jumps, address loads.
#include "harness.h"

#include <stdlib.h>

#include "recipe.h"

static const char program[] =
    "__attribute__((noinline)) int target(int a) { __asm__(\"\"); return a * 3; }\n"
    "__attribute__((noinline)) int other(int a) { __asm__(\"\"); return a * 5; }\n"
    "int calls(int a) { return target(a) + target(a + 1) + 1; }\n"
    "int jumps(int a) { return target(a + 7); }\n"
    "typedef int fn(int); fn *loads(void) { return target; }\n"
    "int elsewhere(int a) { return other(a) + 1; }\n"
    "void _start(void) { calls(1); jumps(2); loads(); elsewhere(3); }\n";

struct linked {
    const char *compile;
    bool address; // its address loads are known
};

// The foreign ones need clang and lld.
static const struct linked linked[] = {
    {"gcc -m64 -fno-pie -no-pie", true},
    {"gcc -m64 -fPIC -shared -fvisibility=protected", true},
    {"gcc -m32 -fno-pie -no-pie", true},
    {"clang --target=aarch64-linux-gnu -fuse-ld=lld -static", true},
    {"clang --target=armv7-linux-gnueabihf -marm -fuse-ld=lld -static", false},
    {"clang --target=armv7-linux-gnueabihf -mthumb -fuse-ld=lld -static", false},
};

static void end(void)
{
    recipe_end();
}

struct tally {
    unsigned long calls, jumps, loads;
};

static struct tally tally_of(struct object *object)
{
    struct cor_map wanted;
    struct cor_arena arena;
    struct cor_references list = {0};
    struct tally tally = {0};
    const struct cor_symbol *target = object_defined(object, "target");
    cor_map_init(&wanted);
    cor_arena_init(&arena);
    CHECK(target && cor_map_put(&wanted, target->name, COR_WANTED_INSIDE) == COR_OK);
    CHECK(cor_references_read(object->component, object->names, object->bytes, object->size,
                              &wanted, &arena, &list, NULL) == COR_OK);
    for (size_t i = 0; i < list.items.count; i++) {
        const struct cor_reference *row = &list.items.items[i];
        const char *type = row->type;
        tally.calls += strcmp(type, "CALL") == 0 && row->kind == COR_REFKIND_CALL;
        tally.jumps += strcmp(type, "JMP") == 0 && row->kind == COR_REFKIND_TAIL_CALL;
        tally.loads += strcmp(type, "LEA") == 0 && row->kind == COR_REFKIND_ADDRESS;
        CHECK(row->instruction && row->bytes && row->offset);
        CHECK_TEXT(row->section, ".text");
        CHECK(row->function && strcmp(row->function, "elsewhere") != 0 &&
              strcmp(row->function, "target") != 0);
    }
    cor_references_dispose(&list);
    cor_arena_dispose(&arena);
    cor_map_dispose(&wanted);
    return tally;
}

static void check(const struct linked *item)
{
    if (!recipe_run("%s -O1 -fno-inline -foptimize-sibling-calls -nostdlib -o linked program.c",
                    item->compile)) {
        printf("# no %s\n", item->compile);
        return;
    }
    struct object object = object_read("linked");
    struct tally tally = tally_of(&object);
    unsigned long all =
        recipe_number("objdump -d linked | grep -cE "
                      "'[[:space:]](call|jmp|bl?x?)l?q?(\\.n|\\.w)?[[:space:]].*<target>' "
                      "|| true");
    printf("# %s: %lu calls, %lu jumps, %lu loads; objdump: %lu\n", item->compile, tally.calls,
           tally.jumps, tally.loads, all);
    CHECK(all == 3 && tally.calls >= 2 && tally.calls + tally.jumps == all);
    CHECK(tally.loads == item->address);
    object_end(&object);
}

TEST(uses_inside_are_decoded)
{
    recipe_begin();
    atexit(end);
    CHECK(recipe_write("program.c", program));
    for (size_t i = 0; i < sizeof linked / sizeof *linked; i++)
        check(&linked[i]);
}

TEST(other_wishes_are_left_alone)
{
    CHECK(recipe_run("gcc -O1 -fno-pie -no-pie -nostdlib -o linked program.c"));
    struct object object = object_read("linked");
    struct cor_map wanted;
    struct cor_arena arena;
    struct cor_references list = {0};
    cor_map_init(&wanted);
    cor_arena_init(&arena);
    CHECK(cor_map_put(&wanted, object_defined(&object, "target")->name, COR_WANTED) == COR_OK);
    CHECK(cor_references_read(object.component, object.names, object.bytes, object.size, &wanted,
                              &arena, &list, NULL) == COR_OK);
    CHECK(list.items.count == 0);
    cor_references_dispose(&list);
    cor_arena_dispose(&arena);
    cor_map_dispose(&wanted);
    object_end(&object);
}

TEST_CASES(CASE(uses_inside_are_decoded), CASE(other_wishes_are_left_alone))
