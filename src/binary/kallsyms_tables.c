// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/kallsyms_tables.h"

#include "base/checked.h"
#include "binary/bytes.h"
#include "binary/kernel_relocations.h"

// How a kernel's tables are laid out (scripts/kallsyms.c).
//   until 6.3: addresses or (offsets, base), count, names, markers, [6.2: order], tokens, indexes
//   since 6.4: count, names, markers, tokens, indexes, offsets, base, order
//   since 7.0: the same without a base: distances or, where a kernel never moves, addresses
// Markers are the places of every 256th name: words until 4.19, 32-bit numbers since.
// Every label stands on a multiple of the word size; until 5.0 of its power of two where ".align"
// means that (16 or 256: arm, arm64, mips, powerpc, riscv); since 7.0 of 4.

enum { BLOCK = 256, SHORTEST_NAME = 2, LONGEST_NAME = 600, FEWEST_BLOCKS = 4, FARTHEST = 1 << 23 };

static size_t word_size(const struct cor_kallsyms *tables)
{
    return tables->wide ? 8 : 4;
}

static size_t aligned(const struct cor_kallsyms *tables, size_t at)
{
    return (at + tables->alignment - 1) & ~(tables->alignment - 1);
}

static bool fits(const struct cor_kallsyms *tables, size_t at, size_t size)
{
    return cor_range_fits(at, size, tables->bytes.size);
}

static uint64_t word_at(const struct cor_kallsyms *tables, size_t at, size_t size)
{
    const char *place = tables->bytes.data + at;
    return size == 8 ? cor_get64(place, tables->big) : cor_get32(place, tables->big);
}

// Behind `count` strings that start at `at`; 0 when they leave the bytes.
static size_t skip_strings(struct cor_slice bytes, size_t at, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const char *end = at < bytes.size ? memchr(bytes.data + at, '\0', bytes.size - at) : NULL;
        if (!end)
            return 0;
        at = (size_t)(end - bytes.data) + 1;
    }
    return at;
}

// The offsets at `indexes` must be those of 256 strings behind each other.
static bool check_tokens(struct cor_kallsyms *tables, size_t zero, size_t indexes)
{
    const char *place = tables->bytes.data + indexes;
    uint16_t distance = cor_get16(place + '0' * 2, tables->big);
    if (cor_get16(place, tables->big) != 0 || distance > zero)
        return false;
    size_t start = zero - distance, at = start;
    for (unsigned i = 0; i < COR_KALLSYMS_TOKENS; i++) {
        if (at - start != cor_get16(place + i * 2, tables->big))
            return false;
        tables->tokens[i] = at;
        at = skip_strings(tables->bytes, at, 1);
        if (!at)
            return false;
    }
    tables->token_end = indexes + COR_KALLSYMS_TOKENS * 2;
    return true;
}

// Digits stand for themselves in every kernel, so their texts follow each other.
static const char digits[] = "0\0001\0002\0003\0004\0005\0006\0007\0008\0009";

static bool find_tokens(struct cor_kallsyms *tables, size_t *ret_from)
{
    struct cor_slice bytes = tables->bytes;
    size_t from = *ret_from;
    while (from < bytes.size) {
        const char *found = memmem(bytes.data + from, bytes.size - from, digits, sizeof digits);
        if (!found)
            return false;
        size_t zero = (size_t)(found - bytes.data);
        from = zero + 1;
        size_t end = skip_strings(bytes, zero, COR_KALLSYMS_TOKENS - '0');
        size_t indexes = end ? aligned(tables, end) : 0;
        if (end && fits(tables, indexes, COR_KALLSYMS_TOKENS * 2) &&
            check_tokens(tables, zero, indexes)) {
            *ret_from = from;
            return true;
        }
    }
    return false;
}

// The length of a name is one byte, or two where the first one's high bit is set.
static bool name_extent(const struct cor_kallsyms *tables, size_t at, size_t *ret_start,
                        size_t *ret_size)
{
    if (!fits(tables, at, 2))
        return false;
    size_t size = (unsigned char)tables->bytes.data[at++];
    if (size & 0x80)
        size = (size & 0x7f) | (size_t)(unsigned char)tables->bytes.data[at++] << 7;
    if (size == 0 || !fits(tables, at, size))
        return false;
    *ret_start = at;
    *ret_size = size;
    return true;
}

