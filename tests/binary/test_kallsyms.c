// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A kernel's own symbol table, laid out as scripts/kallsyms.c of several versions does it.
#include "harness.h"
#include "kernel_recipe.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "binary/kallsyms.h"

static const struct layout layouts[] = {
    {.name = "4.6", .wide = true, .per_cpu = true, .wide_marks = true},
    {.name = "5.10", .wide = true, .per_cpu = true},
    {.name = "5.10, one processor", .wide = true},
    {.name = "6.2", .wide = true, .ordered = true, .per_cpu = true},
    {.name = "6.6", .wide = true, .late = true, .per_cpu = true},
    {.name = "6.12, arm64", .wide = true, .late = true},
    {.name = "absolute", .wide = true, .absolute = true},
    {.name = "32 bits"},
    {.name = "32 bits, late, big-endian", .big = true, .late = true},
    {.name = "64 bits, big-endian", .wide = true, .big = true, .wide_marks = true},
    {.name = "64 bits, big-endian, absolute",
     .wide = true,
     .big = true,
     .ordered = true,
     .absolute = true},
    {.name = "2.6.10, x86-64", .wide = true, .absolute = true, .wide_marks = true},
    {.name = "2.6.32, i386", .absolute = true},
    {.name = "3.10, arm", .absolute = true, .step = 16},
    {.name = "3.10, mips, big-endian", .big = true, .absolute = true, .step = 16},
    {.name = "4.4, arm64", .wide = true, .absolute = true, .wide_marks = true, .step = 256},
    {.name = "4.4, powerpc64",
     .wide = true,
     .big = true,
     .absolute = true,
     .wide_marks = true,
     .step = 256},
    {.name = "4.9, arm", .step = 16},
    {.name = "4.19, arm64", .wide = true, .wide_marks = true, .step = 256},
    {.name = "4.20, mips64, big-endian", .wide = true, .big = true, .step = 256},
    {.name = "5.4, riscv64", .wide = true},
    {.name = "6.1, arm, functions alone", .functions = true},
    {.name = "6.1, s390, functions alone", .wide = true, .big = true, .functions = true},
    {.name = "6.6, powerpc, big-endian", .big = true, .late = true, .ordered = true},
    {.name = "6.12, s390", .wide = true, .big = true, .late = true},
    {.name = "7.0, x86-64",
     .wide = true,
     .late = true,
     .ordered = true,
     .distances = true,
     .step = 4},
    {.name = "7.0, powerpc64, big-endian",
     .wide = true,
     .big = true,
     .late = true,
     .ordered = true,
     .distances = true,
     .step = 4},
    {.name = "7.0, arm", .late = true, .ordered = true, .distances = true, .step = 4},
    {.name = "7.0, mips, big-endian",
     .big = true,
     .late = true,
     .ordered = true,
     .distances = true,
     .step = 4},
    {.name = "7.0, i386 that moves",
     .late = true,
     .ordered = true,
     .distances = true,
     .relocatable = true,
     .step = 4},
};

static const struct cor_symbol *find(const struct cor_component *component, const char *name)
{
    for (size_t i = 0; i < component->defined.count; i++)
        if (strcmp(component->defined.items[i].name->text, name) == 0)
            return &component->defined.items[i];
    return NULL;
}

static void check_symbols(const struct layout *layout, const struct cor_component *component)
{
    size_t functions = 0;
    for (size_t i = 0; i < component->defined.count; i++)
        functions += cor_symbol_is_function(&component->defined.items[i]);
    if (layout->functions)
        CHECK(functions == SYMBOLS && component->defined.count == SYMBOLS);
    else
        CHECK(functions == SYMBOLS / 2 && component->defined.count == SYMBOLS / 6 * 5);
    CHECK(component->defined_table == COR_TABLE_KALLSYMS && component->sorted);
    for (unsigned i = 0; i < SYMBOLS; i += 37) {
        char name[200];
        snprintf(name, sizeof name, "sym_%u", i);
        if (letter_of(layout, i) == 'd') {
            CHECK(find(component, name) == NULL);
            continue;
        }
        const struct cor_symbol *symbol = find(component, name);
        CHECK(symbol && symbol->address == shared_address(layout, i) && symbol->row == i);
        CHECK(symbol && (symbol->binding == COR_BIND_LOCAL) == (letter_of(layout, i) == 't'));
        CHECK(symbol && (symbol->binding == COR_BIND_WEAK) == (letter_of(layout, i) == 'W'));
    }
}

