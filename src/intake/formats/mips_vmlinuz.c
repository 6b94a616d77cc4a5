// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// MIPS kernels that unpack themselves (arch/mips/boot/compressed): a linked ELF file of one segment
// whose data holds the payload. Without a payload it is a program like any other, and its only
// part.
#include <elf.h>
#include <string.h>

#include "intake/formats/parts.h"
#include "intake/formats/payload.h"
#include "intake/formats/rows.h"

enum { MOST_SEGMENTS = 3 };

struct header {
    bool wide, big;
};

static uint64_t number(const struct header *header, const unsigned char *at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | at[header->big ? i : size - 1 - i];
    return value;
}

static bool is_mips_program(const unsigned char *head, size_t size, struct header *ret_header)
{
    struct header header = {head[EI_CLASS] == ELFCLASS64, head[EI_DATA] == ELFDATA2MSB};
    if (size < sizeof(Elf64_Ehdr) || memcmp(head, ELFMAG, SELFMAG) != 0)
        return false;
    *ret_header = header;
    return number(&header, head + 16, 2) == ET_EXEC && number(&header, head + 18, 2) == EM_MIPS;
}

// The only segment to load, which everything may be done with.
static bool find_segment(const unsigned char *head, size_t size, uint64_t *ret_offset,
                         uint64_t *ret_end)
{
    struct header header;
    size_t loads = 0;
    if (!is_mips_program(head, size, &header))
        return false;
    const bool wide = header.wide;
    size_t at = (size_t)number(&header, head + (wide ? 32 : 28), 4);
    size_t count = (size_t)number(&header, head + (wide ? 56 : 44), 2), row = wide ? 56 : 32;
    if (header.big && wide)
        at = (size_t)number(&header, head + 36, 4);
    if (count > MOST_SEGMENTS || at > size || size - at < count * row)
        return false;
    for (size_t i = 0; i < count; i++, at += row) {
        uint64_t type = number(&header, head + at, 4);
        uint64_t flags = number(&header, head + at + (wide ? 4 : 24), 4);
        if (type == PT_INTERP || type == PT_DYNAMIC)
            return false;
        if (type != PT_LOAD)
            continue;
        loads += flags == (PF_R | PF_W | PF_X) ? 1 : MOST_SEGMENTS;
        *ret_offset = number(&header, head + at + (wide ? 8 : 4), wide ? 8 : 4);
        *ret_end = *ret_offset + number(&header, head + at + (wide ? 32 : 16), wide ? 8 : 4);
    }
    return loads == 1;
}

static enum cor_status find(struct cor_parts *parts)
{
    unsigned char head[512];
    uint64_t size = parts->base.below->size, start = 0, end = 0, offset;
    enum cor_status status = cor_parts_read(parts, 0, head, sizeof head);
    if (status != COR_OK)
        return status;
    bool found = find_segment(head, sizeof head, &start, &end) && start < size &&
                 cor_payload_find(parts->base.below, start + 1, size, &offset);
    if (!found) {
        status = cor_parts_add(parts, 0, size, "program");
        return status == COR_OK && end > size
                   ? cor_container_fail(&parts->base, COR_TRUNCATED, "the program is cut short")
                   : status;
    }
    status = cor_parts_overhead(parts, 0, start);
    if (status == COR_OK)
        status = cor_parts_add(parts, start, offset - start, "stub");
    return status == COR_OK ? cor_parts_add(parts, offset, size - offset, "payload") : status;
}

static struct cor_container *open_vmlinuz(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

static unsigned bid(const unsigned char *head, size_t size)
{
    uint64_t offset, end;
    return size >= 512 && find_segment(head, size, &offset, &end) ? 64 : 0;
}

const struct cor_format cor_format_mips_vmlinuz = {
    .name = "mips-vmlinuz", .bid = bid, .open = open_vmlinuz, .seeks = true};