static bool check_names(const struct cor_kallsyms *tables, size_t markers, size_t marker_size)
{
    size_t at = tables->names, start, size;
    for (uint32_t i = 0; i < tables->count; i++) {
        if (i % BLOCK == 0 &&
            word_at(tables, markers + i / BLOCK * marker_size, marker_size) != at - tables->names)
            return false;
        if (!name_extent(tables, at, &start, &size))
            return false;
        at = start + size;
    }
    // Nothing but padding stands between the names and the markers.
    return at <= markers && markers - at < tables->alignment;
}

// How many markers there are from `at` on: they rise by what 256 names can take.
static size_t count_markers(const struct cor_kallsyms *tables, size_t at, size_t limit, size_t size)
{
    uint64_t last = 0;
    size_t count = 1;
    for (at += size; at + size <= limit; at += size, count++) {
        uint64_t next = word_at(tables, at, size);
        if (next < last + BLOCK * SHORTEST_NAME || next > last + BLOCK * LONGEST_NAME)
            break;
        last = next;
    }
    return count;
}

// The names start where as many symbols as the count in front of them says end at the markers.
static bool find_names(struct cor_kallsyms *tables, size_t markers, size_t marker_size,
                       size_t marker_count)
{
    uint64_t last = word_at(tables, markers + (marker_count - 1) * marker_size, marker_size);
    size_t step = tables->alignment;
    if (last + step > markers)
        return false;
    size_t highest = (markers - (size_t)last) & ~(step - 1);
    size_t lowest = highest > BLOCK * LONGEST_NAME ? highest - BLOCK * LONGEST_NAME : step;
    for (size_t at = highest; at >= lowest && at >= step; at -= step) {
        uint64_t count = cor_get32(tables->bytes.data + at - step, tables->big);
        if (tables->big && tables->wide && count == 0 && step >= 8) // before 4.20 a 64-bit number
            count = cor_get32(tables->bytes.data + at - step + 4, true);
        if (count <= (marker_count - 1) * BLOCK || count > marker_count * BLOCK)
            continue;
        tables->names = at;
        tables->count = (uint32_t)count;
        if (check_names(tables, markers, marker_size))
            return true;
    }
    return false;
}

static bool find_markers(struct cor_kallsyms *tables, size_t marker_size)
{
    size_t end = tables->tokens[0] & ~(marker_size - 1);
    size_t limit = end > FARTHEST ? end - FARTHEST : 0;
    for (size_t at = end; at >= limit + marker_size;) {
        at -= marker_size;
        if (at % tables->alignment || word_at(tables, at, marker_size) != 0)
            continue;
        size_t count = count_markers(tables, at, tables->tokens[0], marker_size);
        // A last number that rises by chance may be none of the markers.
        for (size_t tried = 0; count >= FEWEST_BLOCKS && tried < 8; tried++, count--)
            if (find_names(tables, at, marker_size, count))
                return true;
    }
    return false;
}

uint64_t cor_kallsyms_address(const struct cor_kallsyms *tables, uint32_t index)
{
    uint64_t mask = tables->wide ? UINT64_MAX : UINT32_MAX;
    size_t size = tables->form == COR_KALLSYMS_WORDS ? word_size(tables) : 4;
    uint64_t number = word_at(tables, tables->addresses + index * size, size);
    uint64_t extended = (uint64_t)(int64_t)(int32_t)number;
    switch (tables->form) {
    case COR_KALLSYMS_OFFSETS:
        return (tables->base + number) & mask;
    case COR_KALLSYMS_PER_CPU:
        return (int32_t)number >= 0 ? number : (tables->base - 1 - extended) & mask;
    case COR_KALLSYMS_DISTANCES:
        return (tables->base + index * size + extended) & mask;
    case COR_KALLSYMS_WORDS:
        break;
    }
    return number;
}

// Symbols are in the order of their addresses.
static bool in_order(const struct cor_kallsyms *tables)
{
    uint64_t last = 0;
    for (uint32_t i = 0; i < tables->count; i++) {
        uint64_t address = cor_kallsyms_address(tables, i);
        if (address < last)
            return false;
        last = address;
    }
    return last > 0;
}

static bool try_form(struct cor_kallsyms *tables, enum cor_kallsyms_form form)
{
    tables->form = form;
    return in_order(tables);
}

