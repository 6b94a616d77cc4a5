// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which version a release says it is: in the kernel's Makefile, in the build files of packages and
// in Debian's changelog; and a released kernel configuration.
#include <stdlib.h>

#include "source/chars.h"
#include "source/finish.h"

static struct cor_slice next_line(struct cor_slice *rest)
{
    const char *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    struct cor_slice line = cor_slice(rest->data, size);
    size += end != NULL;
    *rest = cor_slice(rest->data + size, rest->size - size);
    return line;
}

static enum cor_status add(struct cor_census *census, uint32_t line, struct cor_slice name,
                           struct cor_slice version)
{
    struct cor_census_stated stated = {.file = census->file, .line = line};
    name = cor_slice_trim(name);
    version = cor_slice_trim(version);
    if (!version.size || version.data[0] < '0' || version.data[0] > '9')
        return COR_OK;
    stated.name = name.size ? cor_arena_text(&census->arena, name) : NULL;
    stated.version = cor_arena_text(&census->arena, version);
    if (!stated.version || (name.size && !stated.name))
        return COR_NOMEM;
    return cor_array_add(&census->stated, stated);
}

// "NAME = value" of a Makefile.
static bool assigns(struct cor_slice line, struct cor_slice name, struct cor_slice *ret_value)
{
    if (!cor_slice_starts(line, name))
        return false;
    struct cor_slice rest = cor_slice_trim(cor_slice(line.data + name.size, line.size - name.size));
    if (!rest.size || rest.data[0] != '=')
        return false;
    *ret_value = cor_slice_trim(cor_slice(rest.data + 1, rest.size - 1));
    return true;
}

static enum cor_status read_kernel_makefile(struct cor_census *census, struct cor_slice text)
{
    enum { LINES = 40 };
    static const struct cor_slice names[] = {
        {"VERSION", 7}, {"PATCHLEVEL", 10}, {"SUBLEVEL", 8}, {"EXTRAVERSION", 12}};
    struct cor_slice values[4] = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {"", 0}};
    uint32_t first = 0;
    for (uint32_t number = 1; text.size && number <= LINES; number++) {
        struct cor_slice line = next_line(&text);
        for (size_t i = 0; i < 4; i++)
            if (assigns(line, names[i], &values[i]) && i == 0)
                first = number;
    }
    if (!values[0].size || !values[1].size || !values[2].size)
        return COR_OK;
    const char *version =
        cor_arena_printf(&census->arena, "%.*s.%.*s.%.*s%.*s", (int)values[0].size, values[0].data,
                         (int)values[1].size, values[1].data, (int)values[2].size, values[2].data,
                         (int)values[3].size, values[3].data);
    return version ? add(census, first, cor_slice("", 0), cor_slice_text(version)) : COR_NOMEM;
}

// The next argument of a call, without brackets and quotes; `at` stands behind it then.
static struct cor_slice next_argument(const char **at, const char *end)
{
    while (*at < end && strchr(" \t\r\n,[('\"", **at))
        (*at)++;
    const char *begin = *at;
    while (*at < end && !strchr(",])'\"\n", **at))
        (*at)++;
    return cor_slice(begin, (size_t)(*at - begin));
}

static enum cor_status read_call(struct cor_census *census, struct cor_slice text, const char *call,
                                 const char *key)
{
    const char *at = memmem(text.data, text.size, call, strlen(call));
    const char *end = text.data + text.size;
    if (!at || (at > text.data && at[-1] != '\n' && at[-1] != ' '))
        return COR_OK;
    const char *close = memchr(at, ')', (size_t)(end - at));
    uint32_t line = cor_text_line(&census->text, census->text.data + (at - text.data));
    end = close ? close : end;
    at += strlen(call);
    struct cor_slice name = next_argument(&at, end);
    if (key) {
        const char *found = memmem(at, (size_t)(end - at), key, strlen(key));
        if (!found)
            return COR_OK;
        at = found + strlen(key);
    } else if (at < end) {
        at++;
    }
    return add(census, line, name, next_argument(&at, end));
}

static enum cor_status read_autoconf(struct cor_census *census, struct cor_slice text)
{
    return read_call(census, text, "AC_INIT(", NULL);
}

static enum cor_status read_meson(struct cor_census *census, struct cor_slice text)
{
    return read_call(census, text, "project(", "version:");
}

