// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/licence_notice.h"

#include <string.h>

enum { HEAD = 4096, LONGEST = 300, MOST_TRIES = 8 };

// The words of the comments that begin a line, a blank between two words, a newline where a
// paragraph ends; and the line of each byte.
struct prose {
    char text[HEAD + 2];
    uint16_t line[HEAD + 2];
    size_t size;
};

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\f' || letter == 0;
}

static struct cor_slice skip(struct cor_slice text, size_t count)
{
    return cor_slice(text.data + count, text.size - count);
}

static void put(struct prose *prose, char letter, uint16_t line)
{
    char last = prose->size ? prose->text[prose->size - 1] : '\n';
    bool space = letter == ' ' || letter == '\n';
    if (space && letter == '\n' && last == ' ')
        last = prose->text[--prose->size - 1];
    if ((space && (last == '\n' || last == letter)) || prose->size > HEAD)
        return;
    prose->line[prose->size] = line;
    prose->text[prose->size++] = letter;
}

static void put_line(struct prose *prose, struct cor_slice line, uint16_t number)
{
    while (line.size && (is_blank(*line.data) || strchr("*/#;!", *line.data)))
        line = skip(line, 1);
    while (line.size && (is_blank(line.data[line.size - 1]) || line.data[line.size - 1] == '*'))
        line.size--;
    if (!line.size)
        put(prose, '\n', number);
    for (size_t i = 0; i < line.size; i++)
        put(prose, is_blank(line.data[i]) ? ' ' : line.data[i], number);
    put(prose, ' ', number);
}

static const char *find_end(struct cor_slice line)
{
    return line.size ? memmem(line.data, line.size, "*/", 2) : NULL;
}

// Takes a line of the head; *inside: a block comment that began a line goes on.
static void take_line(struct prose *prose, struct cor_slice line, uint16_t number, bool c,
                      bool *inside)
{
    while (line.size && is_blank(*line.data))
        line = skip(line, 1);
    bool opens = cor_slice_starts(line, COR_SLICE("/*"));
    bool whole =
        cor_slice_starts(line, COR_SLICE("//")) ||
        (!c && line.size && strchr("#;", *line.data) && !cor_slice_starts(line, COR_SLICE("#!")));
    if (*inside || opens) {
        struct cor_slice rest = opens && !*inside ? skip(line, 2) : line;
        const char *end = find_end(rest);
        *inside = !end;
        if (end)
            rest.size = (size_t)(end - rest.data);
        put_line(prose, rest, number);
        if (end)
            put(prose, '\n', number);
    } else if (whole) {
        put_line(prose, line, number);
    } else {
        put(prose, '\n', number);
    }
}

static void read_head(struct prose *prose, struct cor_slice text, bool c)
{
    bool inside = false;
    uint16_t number = 1;
    if (text.size > HEAD)
        text.size = HEAD;
    for (; text.size; number++) {
        const char *newline = memchr(text.data, '\n', text.size);
        size_t size = newline ? (size_t)(newline - text.data) : text.size;
        take_line(prose, cor_slice(text.data, size), number, c, &inside);
        text = skip(text, size + (newline != NULL));
    }
    prose->text[prose->size] = 0;
}

static const char *const licences[] = {
    "GNU General Public",
    "GNU Lesser General Public",
    "GNU Library General Public",
    "GNU Affero General Public",
    "GNU GPL",
    "GNU LGPL",
    "GPLv2",
    "GPLv3",
    "GPL v2",
    "GPL v3",
    "GPL version 2",
    "GPL version 3",
    "the GPL",
    "Apache License",
    "Apache Software License",
    "Mozilla Public License",
    "Eclipse Public License",
    "Common Development and Distribution License",
    "Boost Software License",
    "BSD license",
    "BSD-style license",
    "MIT license",
    "in source and binary forms",
    "free of charge, to any person",
    "use, copy, modify",
    "the public domain",
    "proprietary and confidential",
    "confidential and proprietary",
    "proprietary license",
};