// The word size of the newest tables is known from the image's header alone.
static enum cor_status read_tables(const struct layout *layout, struct cor_component *component,
                                   struct cor_names *names, const char *bytes, size_t size)
{
    struct cor_slice all = cor_slice(bytes, size);
    struct cor_kernel_map map;
    struct cor_kallsyms tables;
    bool found = false;
    cor_kernel_map_raw(all, layout->wide, layout->big, start_of(layout), &map);
    if (layout->distances)
        found = cor_kallsyms_find(all, layout->wide, layout->big, &map, &tables);
    for (unsigned i = 0; i < 4 && !found && !layout->distances; i++)
        found = cor_kallsyms_find(all, i % 2 == 0, i > 1, NULL, &tables);
    if (!found)
        return COR_NOT_FOUND;
    CHECK(tables.wide == layout->wide && tables.big == layout->big && tables.based);
    return cor_kallsyms_fill(component, names, &tables, NULL);
}

TEST(layouts_of_the_years)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        struct cor_buffer bytes = make(&layouts[i]);
        struct cor_names *names = cor_names_new();
        struct cor_component *component = cor_component_new();
        if (CHECK(read_tables(&layouts[i], component, names, bytes.data, bytes.size) == COR_OK))
            check_symbols(&layouts[i], component);
        else
            printf("# %s\n", layouts[i].name);
        cor_component_free(component);
        cor_names_free(names);
        cor_buffer_dispose(&bytes);
    }
}

TEST(a_long_name_has_two_length_bytes)
{
    struct cor_buffer bytes = make(&layouts[4]);
    struct cor_names *names = cor_names_new();
    struct cor_component *component = cor_component_new();
    CHECK(read_tables(&layouts[4], component, names, bytes.data, bytes.size) == COR_OK);
    bool found = false;
    for (size_t i = 0; i < component->defined.count; i++)
        found |= component->defined.items[i].row == LONG_ONE &&
                 component->defined.items[i].name->size > 170 &&
                 strncmp(component->defined.items[i].name->text, "sym_1236xxx", 11) == 0;
    CHECK(found);
    cor_component_free(component);
    cor_names_free(names);
    cor_buffer_dispose(&bytes);
}

static enum cor_status read_copy(const struct layout *layout, const char *bytes, size_t size,
                                 long allocations)
{
    struct cor_names *names = cor_names_new();
    struct cor_component *component = cor_component_new();
    char *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    cor_alloc_fail_after(allocations);
    enum cor_status status = read_tables(layout, component, names, copy, size);
    cor_alloc_fail_after(-1);
    if (status != COR_OK)
        CHECK(component->defined.count == 0 && component->defined_table == COR_TABLE_NONE);
    free(copy);
    cor_component_free(component);
    cor_names_free(names);
    return status;
}

TEST(damage_is_no_symbol_table)
{
    uint64_t state = 88172645463325252u;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i += 3) {
        struct cor_buffer bytes = make(&layouts[i]);
        for (size_t cut = 0; cut < bytes.size - 4096; cut += 4999)
            CHECK(read_copy(&layouts[i], bytes.data, cut, -1) == COR_NOT_FOUND);
        for (int round = 0; round < 60; round++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            size_t at = 8192 + (state >> 20) % (bytes.size - 8192);
            char kept = bytes.data[at];
            bytes.data[at] = (char)(state >> 50);
            enum cor_status status = read_copy(&layouts[i], bytes.data, bytes.size, -1);
            CHECK(status == COR_OK || status == COR_NOT_FOUND);
            bytes.data[at] = kept;
        }
        CHECK(read_copy(&layouts[i], bytes.data, bytes.size, -1) == COR_OK);
        cor_buffer_dispose(&bytes);
    }
}

TEST(every_allocation_may_fail)
{
    struct cor_buffer bytes = make(&layouts[1]);
    enum cor_status status = COR_NOMEM;
    long allocations = 0;
    for (; status == COR_NOMEM && allocations < 5000; allocations += 1 + allocations / 16)
        status = read_copy(&layouts[1], bytes.data, bytes.size, allocations);
    CHECK(status == COR_OK && allocations > 5);
    cor_buffer_dispose(&bytes);
}

TEST_CASES(CASE(layouts_of_the_years), CASE(a_long_name_has_two_length_bytes),
           CASE(damage_is_no_symbol_table), CASE(every_allocation_may_fail))
