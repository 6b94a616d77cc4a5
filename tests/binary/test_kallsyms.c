// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A kernel's own symbol table, laid out as scripts/kallsyms.c of several versions does it.
#include "harness.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "binary/kallsyms.h"

enum { SYMBOLS = 3000, LONG_ONE = 1236, PER_CPU = 40 };

struct layout {
    const char *name;
    bool wide, big;
    bool late;       // 6.4: addresses behind the tokens
    bool ordered;    // 6.2: an order by name between markers and tokens
    bool absolute;   // whole addresses
    bool per_cpu;    // offsets count down from the base, but for the first ones
    bool wide_marks; // markers are words
};

static const struct layout layouts[] = {
    {"4.6", true, false, false, false, false, true, true},
    {"5.10", true, false, false, false, false, true, false},
    {"5.10, one processor", true, false, false, false, false, false, false},
    {"6.2", true, false, false, true, false, true, false},
    {"6.6", true, false, true, false, false, true, false},
    {"6.12, arm64", true, false, true, false, false, false, false},
    {"absolute", true, false, false, false, true, false, false},
    {"32 bits", false, false, false, false, false, false, false},
    {"32 bits, late, big-endian", false, true, true, false, false, false, false},
    {"64 bits, big-endian", true, true, false, false, false, false, true},
    {"64 bits, big-endian, absolute", true, true, false, true, true, false, false},
};

struct maker {
    struct cor_buffer out;
    const struct layout *layout;
    size_t marks[SYMBOLS / 256 + 1];
};

static void put(struct maker *maker, uint64_t value, size_t size)
{
    char bytes[8];
    for (size_t i = 0; i < size; i++) {
        size_t shift = maker->layout->big ? size - 1 - i : i;
        bytes[i] = (char)(value >> (shift * 8));
    }
    CHECK(cor_buffer_append(&maker->out, bytes, size) == COR_OK);
}

static void align(struct maker *maker)
{
    while (maker->out.size % (maker->layout->wide ? 8 : 4))
        put(maker, 0, 1);
}

static uint64_t base_of(const struct layout *layout)
{
    return layout->wide ? 0xffffffff81000000u : 0xc0008000u;
}

static uint64_t address_of(const struct layout *layout, unsigned i)
{
    if (layout->per_cpu && i < PER_CPU)
        return i * 8;
    return base_of(layout) + i * 16;
}

static char letter_of(unsigned i)
{
    return "TtWDdA"[i % 6];
}

static void put_addresses(struct maker *maker)
{
    const struct layout *layout = maker->layout;
    size_t word = layout->wide ? 8 : 4;
    align(maker);
    for (unsigned i = 0; i < SYMBOLS; i++) {
        uint64_t address = address_of(layout, i);
        if (layout->absolute)
            put(maker, address, word);
        else if (layout->per_cpu && i < PER_CPU)
            put(maker, address, 4);
        else
            put(maker, layout->per_cpu ? base_of(layout) - 1 - address : address - base_of(layout),
                4);
    }
    align(maker);
    if (!layout->absolute)
        put(maker, base_of(layout), word);
}

static void put_name(struct maker *maker, unsigned i)
{
    char text[200];
    int length = snprintf(text, sizeof text, "%c\1%u", letter_of(i), i); // token 1 is "sym_"
    while (i == LONG_ONE && length < 180)
        text[length++] = 'x';
    if (length > 127) {
        put(maker, ((unsigned)length & 0x7f) | 0x80, 1);
        put(maker, (unsigned)length >> 7, 1);
    } else {
        put(maker, (unsigned)length, 1);
    }
    CHECK(cor_buffer_append(&maker->out, text, (size_t)length) == COR_OK);
}

static void put_names(struct maker *maker)
{
    const struct layout *layout = maker->layout;
    align(maker);
    put(maker, SYMBOLS, layout->wide_marks && layout->wide ? 8 : 4);
    align(maker);
    size_t start = maker->out.size;
    for (unsigned i = 0; i < SYMBOLS; i++) {
        if (i % 256 == 0)
            maker->marks[i / 256] = maker->out.size - start;
        put_name(maker, i);
    }
    align(maker);
    for (unsigned i = 0; i <= (SYMBOLS - 1) / 256; i++)
        put(maker, maker->marks[i], layout->wide_marks && layout->wide ? 8 : 4);
    if (layout->ordered) {
        align(maker);
        for (unsigned i = 0; i < SYMBOLS; i++)
            put(maker, (i * 7919u) % SYMBOLS, 3);
    }
}