// What a sentence that only speaks of a licence does not say.
static const char *const grants[] = {
    "in the public", "into the public", "licensed",       "licenced",        "terms of",
    "redistribut",   "distributed",     "released under", "available under", "subject to",
    "permission",    "governed by",     "covered by",     "provided under",  "license:",
    "licence:",      "confidential",
};

static bool begins_one(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((*text | 0x20) == (*words[i] | 0x20) &&
            strncasecmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

// Words begin where no letter stands before them.
static bool has_one(const char *text, const char *const *words, size_t count)
{
    bool inside = false;
    for (; *text; text++) {
        if (!inside && begins_one(text, words, count))
            return true;
        inside = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
    }
    return false;
}

// Where the sentence ends that begins here.
static size_t sentence_end(const char *text)
{
    size_t size = 0;
    while (text[size] && text[size] != '\n') {
        if (text[size++] == '.' && (text[size] == ' ' || text[size] == '\n'))
            break;
    }
    return size;
}

// Cuts at a word, and says so.
static enum cor_status quote(struct cor_arena *arena, struct cor_slice words, const char **ret)
{
    const char *more = "";
    words = cor_slice_trim(words);
    if (words.size > LONGEST) {
        words.size = LONGEST;
        while (words.size > LONGEST / 2 && words.data[words.size] != ' ')
            words.size--;
        more = " ...";
    }
    const char *text = cor_arena_printf(arena, "%.*s%s", (int)words.size, words.data, more);
    if (!text)
        return COR_NOMEM;
    *ret = text;
    return COR_OK;
}

static struct cor_slice find_sentence(struct prose *prose)
{
    for (size_t at = 0; at < prose->size;) {
        char *text = prose->text + at;
        size_t size = sentence_end(text);
        char after = text[size];
        text[size] = 0;
        bool notice = has_one(text, licences, sizeof licences / sizeof *licences) &&
                      has_one(text, grants, sizeof grants / sizeof *grants);
        text[size] = after;
        if (notice)
            return cor_slice(text, size);
        at += size + 1;
    }
    return cor_slice("", 0);
}

// Whether a block comment is open where `text` ends.
static bool in_comment(struct cor_slice text)
{
    for (size_t i = text.size; i-- > 1;) {
        if (text.data[i - 1] == '*' && text.data[i] == '/')
            return false;
        if (text.data[i - 1] == '/' && text.data[i] == '*')
            return true;
    }
    return false;
}

// MODULE_LICENSE("...") at the beginning of a line.
static struct cor_slice find_module(struct cor_slice text)
{
    static const char macro[] = "MODULE_LICENSE(";
    struct cor_slice rest = text;
    const char *found;
    for (unsigned i = 0; i < MOST_TRIES && rest.size; i++) {
        found = memmem(rest.data, rest.size, macro, strlen(macro));
        if (!found)
            break;
        struct cor_slice before = cor_slice(text.data, (size_t)(found - text.data));
        rest = cor_slice(found, text.size - before.size);
        const char *newline = memchr(rest.data, '\n', rest.size);
        size_t line = newline ? (size_t)(newline - rest.data) : rest.size;
        const char *end = memchr(rest.data, ')', line);
        if (end && (!before.size || found[-1] == '\n') && !in_comment(before))
            return cor_slice(found, (size_t)(end - found) + 1);
        rest = skip(rest, strlen(macro));
    }
    return cor_slice("", 0);
}

enum cor_status cor_licence_notice(struct cor_slice text, bool c, struct cor_arena *arena,
                                   const char **ret_words, uint32_t *ret_line)
{
    struct prose prose;
    prose.size = 0;
    read_head(&prose, text, c);
    struct cor_slice words = find_sentence(&prose);
    uint32_t line = 0;
    const char *quoted = NULL;
    if (words.size) {
        line = prose.line[words.data - prose.text];
    } else if (c && (words = find_module(text)).size) {
        line = 1;
        for (const char *at = text.data; at < words.data; at++)
            line += *at == '\n';
    }
    enum cor_status status = words.size ? quote(arena, words, &quoted) : COR_OK;
    if (status != COR_OK)
        return status;
    *ret_words = quoted;
    *ret_line = line;
    return COR_OK;
}
