// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/text_decode.h"

#include <stdint.h>
#include <stdlib.h>

enum { PROBE = 16, WORD_LIMIT = 24 };

// Where decoded bytes go. A probe takes the first few only.
struct sink {
    unsigned char head[PROBE];
    size_t size;
    struct cor_buffer *whole;
};

static bool put(struct sink *sink, unsigned char byte)
{
    if (sink->size < PROBE)
        sink->head[sink->size] = byte;
    sink->size++;
    if (sink->whole)
        return cor_buffer_append(sink->whole, &byte, 1) == COR_OK;
    return sink->size < PROBE;
}

static bool is_object(const struct sink *sink)
{
    static const char archive[] = "!<arch>\n";
    const unsigned char *head = sink->head;
    if (sink->size >= PROBE && memcmp(head,
                                      "\x7f"
                                      "ELF",
                                      4) == 0)
        return (head[4] == 1 || head[4] == 2) && (head[5] == 1 || head[5] == 2) && head[6] == 1;
    return sink->size >= PROBE && memcmp(head, archive, sizeof archive - 1) == 0;
}

// --- uuencode and base64 ------------------------------------------------------------------------

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline + 1 : end;
}

static bool uu_line(const char *at, const char *stop, struct sink *sink)
{
    size_t size = (size_t)(*at - ' ') & 63;
    const char *in = at + 1;
    for (size_t done = 0; done < size; in += 4) {
        unsigned v[4];
        for (int i = 0; i < 4; i++)
            v[i] = in + i < stop && in[i] >= ' ' && in[i] <= '`' ? (unsigned)(in[i] - ' ') & 63 : 0;
        const unsigned bytes[] = {v[0] << 2 | v[1] >> 4, v[1] << 4 | v[2] >> 2, v[2] << 6 | v[3]};
        for (int i = 0; i < 3 && done < size; i++, done++)
            if (!put(sink, (unsigned char)bytes[i]))
                return false;
    }
    return size > 0;
}

static const char *uu_decode(const char *at, const char *end, struct sink *sink)
{
    while (at < end) {
        const char *stop = line_end(at, end);
        if (*at < ' ' || *at > '`' || (stop - at >= 3 && memcmp(at, "end", 3) == 0))
            break;
        if (!uu_line(at, stop, sink))
            return stop;
        at = stop;
    }
    return at;
}

static int base64_value(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c ? strchr(digits, c) : NULL;
    return found ? (int)(found - digits) : -1;
}

static const char *base64_decode(const char *at, const char *end, struct sink *sink)
{
    unsigned bits = 0, value = 0;
    for (; at < end && *at != '='; at++) {
        int digit = base64_value(*at);
        if (digit < 0 && !strchr(" \t\r\n", *at))
            break;
        if (digit < 0)
            continue;
        value = (value << 6 | (unsigned)digit) & 0xffffff;
        bits += 6;
        if (bits < 8)
            continue;
        bits -= 8;
        if (!put(sink, (unsigned char)(value >> bits)))
            break;
    }
    return at;
}

// "begin 644 name" or "begin-base64 644 name" on a line of its own.
static const char *encoded_at(struct cor_slice text, const char *at, struct cor_text_object *object,
                              struct sink *sink)
{
    const char *end = text.data + text.size, *stop = line_end(at, end);
    bool base64 = stop - at > 17 && memcmp(at, "begin-base64 ", 13) == 0;
    bool uu = stop - at > 10 && memcmp(at, "begin ", 6) == 0 && at[6] >= '0' && at[6] <= '7';
    if ((!uu && !base64) || (at > text.data && at[-1] != '\n'))
        return NULL;
    const char *name = memchr(at + (uu ? 6 : 13), ' ', (size_t)(stop - at) - (uu ? 6 : 13));
    size_t size = 0;
    while (name && name + 1 + size < stop && name[1 + size] > ' ' &&
           size + 1 < sizeof object->name) {
        object->name[size] = name[1 + size];
        size++;
    }
    object->name[size] = '\0';
    object->begin = at;
    return uu ? uu_decode(stop, end, sink) : base64_decode(stop, end, sink);
}

// --- C arrays -----------------------------------------------------------------------------------

static const char *skip_between(const char *at, const char *end)
{
    while (at < end) {
        if (strchr(" \t\r\n,", *at) && *at)
            at++;
        else if (at + 1 < end && at[0] == '/' && at[1] == '/')
            at = line_end(at, end);
        else if (at + 1 < end && at[0] == '/' && at[1] == '*') {
            const char *close = memmem(at + 2, (size_t)(end - at - 2), "*/", 2);
            at = close ? close + 2 : end;
        } else
            break;
    }
    return at;
}

static int digit_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : 99;
}

// Digits of the base, at most `most` of them.
static const char *digits(const char *at, const char *end, int base, int most, uint64_t *value)
{
    *value = 0;
    for (; at < end && most-- > 0 && digit_of(*at) < base; at++)
        *value = *value * (unsigned)base + (unsigned)digit_of(*at);
    return at;
}

// One character of a literal, escapes seen; NULL when it ends.
static const char *character(const char *at, const char *end, char quote, uint64_t *value)
{
    static const char letters[] = "abtnvfr", codes[] = "\a\b\t\n\v\f\r";
    if (at >= end || *at == quote || *at == '\n')
        return NULL;
    if (*at != '\\' || at + 1 >= end) {
        *value = (unsigned char)*at;
        return at + 1;
    }
    at++;
    if (*at == 'x')
        return digits(at + 1, end, 16, 2, value);
    if (*at >= '0' && *at <= '7')
        return digits(at, end, 8, 3, value);
    const char *letter = strchr(letters, *at);
    *value = (unsigned char)(letter && *at ? codes[letter - letters] : *at);
    return at + 1;
}

