// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/decoder.h"

void cor_decoder_begin(struct cor_decoder *decoder, uint32_t space)
{
    decoder->space = space;
    decoder->start = decoder->end = 0;
    decoder->decoded = false;
}

// Where to begin: behind the latest instruction, unless a nearer start is known.
static uint64_t first_place(const struct cor_decoder *decoder, uint64_t from, uint64_t place,
                            bool compressed)
{
    uint64_t step = cor_disasm_step(decoder->disasm, compressed);
    if (cor_disasm_fixed(decoder->disasm, compressed))
        return place - (place - from) % step;
    bool passed = decoder->end > decoder->start && from <= decoder->start;
    return passed ? decoder->end : from;
}

bool cor_decoder_at(struct cor_decoder *decoder, struct cor_slice code, uint64_t base,
                    uint64_t from, uint64_t place, bool compressed)
{
    uint64_t mark = 0;
    enum cor_content content = cor_mapping_at(decoder->mapping, decoder->space, place, &mark);
    if (!decoder->disasm || content == COR_CONTENT_DATA)
        return false;
    if (content != COR_CONTENT_UNKNOWN) {
        compressed = content == COR_CONTENT_COMPRESSED;
        from = mark > from ? mark : from;
    }
    from = from < base ? base : from;
    if (from > place || place - base >= code.size)
        return false;
    if (place >= decoder->start && place < decoder->end && from <= decoder->start)
        return decoder->decoded;
    uint64_t at = first_place(decoder, from, place, compressed);
    do {
        struct cor_slice rest = {code.data + (at - base), code.size - (size_t)(at - base)};
        decoder->start = at;
        decoder->decoded =
            cor_disasm_one(decoder->disasm, rest, at, compressed, &decoder->instruction);
        at += decoder->decoded ? decoder->instruction.size
                               : cor_disasm_step(decoder->disasm, compressed);
        decoder->end = at;
    } while (at <= place && at - base < code.size);
    return decoder->decoded && at > place;
}