static void put_tokens(struct maker *maker)
{
    size_t starts[256];
    align(maker);
    size_t start = maker->out.size;
    for (unsigned i = 0; i < 256; i++) {
        char text[8];
        starts[i] = maker->out.size - start;
        snprintf(text, sizeof text, i == 1 ? "sym_" : i > 32 && i < 127 ? "%c" : "t%u", i);
        CHECK(cor_buffer_append(&maker->out, text, strlen(text) + 1) == COR_OK);
    }
    align(maker);
    for (unsigned i = 0; i < 256; i++)
        put(maker, starts[i], 2);
}

// Noise and a decoy stand before the tables, noise behind them.
static struct cor_buffer make(const struct layout *layout)
{
    struct maker maker = {.layout = layout};
    cor_buffer_init(&maker.out, 1 << 24);
    for (unsigned i = 0; i < 2048; i++)
        put(&maker, i % 5 ? i * 2654435761u : 0, 4);
    CHECK(cor_buffer_append(&maker.out, "0\0001\0002\0003\0004\0005\0006\0007\0008\0009\0", 20) ==
          COR_OK);
    if (!layout->late)
        put_addresses(&maker);
    put_names(&maker);
    put_tokens(&maker);
    if (layout->late)
        put_addresses(&maker);
    for (unsigned i = 0; i < 512; i++)
        put(&maker, i * 40503u, 4);
    return maker.out;
}

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
    CHECK(functions == SYMBOLS / 2 && component->defined.count == SYMBOLS / 6 * 5);
    CHECK(component->defined_table == COR_TABLE_KALLSYMS && component->sorted);
    for (unsigned i = 0; i < SYMBOLS; i += 37) {
        char name[200];
        snprintf(name, sizeof name, "sym_%u", i);
        if (letter_of(i) == 'd') {
            CHECK(find(component, name) == NULL);
            continue;
        }
        const struct cor_symbol *symbol = find(component, name);
        CHECK(symbol && symbol->address == address_of(layout, i) && symbol->row == i);
        CHECK(symbol && (symbol->binding == COR_BIND_LOCAL) == (letter_of(i) == 't'));
        CHECK(symbol && (symbol->binding == COR_BIND_WEAK) == (letter_of(i) == 'W'));
    }
}

TEST(layouts_of_the_years)
{
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        struct cor_buffer bytes = make(&layouts[i]);
        struct cor_names *names = cor_names_new();
        struct cor_component *component = cor_component_new();
        if (CHECK(cor_kallsyms_read(component, names, bytes.data, bytes.size) == COR_OK))
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
    CHECK(cor_kallsyms_read(component, names, bytes.data, bytes.size) == COR_OK);
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

static enum cor_status read_copy(const char *bytes, size_t size, long allocations)
{
    struct cor_names *names = cor_names_new();
    struct cor_component *component = cor_component_new();
    char *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    cor_alloc_fail_after(allocations);
    enum cor_status status = cor_kallsyms_read(component, names, copy, size);
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
            CHECK(read_copy(bytes.data, cut, -1) == COR_NOT_FOUND);
        for (int round = 0; round < 60; round++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            size_t at = 8192 + (state >> 20) % (bytes.size - 8192);
            char kept = bytes.data[at];
            bytes.data[at] = (char)(state >> 50);
            enum cor_status status = read_copy(bytes.data, bytes.size, -1);
            CHECK(status == COR_OK || status == COR_NOT_FOUND);
            bytes.data[at] = kept;
        }
        CHECK(read_copy(bytes.data, bytes.size, -1) == COR_OK);
        cor_buffer_dispose(&bytes);
    }
}

TEST(every_allocation_may_fail)
{
    struct cor_buffer bytes = make(&layouts[1]);
    enum cor_status status = COR_NOMEM;
    long allocations = 0;
    for (; status == COR_NOMEM && allocations < 5000; allocations += 1 + allocations / 16)
        status = read_copy(bytes.data, bytes.size, allocations);
    CHECK(status == COR_OK && allocations > 5);
    cor_buffer_dispose(&bytes);
}

TEST_CASES(CASE(layouts_of_the_years), CASE(a_long_name_has_two_length_bytes),
           CASE(damage_is_no_symbol_table), CASE(every_allocation_may_fail))