// A number or a character constant; NULL when none stands there.
static const char *element(const char *at, const char *end, uint64_t *value)
{
    const char *behind = NULL;
    if (at + 2 < end && *at == '\'') {
        behind = character(at + 1, end, '\'', value);
        return behind && behind < end && *behind == '\'' ? behind + 1 : NULL;
    }
    bool hex = at + 2 < end && at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
    if (hex)
        behind = digits(at + 2, end, 16, WORD_LIMIT, value);
    else if (at < end && *at >= '0' && *at <= '9')
        behind = digits(at, end, *at == '0' ? 8 : 10, WORD_LIMIT, value);
    while (behind && behind < end && *behind && strchr("uUlL", *behind))
        behind++;
    return behind;
}

// How many bytes an element has, and in which order, by the first of them.
static unsigned width_of(uint64_t first, bool *ret_big)
{
    static const struct {
        uint64_t first, mask;
        unsigned width;
        bool big;
    } rows[] = {
        {0x7f, UINT64_MAX, 1, false},
        {0x21, UINT64_MAX, 1, false},
        {0x457f, UINT64_MAX, 2, false},
        {0x7f45, UINT64_MAX, 2, true},
        {0x464c457f, UINT64_MAX, 4, false},
        {0x7f454c46, UINT64_MAX, 4, true},
        {0x464c457f, UINT32_MAX, 8, false},
        {(uint64_t)0x7f454c46 << 32, ~(uint64_t)UINT32_MAX, 8, true},
        {0x3c21, UINT64_MAX, 2, false},
        {0x213c, UINT64_MAX, 2, true},
        {0x72613c21, UINT64_MAX, 4, false},
        {0x213c6172, UINT64_MAX, 4, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if ((first & rows[i].mask) == rows[i].first) {
            *ret_big = rows[i].big;
            return rows[i].width;
        }
    return 0;
}

static bool put_element(struct sink *sink, uint64_t value, unsigned width, bool big)
{
    for (unsigned i = 0; i < width; i++)
        if (!put(sink, (unsigned char)(value >> 8 * (big ? width - 1 - i : i))))
            return false;
    return true;
}

static const char *numbers(const char *at, const char *end, struct sink *sink)
{
    uint64_t value;
    bool big = false;
    const char *behind = element(at, end, &value);
    unsigned width = behind ? width_of(value, &big) : 0;
    while (width && behind && put_element(sink, value, width, big)) {
        at = skip_between(behind, end);
        behind = element(at, end, &value);
    }
    return at;
}

static const char *strings(const char *at, const char *end, struct sink *sink)
{
    while (at < end && *at == '"') {
        uint64_t value;
        at++;
        for (const char *next; (next = character(at, end, '"', &value)) != NULL; at = next)
            if (!put(sink, (unsigned char)value))
                return next;
        at = skip_between(at < end ? at + 1 : at, end);
    }
    return at;
}

// The initialiser that begins behind "= {" or "=".
static const char *array_at(struct cor_slice text, const char *at, struct cor_text_object *object,
                            struct sink *sink)
{
    const char *end = text.data + text.size, *begin = at;
    at = skip_between(at + 1, end);
    if (at < end && *at == '{')
        at = skip_between(at + 1, end);
    object->name[0] = '\0';
    object->begin = begin;
    return at < end && *at == '"' ? strings(at, end, sink) : numbers(at, end, sink);
}

static const char *candidate(struct cor_slice text, const char *at, struct cor_text_object *object,
                             struct sink *sink)
{
    const char *end = text.data + text.size;
    if (*at == '=')
        return array_at(text, at, object, sink);
    if (*at == 'b')
        return encoded_at(text, at, object, sink);
    if (end - at < 24 || memcmp(at, "f0VMR", 5) != 0 ||
        (at > text.data && base64_value(at[-1]) >= 0))
        return NULL;
    object->name[0] = '\0';
    object->begin = at;
    return base64_decode(at, end, sink);
}

// The next place that may begin an object: few are looked at closely.
static const char *next_candidate(const char *at, const char *end)
{
    for (; at < end; at++) {
        if (*at == '=' && at + 1 < end && at[1] != '=') {
            const char *first = skip_between(at + 1, end);
            bool brace = first < end && *first == '{';
            if (brace)
                first = skip_between(first + 1, end);
            if (first < end && (*first == '"' ? first + 1 < end && first[1] == '\\'
                                              : brace && *first >= '0' && *first <= '9'))
                return at;
        } else if ((*at == 'b' && end - at > 10 && memcmp(at, "begin", 5) == 0) ||
                   (*at == 'f' && end - at > 10 && memcmp(at, "f0VMR", 5) == 0)) {
            return at;
        }
    }
    return NULL;
}

bool cor_text_object_find(struct cor_slice text, const char *at, struct cor_text_object *ret_object,
                          struct cor_buffer *decoded)
{
    const char *end = text.data + text.size;
    while ((at = next_candidate(at, end)) != NULL) {
        struct sink probe = {.size = 0}, whole = {.whole = decoded};
        const char *behind = candidate(text, at, ret_object, &probe);
        if (behind && is_object(&probe)) {
            ret_object->end = decoded ? candidate(text, at, ret_object, &whole) : behind;
            return true;
        }
        at++;
    }
    return false;
}
