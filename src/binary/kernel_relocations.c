// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A row says: address of the place, type, value. Which address the place of the base has is not
// known. But the base is the value of some row, and it is the one with which the values of the
// other rows, pointers to functions for a great part, are addresses of symbols.
#include "binary/kernel_relocations.h"

#include <elf.h>

#include "binary/bytes.h"

enum { ROW = 24, FEWEST_ROWS = 64, SAMPLES = 512, FEW_SAMPLES = 20, MOST_LOOKS = 4096 };
enum { PAGE = 4096, FARTHEST = 1 << 12 };

struct rows {
    size_t start, count;
};

static bool is_relative(uint64_t type)
{
    static const uint16_t types[] = {R_AARCH64_RELATIVE, R_390_RELATIVE, R_RISCV_RELATIVE,
                                     R_PPC64_RELATIVE, R_X86_64_RELATIVE};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (type == types[i])
            return true;
    return false;
}

static uint64_t field(const struct cor_kallsyms *tables, size_t row, size_t number)
{
    return cor_get64(tables->bytes.data + row + number * 8, tables->big);
}

// The longest run of rows.
static struct rows find_rows(const struct cor_kallsyms *tables)
{
    struct rows best = {0, 0};
    size_t size = tables->wide ? tables->bytes.size : 0;
    for (size_t at = 0; size >= ROW && at <= size - ROW; at += 8) {
        uint64_t type = field(tables, at, 1);
        if (!is_relative(type))
            continue;
        struct rows run = {at, 1};
        while (size - ROW - at >= ROW && field(tables, at + ROW, 1) == type) {
            at += ROW;
            run.count++;
        }
        if (run.count > best.count)
            best = run;
    }
    return best;
}

static bool is_symbol(const struct cor_kallsyms *tables, uint64_t base, uint64_t address)
{
    uint32_t low = 0, high = tables->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const char *place = tables->bytes.data + tables->addresses + (size_t)middle * 4;
        uint64_t symbol = base + cor_get32(place, tables->big);
        if (symbol == address)
            return true;
        if (symbol < address)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

// How many of `samples` rows hold the address of a symbol, were this the base.
static unsigned hits(const struct cor_kallsyms *tables, const struct rows *rows, uint64_t base,
                     size_t samples)
{
    size_t step = rows->count / samples + 1;
    unsigned count = 0;
    for (size_t i = 0; i < rows->count; i += step)
        count += is_symbol(tables, base, field(tables, rows->start + i * ROW, 2));
    return count;
}

uint64_t cor_kernel_relocated_base(const struct cor_kallsyms *tables)
{
    struct rows rows = find_rows(tables);
    uint64_t best = 0;
    unsigned most = SAMPLES / 16, looks = 0;
    for (size_t i = 0; rows.count >= FEWEST_ROWS && looks < MOST_LOOKS && i < rows.count; i++) {
        uint64_t value = field(tables, rows.start + i * ROW, 2);
        if (value == best || hits(tables, &rows, value, FEW_SAMPLES) < FEW_SAMPLES / 5)
            continue;
        looks++;
        unsigned count = hits(tables, &rows, value, SAMPLES);
        if (count > most) {
            most = count;
            best = value;
        }
    }
    return best;
}

static bool is_empty(const struct cor_kallsyms *tables, uint64_t offset)
{
    return offset <= tables->bytes.size - 8 && offset % 8 == 0 &&
           cor_get64(tables->bytes.data + offset, false) == 0;
}

static bool fits(const struct cor_kallsyms *tables, const struct rows *rows, uint64_t start)
{
    size_t step = rows->count / SAMPLES + 1;
    for (size_t i = 0; i < rows->count; i += step)
        if (!is_empty(tables, field(tables, rows->start + i * ROW, 0) - start))
            return false;
    return true;
}

// The first symbol stands near the image's start, and that on a page.
bool cor_kernel_relocate(const struct cor_kallsyms *tables, char *image, uint64_t *ret_start)
{
    struct rows rows = find_rows(tables);
    uint64_t start = tables->base & ~(uint64_t)(PAGE - 1);
    unsigned steps = 0;
    if (rows.count < FEWEST_ROWS || !tables->based)
        return false;
    for (; !fits(tables, &rows, start); start -= PAGE)
        if (++steps > FARTHEST)
            return false;
    for (size_t i = 0; i < rows.count; i++) {
        size_t row = rows.start + i * ROW;
        uint64_t offset = field(tables, row, 0) - start;
        if (is_empty(tables, offset))
            memcpy(image + offset, tables->bytes.data + row + 16, 8);
    }
    *ret_start = start;
    return true;
}
