// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/pack.h"

#include <inttypes.h>
#include <string.h>

#include "base/alloc.h"
#include "report/utf8.h"

enum {
    MOST_LENGTH = COR_PACK_BASE * COR_PACK_BASE - 1 + COR_PACK_LEAST,
    MOST_DISTANCE = COR_PACK_BASE * COR_PACK_BASE * COR_PACK_BASE - 1,
    HASH_BITS = 16,
    TRIES = 24,   // earlier places that are compared
    ENOUGH = 256, // a repetition of this length is taken without further search
    NOWHERE = -1
};

void cor_pack_plain(FILE *out, struct cor_slice markup)
{
    size_t size = 0;
    for (const char *at = markup.data, *end = at + markup.size; at < end; at += size) {
        uint32_t point = 0;
        size = cor_utf8_next(at, &point);
        if (size == 0) {
            fputs("&#65533;", out);
            size = 1;
        } else if (point >= 0x80 || point == '^' || point == '`') {
            fprintf(out, "&#%" PRIu32 ";", point);
        } else {
            fputc(*at, out);
        }
    }
}

// Where each text of COR_PACK_LEAST characters stood last, and where before that.
struct places {
    int32_t last[1 << HASH_BITS];
    int32_t *before; // by place
};

static uint32_t hash(const char *text)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < COR_PACK_LEAST; i++)
        value = value << 8 | (unsigned char)text[i];
    return (uint32_t)(value * 0x9e3779b97f4a7c15 >> (64 - HASH_BITS));
}

static size_t common(const char *one, const char *other, size_t most)
{
    size_t size = 0;
    while (size < most && one[size] == other[size])
        size++;
    return size;
}

// The longest repetition at `at`: its length, 0 for none that is worth it.
static size_t find(const struct places *places, struct cor_slice text, size_t at,
                   size_t *ret_distance)
{
    size_t best = 0, most = text.size - at < MOST_LENGTH ? text.size - at : MOST_LENGTH;
    if (most < COR_PACK_LEAST)
        return 0;
    int32_t place = places->last[hash(text.data + at)];
    for (unsigned i = 0; i < TRIES && place != NOWHERE && best < ENOUGH; i++) {
        size_t distance = at - (size_t)place;
        if (distance > MOST_DISTANCE)
            break;
        size_t length = common(text.data + at, text.data + place, most);
        if (length > best) {
            best = length;
            *ret_distance = distance;
        }
        place = places->before[place];
    }
    return best >= COR_PACK_LEAST ? best : 0;
}

static void remember(struct places *places, struct cor_slice text, size_t at)
{
    if (text.size - at < COR_PACK_LEAST)
        return;
    uint32_t slot = hash(text.data + at);
    places->before[at] = places->last[slot];
    places->last[slot] = (int32_t)at;
}

static void put_digits(FILE *out, size_t number, unsigned count)
{
    char digits[4];
    for (unsigned i = count; i-- > 0; number /= COR_PACK_BASE) {
        char digit = (char)('#' + number % COR_PACK_BASE);
        // Three characters are left out of the digits.
        digit = (char)(digit + (digit >= '<'));
        digit = (char)(digit + (digit >= '^'));
        digits[i] = (char)(digit + (digit >= '`'));
    }
    fwrite(digits, 1, count, out);
}

enum cor_status cor_pack(FILE *out, struct cor_slice text)
{
    if (text.size > INT32_MAX)
        return COR_LIMIT;
    struct places *places = cor_alloc_zero(1, sizeof *places);
    if (places)
        places->before = cor_alloc_zero(text.size + 1, sizeof *places->before);
    if (!places || !places->before) {
        cor_free(places);
        return COR_NOMEM;
    }
    for (size_t i = 0; i < sizeof places->last / sizeof *places->last; i++)
        places->last[i] = NOWHERE;
    for (size_t at = 0; at < text.size;) {
        size_t distance = 0, length = find(places, text, at, &distance);
        if (length) {
            fputc('`', out);
            put_digits(out, length - COR_PACK_LEAST, 2);
            put_digits(out, distance, 3);
        } else {
            fputc(text.data[at] == '<' ? '^' : text.data[at], out);
            length = 1;
        }
        for (size_t end = at + length; at < end; at++)
            remember(places, text, at);
    }
    cor_free(places->before);
    cor_free(places);
    return COR_OK;
}
