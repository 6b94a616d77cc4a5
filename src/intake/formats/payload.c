// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/payload.h"

#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/interrupt.h"

enum { CHUNK = 64 << 10, LONGEST_MAGIC = 16, PROOF = 4096, SHORTEST = 256, MOST_TRIALS = 4096 };

static const struct candidate {
    const char *magic;
    size_t size;
} candidates[] = {
    {"\x1f\x8b\x08\0", 4},
    {"\xfd"
     "7zXZ\0",
     6},
    {"\x5d\0\0", 3},
    {"\x89LZO\0\r\n\x1a\n", 9},
    {"\x02\x21\x4c\x18", 4},
    {"\x28\xb5\x2f\xfd", 4},
    {"BZh91AY&SY", 10},
    {"\177ELF", 4},
};

static bool is_candidate(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (candidates[i].size <= size &&
            memcmp(bytes, candidates[i].magic, candidates[i].size) == 0)
            return true;
    return false;
}

// The tables that the header names must be where it says.
static bool is_elf(const unsigned char *head, size_t size, uint64_t room)
{
    if (size < 64 || memcmp(head, "\177ELF", 4) != 0 || head[6] != 1)
        return false;
    bool wide = head[4] == 2, little = head[5] == 1;
    if ((head[4] != 1 && !wide) || (!little && head[5] != 2))
        return false;
    const unsigned char *half = head + (wide ? 52 : 40), *tables = head + (wide ? 32 : 28);
    uint64_t number[2];
    uint32_t halves[5]; // header, program entry, count, section entry, count
    for (size_t i = 0; i < 5; i++)
        halves[i] = little ? cor_le16(half + 2 * i) : (uint32_t)half[2 * i] << 8 | half[2 * i + 1];
    for (size_t i = 0; i < 2; i++) {
        const unsigned char *at = tables + (wide ? 8 : 4) * i;
        uint64_t low = little ? cor_le32(at) : cor_be32(at);
        uint64_t high = !wide ? 0 : little ? cor_le32(at + 4) : cor_be32(at + 4);
        number[i] = little || !wide ? high << 32 | low : low << 32 | high;
    }
    return halves[0] == (wide ? 64 : 52) && (halves[2] || halves[4]) &&
           (!halves[2] || (halves[1] == (wide ? 56 : 32) &&
                           cor_range_fits(number[0], (uint64_t)halves[1] * halves[2], room))) &&
           (!halves[4] || (halves[3] == (wide ? 64 : 40) &&
                           cor_range_fits(number[1], (uint64_t)halves[3] * halves[4], room)));
}

static bool decodes(struct cor_stream *part, const struct cor_format *format)
{
    const unsigned char *data;
    struct cor_stream *decoded = format->decode(part);
    if (!decoded)
        return false;
    size_t got = cor_stream_peek(decoded, PROOF, &data);
    bool sound = got >= PROOF || (got >= SHORTEST && decoded->failure == COR_OK);
    cor_stream_close(decoded);
    return sound;
}

static bool holds(struct cor_stream *stream, uint64_t offset, uint64_t to)
{
    const unsigned char *head;
    struct cor_stream *part = cor_stream_range(stream, offset, to - offset);
    if (!part)
        return false;
    size_t size = cor_stream_peek(part, COR_HEAD, &head);
    bool sound = is_elf(head, size, to - offset);
    const struct cor_format *format = sound ? NULL : cor_recognise(head, size);
    if (format && format->decode && is_candidate(head, size))
        sound = decodes(part, format);
    cor_stream_close(part);
    return sound;
}

static bool find_in(struct cor_stream *stream, uint64_t at, uint64_t to, size_t *trials,
                    const unsigned char *bytes, size_t size, uint64_t *ret_offset)
{
    for (size_t i = 0; i < size && *trials; i++) {
        if (!is_candidate(bytes + i, size - i))
            continue;
        (*trials)--;
        if (!holds(stream, at + i, to))
            continue;
        *ret_offset = at + i;
        return true;
    }
    return false;
}

bool cor_payload_find(struct cor_stream *stream, uint64_t from, uint64_t to, uint64_t *ret_offset)
{
    unsigned char *bytes = cor_alloc(CHUNK);
    size_t trials = MOST_TRIALS;
    bool found = false;
    while (bytes && !found && trials && from < to && !cor_interrupted()) {
        size_t got = 0, size = to - from < CHUNK ? (size_t)(to - from) : CHUNK;
        if (stream->kind->at(stream, from, bytes, size, &got) != COR_OK || got == 0)
            break;
        found = find_in(stream, from, to, &trials, bytes, got, ret_offset);
        // A magic number may stand across the border.
        from += got > LONGEST_MAGIC && got == CHUNK ? got - LONGEST_MAGIC : got;
    }
    cor_free(bytes);
    return found;
}
