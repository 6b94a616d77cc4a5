// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Whether markup is well-formed, as far as our writers go.
#ifndef COR_TESTS_REPORT_MARKUP_H
#define COR_TESTS_REPORT_MARKUP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool is_void(const char *name)
{
    static const char *const words[] = {"meta", "br", "input", "!DOCTYPE", "?xml"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0)
            return true;
    return false;
}

enum { DEEPEST = 64, LONGEST = 32 };

// Passes a tag: quotes are closed, and nothing in it opens another. NULL when it is none.
static const char *pass_tag(const char *at, char name[LONGEST], bool *ret_empty)
{
    size_t size = strcspn(at, " >\n/");
    char quote = 0;
    if (size == 0 || size >= LONGEST)
        return NULL;
    snprintf(name, LONGEST, "%.*s", (int)size, at);
    for (; *at && (quote || *at != '>'); at++) {
        if (*at == '<')
            return NULL;
        if (quote ? *at == quote : (*at == '"' || *at == '\''))
            quote = quote ? 0 : *at;
    }
    *ret_empty = at[-1] == '/';
    return *at ? at + 1 : NULL;
}

// Every element is closed in the order in which it was opened.
static inline bool well_formed(const char *text)
{
    char open[DEEPEST][LONGEST];
    size_t depth = 0;
    while ((text = strchr(text, '<'))) {
        char name[LONGEST];
        bool end = text[1] == '/', empty = false;
        const char *start = text;
        text = pass_tag(text + 1 + end, name, &empty);
        if (!text || (end && (depth == 0 || strcmp(open[--depth], name) != 0))) {
            printf("# broken at %.60s\n", start);
            return false;
        }
        if (end || empty || is_void(name))
            continue;
        if (depth == DEEPEST)
            return false;
        memcpy(open[depth++], name, LONGEST);
        if (strcmp(name, "script") == 0 || strcmp(name, "style") == 0) {
            char close[LONGEST + 4];
            snprintf(close, sizeof close, "</%s>", name);
            text = strstr(text, close);
            if (!text)
                return false;
        }
    }
    return depth == 0;
}

static inline size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        count++;
    return count;
}

#endif
