// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/put.h"

#include <inttypes.h>
#include <string.h>

#include "base/interrupt.h"
#include "report/utf8.h"

enum { LONGEST_ESCAPE = 16, COLUMNS = 80, TAB = 8 };

// The characters to show for what `text` begins with, NUL-ended; returns how many bytes of it they
// stand for.
static size_t shown(const char *text, char escape[LONGEST_ESCAPE])
{
    uint32_t point = 0;
    size_t size = cor_utf8_next(text, &point);
    if (size == 0) {
        snprintf(escape, LONGEST_ESCAPE, "\\x%02x", (unsigned char)*text);
        return 1;
    }
    if (*text == '\n' || *text == '\t')
        snprintf(escape, LONGEST_ESCAPE, "\\%c", *text == '\n' ? 'n' : 't');
    else if (!cor_utf8_steers(point))
        snprintf(escape, LONGEST_ESCAPE, "%.*s", (int)size, text);
    else if (point < 0x80)
        snprintf(escape, LONGEST_ESCAPE, "\\x%02x", (unsigned)point);
    else
        snprintf(escape, LONGEST_ESCAPE, "\\u{%x}", (unsigned)point);
    return size;
}

void cor_put_part(FILE *out, struct cor_slice part)
{
    char escape[LONGEST_ESCAPE];
    for (const char *text = part.data, *end = text + part.size; text < end;) {
        text += shown(text, escape);
        fputs(escape, out);
    }
}

void cor_put(FILE *out, const char *text)
{
    cor_put_part(out, cor_slice_text(text ? text : "-"));
}

size_t cor_put_width(const char *text)
{
    char escape[LONGEST_ESCAPE];
    size_t width = 0;
    if (!text)
        return 1;
    while (*text) {
        size_t size = shown(text, escape);
        width += size > 1 && escape[0] != '\\' ? 1 : strlen(escape);
        text += size;
    }
    return width;
}

void cor_put_source(FILE *out, struct cor_slice line)
{
    char escape[LONGEST_ESCAPE];
    size_t column = 0;
    for (const char *text = line.data, *end = text + line.size; text < end;) {
        if (*text == '\t') {
            size_t spaces = TAB - column % TAB;
            fprintf(out, "%*s", (int)spaces, "");
            column += spaces;
            text++;
            continue;
        }
        text += shown(text, escape);
        fputs(escape, out);
        column++;
    }
}

void cor_put_number(FILE *out, uint64_t number)
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, number);
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            fputc(',', out);
        fputc(digits[i], out);
    }
}

void cor_put_count(FILE *out, uint64_t count, const char *one, const char *many)
{
    cor_put_number(out, count);
    fprintf(out, " %s", count == 1 ? one : many);
}

void cor_put_wrapped(FILE *out, unsigned indent, const char *text)
{
    size_t column = indent;
    fprintf(out, "%*s", (int)indent, "");
    while (*text) {
        size_t word = strcspn(text, " "), width = 0;
        char escape[LONGEST_ESCAPE];
        for (const char *at = text; at < text + word; width++)
            at += shown(at, escape);
        if (column > indent && column + 1 + width > COLUMNS) {
            fprintf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', out);
            column++;
        }
        column += width;
        for (const char *end = text + word; text < end;) {
            text += shown(text, escape);
            fputs(escape, out);
        }
        text += strspn(text, " ");
    }
    fputc('\n', out);
}

enum cor_status cor_put_done(FILE *out)
{
    if (cor_interrupted())
        return COR_INTERRUPTED;
    return fflush(out) == 0 && !ferror(out) ? COR_OK : COR_IO;
}
