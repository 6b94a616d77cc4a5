// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "kernel_recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void put_bytes(struct maker *maker, const void *bytes, size_t size)
{
    if (cor_buffer_append(&maker->out, bytes, size) != COR_OK)
        abort();
}

void put(struct maker *maker, uint64_t value, size_t size)
{
    char bytes[8];
    for (size_t i = 0; i < size; i++) {
        size_t shift = maker->layout->big ? size - 1 - i : i;
        bytes[i] = (char)(value >> (shift * 8));
    }
    put_bytes(maker, bytes, size);
}

void align(struct maker *maker)
{
    size_t word = maker->layout->wide ? 8 : 4;
    while (maker->out.size % (maker->layout->step ? maker->layout->step : word))
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

// Several symbols may have one address.
uint64_t shared_address(const struct layout *layout, unsigned i)
{
    return address_of(layout, i % 50 == 49 ? i - 1 : i);
}

char letter_of(const struct layout *layout, unsigned i)
{
    return layout->functions ? "TtWTtT"[i % 6] : "TtWDdA"[i % 6];
}

uint64_t start_of(const struct layout *layout)
{
    return layout->wide ? 0xffffffff80000000u : 0xc0000000u;
}

static void put_addresses(struct maker *maker)
{
    const struct layout *layout = maker->layout;
    size_t word = layout->wide ? 8 : 4;
    align(maker);
    for (unsigned i = 0; i < SYMBOLS; i++) {
        uint64_t address = shared_address(layout, i);
        if (layout->distances && (layout->wide || layout->relocatable))
            put(maker, address - start_of(layout) - maker->out.size, 4);
        else if (layout->distances)
            put(maker, address, 4);
        else if (layout->absolute)
            put(maker, address, word);
        else if (layout->per_cpu && i < PER_CPU)
            put(maker, address, 4);
        else
            put(maker, layout->per_cpu ? base_of(layout) - 1 - address : address - base_of(layout),
                4);
    }
    align(maker);
    if (!layout->absolute && !layout->distances)
        put(maker, base_of(layout), word);
}

static void put_name(struct maker *maker, unsigned i)
{
    char text[200];
    char letter = letter_of(maker->layout, i);
    // Token 1 is "sym_".
    int length = i == KFREE ? snprintf(text, sizeof text, "%ckfree", letter)
                            : snprintf(text, sizeof text, "%c\1%u", letter, i);
    while (i == LONG_ONE && length < 180)
        text[length++] = 'x';
    if (length > 127) {
        put(maker, ((unsigned)length & 0x7f) | 0x80, 1);
        put(maker, (unsigned)length >> 7, 1);
    } else {
        put(maker, (unsigned)length, 1);
    }
    put_bytes(maker, text, (size_t)length);
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
        put_bytes(maker, text, strlen(text) + 1);
    }
    align(maker);
    for (unsigned i = 0; i < 256; i++)
        put(maker, starts[i], 2);
}

void put_tables(struct maker *maker)
{
    if (!maker->layout->late)
        put_addresses(maker);
    put_names(maker);
    put_tokens(maker);
    if (maker->layout->late)
        put_addresses(maker);
}

struct cor_buffer make(const struct layout *layout)
{
    struct maker maker = {.layout = layout};
    cor_buffer_init(&maker.out, 1 << 24);
    for (unsigned i = 0; i < 2048; i++)
        put(&maker, i % 5 ? i * 2654435761u : 0, 4);
    put_bytes(&maker, "0\0001\0002\0003\0004\0005\0006\0007\0008\0009\0", 20);
    put_tables(&maker);
    for (unsigned i = 0; i < 512; i++)
        put(&maker, i * 40503u, 4);
    return maker.out;
}
