// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/build_text.h"

#include "source/chars.h"

enum { LINE_LIMIT = 1 << 16, VARIABLES_LIMIT = 512, DEPTH = 3 };

bool cor_is_build_text(const struct cor_census_file *file)
{
    static const char *const names[] = {
        "CMakeLists.txt", "meson.build", "configure", "configure.ac", "configure.in", "SConstruct",
        "SConscript",     "BUILD",       "PKGBUILD",  "rules",        ".gitmodules",  "wscript",
    };
    static const char *const endings[] = {
        ".cmake", ".cmake.in", ".gn",  ".gni",      ".gyp",  ".gypi",    ".bazel", ".bp",
        ".pro",   ".pri",      ".sh",  ".bash",     ".spec", ".spec.in", ".bb",    ".bbappend",
        ".wrap",  ".py",       ".bat", ".ninja.in", ".m4",   ".mk",      ".pl",
    };
    if (file->language == COR_LANGUAGE_MAKE || file->language == COR_LANGUAGE_GENERATOR)
        return true;
    if (file->language != COR_LANGUAGE_OTHER)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cor_slice_same(file->base, cor_slice_text(names[i])))
            return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (cor_slice_ends(file->base, cor_slice_text(endings[i])))
            return true;
    return false;
}

static struct cor_slice physical_line(struct cor_build_reader *reader)
{
    const char *begin = reader->text.data + reader->at;
    size_t left = reader->text.size - reader->at;
    const char *newline = memchr(begin, '\n', left);
    size_t size = newline ? (size_t)(newline - begin) : left;
    reader->at += size + (newline != NULL);
    reader->next_line++;
    return cor_slice(begin, size);
}

static struct cor_slice without_comment(const struct cor_build_reader *reader,
                                        struct cor_slice line)
{
    struct cor_slice trimmed = cor_slice_trim(line);
    if (cor_slice_starts(trimmed, COR_SLICE("#")) || cor_slice_starts(trimmed, COR_SLICE("//")) ||
        cor_slice_starts(trimmed, COR_SLICE("REM ")) ||
        (reader->is_macro_text && cor_slice_starts(trimmed, COR_SLICE("dnl"))))
        return cor_slice(line.data, 0);
    for (size_t i = 1; i < line.size; i++)
        if (line.data[i] == '#' && cor_is(line.data[i - 1], COR_CHAR_BLANK))
            return cor_slice(line.data, i);
    return line;
}

static const struct cor_build_variable *find_variable(const struct cor_build_reader *reader,
                                                      struct cor_slice name)
{
    for (size_t i = reader->variables.count; i-- > 0;)
        if (cor_slice_same(reader->variables.items[i].name, name))
            return &reader->variables.items[i];
    return NULL;
}

// The name in "$(NAME)", "${NAME}", "$NAME"; `ret_size` is that of the whole.
static struct cor_slice variable_at(struct cor_slice text, size_t *ret_size)
{
    size_t begin = 1, end;
    bool closed = text.size > 2 && (text.data[1] == '(' || text.data[1] == '{');
    begin += closed;
    for (end = begin; end < text.size && cor_is_word(text.data[end]) && text.data[end] != '$';)
        end++;
    if (closed && (end >= text.size || (text.data[end] != ')' && text.data[end] != '}')))
        return cor_slice(text.data, 0);
    *ret_size = end + closed;
    return cor_slice(text.data + begin, end - begin);
}

static enum cor_status put_in(struct cor_build_reader *reader, struct cor_slice text,
                              unsigned depth)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < text.size && status == COR_OK;) {
        const char *dollar = memchr(text.data + i, '$', text.size - i);
        size_t run = dollar ? (size_t)(dollar - text.data) - i : text.size - i, size = 1;
        status = cor_buffer_append(&reader->now, text.data + i, run);
        i += run;
        if (!dollar || status != COR_OK)
            break;
        struct cor_slice name = variable_at(cor_slice(text.data + i, text.size - i), &size);
        const struct cor_build_variable *known =
            name.size && depth < DEPTH ? find_variable(reader, name) : NULL;
        status = known ? put_in(reader, known->value, depth + 1)
                       : cor_buffer_append(&reader->now, text.data + i, name.size ? size : 1);
        i += name.size ? size : 1;
    }
    return status;
}

// NAME = value, NAME := value, NAME=value: the first that says something is kept.
static enum cor_status note_variable(struct cor_build_reader *reader, struct cor_slice line)
{
    size_t name = 0;
    line = cor_slice_trim(line);
    while (name < line.size && cor_is_word(line.data[name]))
        name++;
    struct cor_slice rest = cor_slice_trim(cor_slice(line.data + name, line.size - name));
    while (rest.size && memchr(":?", rest.data[0], 2))
        rest = cor_slice(rest.data + 1, rest.size - 1);
    if (!name || rest.size < 2 || rest.data[0] != '=' || rest.data[1] == '=' ||
        reader->variables.count >= VARIABLES_LIMIT)
        return COR_OK;
    struct cor_slice value = cor_slice_trim(cor_slice(rest.data + 1, rest.size - 1));
    while (value.size > 1 && memchr("\"'", value.data[0], 2) &&
           value.data[value.size - 1] == value.data[0])
        value = cor_slice(value.data + 1, value.size - 2);
    if (!value.size || value.size > 512 || find_variable(reader, cor_slice(line.data, name)))
        return COR_OK;
    return cor_array_add(&reader->variables,
                         (struct cor_build_variable){cor_slice(line.data, name), value});
}

// A line of limited length that goes on behind a backslash; false at the end of the text.
static bool next_line(struct cor_build_reader *reader, enum cor_status *status)
{
    if (reader->at >= reader->text.size)
        return false;
    reader->line = reader->next_line;
    reader->now.size = 0;
    for (bool goes_on = true; goes_on && *status == COR_OK && reader->at < reader->text.size;) {
        struct cor_slice line = without_comment(reader, physical_line(reader));
        while (line.size && line.data[line.size - 1] == '\r')
            line.size--;
        goes_on = line.size && line.data[line.size - 1] == '\\';
        line.size -= goes_on;
        *status = note_variable(reader, line);
        if (*status == COR_OK && reader->now.size + line.size < LINE_LIMIT)
            *status = put_in(reader, line, 0);
        if (*status == COR_OK && goes_on)
            *status = cor_buffer_append(&reader->now, " ", 1);
        if (*status == COR_LIMIT)
            *status = COR_OK;
    }
    return *status == COR_OK;
}

enum cor_status cor_census_build(struct cor_census *census, struct cor_slice text)
{
    struct cor_build_reader reader = {.census = census,
                                      .text = text,
                                      .line = 1,
                                      .next_line = 1,
                                      .is_make = census->file->language == COR_LANGUAGE_MAKE};
    struct cor_slice base = census->file->base;
    reader.is_macro_text =
        cor_slice_starts(base, COR_SLICE("configure.")) || cor_slice_ends(base, COR_SLICE(".m4"));
    cor_buffer_init(&reader.now, (size_t)LINE_LIMIT * 4);
    enum cor_status status = COR_OK;
    while (status == COR_OK && next_line(&reader, &status)) {
        if (reader.now.size < 4)
            continue;
        status = cor_build_names(&reader);
        if (status == COR_OK)
            status = cor_build_downloads(&reader);
    }
    cor_buffer_dispose(&reader.now);
    cor_array_dispose(&reader.variables);
    return status;
}