// "project(NAME VERSION 1.2)"
static enum cor_status read_cmake(struct cor_census *census, struct cor_slice text)
{
    const char *at = memmem(text.data, text.size, "project(", 8);
    const char *close = at ? memchr(at, ')', text.size - (size_t)(at - text.data)) : NULL;
    const char *key = close ? memmem(at, (size_t)(close - at), " VERSION ", 9) : NULL;
    if (!key)
        return COR_OK;
    const char *name = at + 8, *version = key + 9, *end = version;
    while (name < key && !cor_is_word(*name))
        name++;
    const char *behind = name;
    while (behind < key && !strchr(" \t\n", *behind))
        behind++;
    while (end < close && !strchr(" \t\n", *end))
        end++;
    return add(census, cor_text_line(&census->text, census->text.data + (at - text.data)),
               cor_slice(name, (size_t)(behind - name)),
               cor_slice(version, (size_t)(end - version)));
}

// "name (version) suite; urgency=..."
static enum cor_status read_changelog(struct cor_census *census, struct cor_slice text)
{
    struct cor_slice line = next_line(&text);
    const char *open = memchr(line.data, '(', line.size);
    const char *close = open ? memchr(open, ')', line.size - (size_t)(open - line.data)) : NULL;
    if (!close || !memchr(line.data, ';', line.size))
        return COR_OK;
    return add(census, 1, cor_slice(line.data, (size_t)(open - line.data)),
               cor_slice(open + 1, (size_t)(close - open - 1)));
}

static struct cor_slice json_text(struct cor_slice text, const char *key)
{
    const char *at = memmem(text.data, text.size, key, strlen(key)), *end = text.data + text.size;
    if (!at)
        return cor_slice("", 0);
    at += strlen(key);
    while (at < end && strchr(" \t\r\n:\"", *at))
        at++;
    const char *quote = memchr(at, '"', (size_t)(end - at));
    return cor_slice(at, quote ? (size_t)(quote - at) : 0);
}

static enum cor_status read_package_json(struct cor_census *census, struct cor_slice text)
{
    return add(census, 1, json_text(text, "\"name\""), json_text(text, "\"version\""));
}

static enum cor_status read_config(struct cor_census *census, struct cor_slice text)
{
    struct cor_census_stated config = {.file = census->file, .line = 1, .config = true};
    if (!memmem(text.data, text.size, "\nCONFIG_", 8))
        return COR_OK;
    config.version = cor_arena_text(&census->arena, text);
    return config.version ? cor_array_add(&census->stated, config) : COR_NOMEM;
}

static const struct {
    const char *base;
    enum cor_status (*read)(struct cor_census *census, struct cor_slice text);
} readers[] = {
    {"Makefile", read_kernel_makefile},  {"configure.ac", read_autoconf},
    {"configure.in", read_autoconf},     {"meson.build", read_meson},
    {"CMakeLists.txt", read_cmake},      {"changelog", read_changelog},
    {"package.json", read_package_json}, {".config", read_config},
};

enum cor_status cor_census_stated(struct cor_census *census, struct cor_slice text)
{
    enum { LONGEST = 1 << 20 };
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (text.size > LONGEST ||
            !cor_slice_same(census->file->base, cor_slice_text(readers[i].base)))
            continue;
        if (cor_text_set(&census->text, text.data, text.size) != COR_OK)
            return COR_NOMEM;
        return readers[i].read(census, cor_slice(census->text.data, census->text.size));
    }
    return COR_OK;
}

static int stated_order(const void *a, const void *b)
{
    const struct cor_stated *x = a, *y = b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

enum cor_status cor_fill_stated(struct cor_recogniser *recogniser, struct cor_source_facts *facts)
{
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        const struct cor_census *census = &recogniser->censuses[i];
        for (size_t k = 0; k < census->stated.count; k++) {
            const struct cor_census_stated *from = &census->stated.items[k];
            struct cor_stated stated = {
                .file = from->file->index, .line = from->line, .config = from->config};
            stated.version = cor_arena_text(&facts->arena, cor_slice_text(from->version));
            if (from->name)
                stated.name = cor_arena_text(&facts->arena, cor_slice_text(from->name));
            if (!stated.version || (from->name && !stated.name) ||
                cor_array_add(&facts->stated, stated) != COR_OK)
                return COR_NOMEM;
        }
    }
    if (facts->stated.count)
        qsort(facts->stated.items, facts->stated.count, sizeof *facts->stated.items, stated_order);
    return COR_OK;
}
