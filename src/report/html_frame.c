// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/html_frame.h"

#include <string.h>

#include "report/page.h"
#include "report/put.h"
#include "report/utf8.h"

void cor_html_part(FILE *out, struct cor_slice part)
{
    const char *end = part.data + part.size;
    for (const char *at = part.data, *plain = at; at <= end; at++) {
        if (at < end && !(*at && strchr("<>&\"'", *at)))
            continue;
        cor_put_part(out, cor_slice(plain, (size_t)(at - plain)));
        if (at < end)
            fprintf(out, "&#%d;", *at);
        plain = at + 1;
    }
}

void cor_html_text(FILE *out, const char *text)
{
    cor_html_part(out, cor_slice_text(text ? text : "-"));
}

void cor_html_source(FILE *out, struct cor_slice line)
{
    size_t column = 0, size = 0;
    for (const char *at = line.data, *end = line.data + line.size; at < end; at += size) {
        uint32_t point = 0;
        size = cor_utf8_next(at, &point);
        if (size == 0 || (size_t)(end - at) < size)
            size = 1;
        if (*at == '\t')
            fprintf(out, "%*s", (int)(8 - column % 8), "");
        else
            cor_html_part(out, cor_slice(at, size));
        column += *at == '\t' ? 8 - column % 8 : 1;
    }
}

void cor_html_lines(FILE *out, const char *text)
{
    while (*text) {
        size_t size = strcspn(text, "\n");
        cor_html_part(out, cor_slice(text, size));
        text += size + (text[size] == '\n');
        fputs(*text ? "\n" : "", out);
    }
}

void cor_html_id(FILE *out, const struct cor_case *case_, const struct cor_case_symbol *symbol)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$";
    size_t before = 0;
    fputs("f-", out);
    for (const char *at = symbol->name; *at; at++)
        if (strchr(plain, *at))
            fputc(*at, out);
        else
            fprintf(out, "~%02x", (unsigned char)*at);
    for (const struct cor_case_symbol *other = symbol; other > case_->symbols.items; before++)
        if (strcmp((--other)->name, symbol->name) != 0)
            break;
    if (before)
        fprintf(out, "-%zu", before + 1);
}

// The dark colours stand there twice: for who chose them, and for who prefers them.
static void put_style(FILE *out)
{
    cor_page_resource(COR_PAGE_CSS, out);
    fputs("@media screen{:root[data-theme=dark]{\n", out);
    cor_page_resource(COR_PAGE_DARK_CSS, out);
    fputs("}}\n@media screen and (prefers-color-scheme:dark){:root:not([data-theme]){\n", out);
    cor_page_resource(COR_PAGE_DARK_CSS, out);
    fputs("}}\n", out);
}

void cor_html_begin(FILE *out, const char *title)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>",
          out);
    cor_html_text(out, title);
    fputs("</title>\n<style>\n", out);
    put_style(out);
    fputs("</style>\n</head>\n<body>\n", out);
}

void cor_html_end(FILE *out)
{
    fputs("<script>\n", out);
    cor_page_resource(COR_PAGE_JS, out);
    fputs("</script>\n</body>\n</html>\n", out);
}
