// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/text.h"

#include <string.h>

#include "base/alloc.h"

void cor_text_init(struct cor_text *text)
{
    *text = (struct cor_text){0};
}

void cor_text_dispose(struct cor_text *text)
{
    cor_free(text->data);
    cor_text_init(text);
}

enum cor_status cor_text_room(struct cor_text *text, size_t size)
{
    if (size > SIZE_MAX / 4)
        return COR_LIMIT;
    if (size + COR_TEXT_PADDING <= text->capacity)
        return COR_OK;
    size_t capacity = size + size / 4 + COR_TEXT_PADDING;
    char *data = cor_alloc(capacity);
    if (!data)
        return COR_NOMEM;
    cor_free(text->data);
    text->data = data;
    text->capacity = capacity;
    text->size = 0;
    return COR_OK;
}

void cor_text_finish(struct cor_text *text, size_t size)
{
    text->size = size;
    memset(text->data + size, 0, COR_TEXT_PADDING);
    text->counted = text->data;
    text->line = 1;
}

static size_t narrow(char *out, const unsigned char *bytes, size_t size, unsigned low)
{
    size_t count = 0;
    for (size_t i = 2; i + 1 < size; i += 2) {
        unsigned unit = (unsigned)bytes[i + low] | (unsigned)bytes[i + 1 - low] << 8;
        out[count++] = unit && unit < 128 ? (char)unit : '?';
    }
    return count;
}

enum cor_status cor_text_set(struct cor_text *text, const void *bytes, size_t size)
{
    enum cor_status status = cor_text_room(text, size);
    if (status != COR_OK)
        return status;
    const unsigned char *in = bytes;
    if (size >= 2 && in[0] == 0xff && in[1] == 0xfe) {
        size = narrow(text->data, in, size, 0);
    } else if (size >= 2 && in[0] == 0xfe && in[1] == 0xff) {
        size = narrow(text->data, in, size, 1);
    } else if (size) {
        memcpy(text->data, bytes, size);
        if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
            memset(text->data, ' ', 3);
    }
    cor_text_finish(text, size);
    return COR_OK;
}

static uint32_t count_lines(const char *from, const char *to)
{
    uint32_t count = 0;
    for (; from < to; from++)
        count += *from == '\n';
    return count;
}

uint32_t cor_text_line(struct cor_text *text, const char *at)
{
    if (at < text->data || at > text->data + text->size)
        return text->line;
    if (at < text->counted) {
        text->counted = text->data;
        text->line = 1;
    }
    text->line += count_lines(text->counted, at);
    text->counted = at;
    return text->line;
}

static const char *line_end(const char *at, const char *end)
{
    const char *found = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    return found ? found + 1 : end;
}

uint32_t cor_text_around(const struct cor_text *text, uint32_t line, struct cor_slice *ret_lines)
{
    uint32_t first = line > 2 ? line - 2 : 1;
    const char *end = text->data + text->size, *begin = text->data;
    for (uint32_t i = 1; i < first && begin < end; i++)
        begin = line_end(begin, end);
    const char *stop = begin;
    for (uint32_t i = first; i <= line + 2 && stop < end; i++)
        stop = line_end(stop, end);
    *ret_lines = cor_slice(begin, (size_t)(stop - begin));
    return first;
}
