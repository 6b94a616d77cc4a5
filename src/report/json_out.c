// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/json_out.h"

#include <inttypes.h>

#include "report/utf8.h"

static void put_string(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text) {
        uint32_t point = 0;
        size_t size = cor_utf8_next(text, &point);
        if (size == 0)
            fputs("\xef\xbf\xbd", out);
        else if (*text == '"' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else if (*text == '\n')
            fputs("\\n", out);
        else if (*text == '\t')
            fputs("\\t", out);
        else if (point < 0x20 || point == 0x7f)
            fprintf(out, "\\u%04x", (unsigned)point);
        else
            fwrite(text, 1, size, out);
        text += size ? size : 1;
    }
    fputc('"', out);
}

static void begin(struct cor_json *json, const char *key)
{
    if (json->comma)
        fputs(", ", json->out);
    json->comma = true;
    if (key) {
        put_string(json->out, key);
        fputs(": ", json->out);
    }
}

void cor_json_open(struct cor_json *json, const char *key, char bracket)
{
    begin(json, key);
    fputc(bracket, json->out);
    json->comma = false;
}

void cor_json_close(struct cor_json *json, char bracket)
{
    fputc(bracket, json->out);
    json->comma = true;
}

void cor_json_line(struct cor_json *json)
{
    fputs(json->comma ? ",\n" : "\n", json->out);
    json->comma = false;
}

void cor_json_text(struct cor_json *json, const char *key, const char *text)
{
    begin(json, key);
    if (text)
        put_string(json->out, text);
    else
        fputs("null", json->out);
}

void cor_json_number(struct cor_json *json, const char *key, uint64_t number)
{
    begin(json, key);
    if (number > INT64_MAX)
        fputs("null", json->out);
    else
        fprintf(json->out, "%" PRIu64, number);
}

void cor_json_signed(struct cor_json *json, const char *key, int64_t number)
{
    begin(json, key);
    fprintf(json->out, "%" PRId64, number);
}

void cor_json_hex(struct cor_json *json, const char *key, uint64_t number)
{
    begin(json, key);
    fprintf(json->out, "\"0x%" PRIx64 "\"", number);
}

void cor_json_bool(struct cor_json *json, const char *key, bool truth)
{
    begin(json, key);
    fputs(truth ? "true" : "false", json->out);
}

void cor_json_null(struct cor_json *json, const char *key)
{
    begin(json, key);
    fputs("null", json->out);
}
