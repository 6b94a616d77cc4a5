// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// ELF files with something behind what their headers describe: AppImages of type 2 (a squashfs
// image) and programs that unpack themselves. Type 1 is an ISO image that begins with an ELF
// header, and is read as such.
#include "intake/formats/elf_payload.h"

#include <string.h>

#include "base/checked.h"
#include "intake/formats/parts.h"
#include "intake/formats/rows.h"

enum { IDENT = 16, WIDE = 64, NARROW = 52, MOST_ROWS = 65535, SMALLEST = 64 };

struct elf {
    bool wide, big;
    uint64_t end; // behind everything that headers describe
};

static uint64_t number(const struct elf *elf, const unsigned char *at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | at[elf->big ? i : size - 1 - i];
    return value;
}

static void reach(struct elf *elf, uint64_t offset, uint64_t size)
{
    uint64_t end;
    if (cor_add_u64(offset, size, &end) && end > elf->end)
        elf->end = end;
}

// Rows of a table, each with an offset and a size; sections of type 8 take no room.
static bool read_table(struct elf *elf, struct cor_stream *stream, uint64_t at, uint64_t count,
                       uint64_t row_size, bool sections)
{
    unsigned char row[WIDE];
    size_t word = elf->wide ? 8 : 4, least = sections ? (elf->wide ? 64 : 40) : elf->wide ? 56 : 32;
    size_t offset_at = sections ? (elf->wide ? 24 : 16) : elf->wide ? 8 : 4;
    size_t size_at = sections ? (elf->wide ? 32 : 20) : elf->wide ? 32 : 16;
    if (count == 0)
        return true;
    if (row_size < least || count > MOST_ROWS)
        return false;
    for (uint64_t i = 0; i < count; i++) {
        if (!cor_stream_read_at(stream, at + i * row_size, row, least))
            return false;
        if (!sections || number(elf, row + 4, 4) != 8)
            reach(elf, number(elf, row + offset_at, word), number(elf, row + size_at, word));
    }
    reach(elf, at, count * row_size);
    return true;
}

static bool read_elf(struct cor_stream *stream, struct elf *elf)
{
    unsigned char head[WIDE] = {0};
    if (!cor_stream_read_at(stream, 0, head, NARROW) || memcmp(head, "\177ELF", 4) != 0 ||
        head[4] < 1 || head[4] > 2 || head[5] < 1 || head[5] > 2)
        return false;
    *elf = (struct elf){.wide = head[4] == 2, .big = head[5] == 2};
    if (elf->wide && !cor_stream_read_at(stream, 0, head, WIDE))
        return false;
    size_t word = elf->wide ? 8 : 4;
    const unsigned char *tables = head + (elf->wide ? 32 : 28),
                        *rest = head + (elf->wide ? 54 : 42);
    elf->end = elf->wide ? WIDE : NARROW;
    return read_table(elf, stream, number(elf, tables, word), number(elf, rest + 2, 2),
                      number(elf, rest, 2), false) &&
           read_table(elf, stream, number(elf, tables + word, word), number(elf, rest + 6, 2),
                      number(elf, rest + 4, 2), true) &&
           elf->end < stream->size;
}

static enum cor_status find(struct cor_parts *parts)
{
    struct elf elf;
    struct cor_stream *below = parts->base.below;
    if (!read_elf(below, &elf))
        return cor_parts_corrupt(parts, "its program ends nowhere");
    enum cor_status status = cor_parts_add(parts, 0, elf.end, "program");
    uint64_t from = cor_stream_padding(below, elf.end, below->size);
    if (status == COR_OK && from < below->size)
        status = cor_parts_add(parts, from, below->size - from, "payload");
    return status;
}

static struct cor_container *open_payload(const struct cor_format *format, struct cor_stream *below)
{
    (void)format;
    return cor_parts_open(find, below);
}

const struct cor_format cor_format_elf_payload = {
    .name = "elf-payload", .open = open_payload, .seeks = true};

static unsigned bid_appimage(const unsigned char *head, size_t size)
{
    return size > IDENT && memcmp(head + 8, "AI\2", 3) == 0 ? 56 : 0;
}

const struct cor_format cor_format_appimage = {.name = "appimage",
                                               .magic = {0, 4, "\177ELF"},
                                               .bid = bid_appimage,
                                               .open = open_payload,
                                               .seeks = true};

// Signatures and other data behind a program are part of what is read anyway; a container is not.
enum cor_status cor_elf_payload_probe(struct cor_stream *stream,
                                      const struct cor_format **ret_format)
{
    struct elf elf;
    const unsigned char *head;
    if (!stream->kind->at || stream->size == COR_SIZE_UNKNOWN || !read_elf(stream, &elf))
        return COR_OK;
    uint64_t from = cor_stream_padding(stream, elf.end, stream->size);
    if (stream->size - from < SMALLEST)
        return COR_OK;
    struct cor_stream *rest = cor_stream_range(stream, from, stream->size - from);
    if (!rest)
        return COR_NOMEM;
    size_t size = cor_stream_peek(rest, COR_HEAD, &head);
    enum cor_status failure = rest->failure;
    const struct cor_format *format = cor_recognise(head, size);
    if (format && strcmp(format->name, "esxi-signature") != 0)
        *ret_format = &cor_format_elf_payload;
    cor_stream_close(rest);
    return failure == COR_NOMEM ? COR_NOMEM : COR_OK;
}
