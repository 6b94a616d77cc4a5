// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Comments at a wanted name that say where its body is.
#include <string.h>

#include "source/chars.h"
#include "source/evidence_reader.h"

enum { LONGEST = 1200 };

static bool says_where(struct cor_slice text)
{
    static const char *const phrases[] = {
        "defined in",        "defined by",        "implemented in", "implemented by",
        "implementation is", "implementation in", "lives in",       "resides in",
        "provided by",       "provided in",       "exported by",    "exported from",
        "body is",           "body in",           "body of",        "supplied by",
        "supplied in",       "located in",        "comes from",     "comes with",
        "found in",          "part of",           "calls into",     "call into",
        "internal to",
    };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        size_t size = strlen(phrases[i]);
        for (size_t k = 0; k + size <= text.size; k++)
            if (strncasecmp(text.data + k, phrases[i], size) == 0)
                return true;
    }
    return false;
}

static const char *line_begin(const struct cor_reader *reader, const char *at)
{
    while (at > reader->share->text.data && at[-1] != '\n')
        at--;
    return at;
}

static const char *line_end(const struct cor_reader *reader, const char *at)
{
    const char *end = reader->share->text.data + reader->share->text.size;
    while (at < end && *at != '\n')
        at++;
    return at;
}

static struct cor_slice clip(const char *begin, const char *end)
{
    return cor_slice(begin, (size_t)(end - begin) < LONGEST ? (size_t)(end - begin) : LONGEST);
}

// "name(x); /* defined in ... */" or "... // defined in ..."
static struct cor_slice comment_behind(const struct cor_reader *reader, const char *at)
{
    const char *end = line_end(reader, at), *all = reader->share->text.data;
    for (; at + 1 < end; at++) {
        if (at[0] == '/' && at[1] == '/')
            return clip(at, end);
        if (at[0] == '/' && at[1] == '*') {
            size_t left = reader->share->text.size - (size_t)(at - all);
            const char *close = memmem(at, left < LONGEST ? left : LONGEST, "*/", 2);
            return close ? clip(at, close + 2) : clip(at, end);
        }
    }
    return cor_slice(at, 0);
}

// A comment whose last line is the one above.
static struct cor_slice comment_above(const struct cor_reader *reader, const char *at)
{
    const char *begin = reader->share->text.data, *here = line_begin(reader, at);
    if (here == begin)
        return cor_slice(here, 0);
    const char *end = here - 1, *line = line_begin(reader, end);
    struct cor_slice text = cor_slice_trim(cor_slice(line, (size_t)(end - line)));
    if (cor_slice_ends(text, COR_SLICE("*/"))) {
        const char *open = text.data + text.size - 2;
        while (open > begin && (size_t)(end - open) < LONGEST &&
               !(open[0] == '/' && open[1] == '*'))
            open--;
        return open[0] == '/' && open[1] == '*' ? clip(open, end) : cor_slice(here, 0);
    }
    const char *first = end;
    while (cor_slice_starts(text, COR_SLICE("//")) && (size_t)(end - line) < LONGEST) {
        first = line;
        if (line == begin)
            break;
        const char *above = line - 1;
        line = line_begin(reader, above);
        text = cor_slice_trim(cor_slice(line, (size_t)(above - line)));
    }
    return clip(first, end);
}

// In one line, without the comment's marks.
static const char *plain_text(struct cor_reader *reader, struct cor_slice comment)
{
    char text[LONGEST + 1];
    size_t size = 0;
    bool gap = false;
    for (size_t i = 0; i < comment.size; i++) {
        char letter = comment.data[i];
        bool mark =
            letter == '*' ||
            (letter == '/' && (i == 0 || comment.data[i - 1] == '/' || comment.data[i - 1] == '*' ||
                               (i + 1 < comment.size &&
                                (comment.data[i + 1] == '*' || comment.data[i + 1] == '/'))));
        if (mark || cor_is(letter, COR_CHAR_BLANK) || letter == '\n' || letter == '\r') {
            gap = true;
            continue;
        }
        if (gap && size)
            text[size++] = ' ';
        gap = false;
        if (size < LONGEST)
            text[size++] = letter;
        if (size >= LONGEST)
            break;
    }
    return cor_arena_text(&reader->share->arena, cor_slice(text, size));
}

static enum cor_status take(struct cor_reader *reader, const struct cor_name *name,
                            struct cor_slice comment)
{
    if (!comment.size || !says_where(comment))
        return COR_OK;
    struct cor_admission admission = {.name = name,
                                      .file = reader->file->index,
                                      .line = cor_text_line(&reader->share->text, comment.data),
                                      .text = plain_text(reader, comment)};
    return admission.text ? cor_array_add(&reader->share->admissions, admission) : COR_NOMEM;
}

enum cor_status cor_reader_admissions(struct cor_reader *reader, const struct cor_name *name,
                                      const char *at)
{
    enum cor_status status = take(reader, name, comment_above(reader, at));
    return status == COR_OK ? take(reader, name, comment_behind(reader, at)) : status;
}