// Offsets are never negative without the per-processor symbols; with them nearly all are.
static bool try_offsets(struct cor_kallsyms *tables, size_t offsets, size_t base)
{
    if (!fits(tables, offsets, (size_t)tables->count * 4) || !fits(tables, base, word_size(tables)))
        return false;
    tables->addresses = offsets;
    tables->based = true;
    tables->base = word_at(tables, base, word_size(tables));
    if (tables->base != 0)
        return ((int32_t)word_at(tables, offsets + (size_t)(tables->count / 2) * 4, 4) < 0 &&
                try_form(tables, COR_KALLSYMS_PER_CPU)) ||
               try_form(tables, COR_KALLSYMS_OFFSETS);
    if (word_at(tables, offsets, 4) != 0 || !try_form(tables, COR_KALLSYMS_OFFSETS))
        return false;
    tables->base = cor_kernel_relocated_base(tables);
    tables->based = tables->base != 0;
    return true;
}

// Since 7.0.
static bool try_distances(struct cor_kallsyms *tables, const struct cor_kernel_map *map,
                          size_t offsets)
{
    uint64_t address;
    if (!fits(tables, offsets, (size_t)tables->count * 4))
        return false;
    tables->addresses = offsets;
    tables->based = true;
    tables->base = 0;
    if (!tables->wide && word_at(tables, offsets, 4) != 0 && try_form(tables, COR_KALLSYMS_OFFSETS))
        return true;
    tables->based = map && cor_kernel_map_address(map, offsets, &address);
    tables->base = tables->based ? address : offsets;
    return try_form(tables, COR_KALLSYMS_DISTANCES);
}

static bool find_addresses(struct cor_kallsyms *tables, const struct cor_kernel_map *map)
{
    size_t step = tables->alignment, size = aligned(tables, (size_t)tables->count * 4);
    size_t count_at = tables->names - step, after = aligned(tables, tables->token_end);
    size_t words = aligned(tables, tables->count * word_size(tables));
    if (step < word_size(tables))
        return try_distances(tables, map, after);
    if (count_at >= step && count_at - step >= size &&
        try_offsets(tables, count_at - step - size, count_at - step))
        return true;
    if (try_offsets(tables, after, after + size))
        return true;
    tables->based = true;
    tables->addresses = count_at - words;
    if (count_at >= words && try_form(tables, COR_KALLSYMS_WORDS))
        return true;
    return step == 4 && try_distances(tables, map, after);
}

bool cor_kallsyms_find(struct cor_slice bytes, bool wide, bool big,
                       const struct cor_kernel_map *map, struct cor_kallsyms *ret_tables)
{
    const size_t wide_steps[] = {8, 256, 4}, narrow_steps[] = {4, 16};
    const size_t *alignments = wide ? wide_steps : narrow_steps;
    // Without a map it is not known whether the kernel is one of 64 bits, and the tables of 32-bit
    // ones look like the newest of 64 bits.
    for (size_t i = 0; i < (wide && map ? 3 : 2); i++) {
        struct cor_kallsyms tables = {
            .bytes = bytes, .wide = wide, .big = big, .alignment = alignments[i]};
        size_t from = 0;
        while (find_tokens(&tables, &from)) {
            bool markers = find_markers(&tables, 4) || (wide && find_markers(&tables, 8));
            if (markers && find_addresses(&tables, map)) {
                *ret_tables = tables;
                return true;
            }
        }
    }
    return false;
}

const char *cor_kallsyms_absence(struct cor_slice bytes)
{
    if (memmem(bytes.data, bytes.size, digits, sizeof digits))
        return "its symbols could not be recovered: the tables of its kallsyms do not hold "
               "together";
    return "its symbols could not be recovered: it has no kallsyms";
}

bool cor_kallsyms_name(const struct cor_kallsyms *tables, size_t at,
                       char ret_text[COR_KALLSYMS_LONGEST], size_t *ret_size, size_t *ret_next)
{
    size_t start, count, size = 0;
    if (!name_extent(tables, at, &start, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *token =
            tables->bytes.data + tables->tokens[(unsigned char)tables->bytes.data[start + i]];
        size_t length = strlen(token);
        if (length >= COR_KALLSYMS_LONGEST - size)
            return false;
        memcpy(ret_text + size, token, length);
        size += length;
    }
    ret_text[size] = '\0';
    *ret_size = size;
    *ret_next = start + count;
    return true;
}
