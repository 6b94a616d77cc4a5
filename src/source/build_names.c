// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Options in recipes that give symbols other names: objcopy's and the linker's, and macros defined
// on the compiler's command line.
#include "source/build_text.h"

#include <stdio.h>

#include "source/chars.h"

typedef enum cor_status option_fn(struct cor_build_reader *reader, struct cor_slice value);

static bool is_value(char c)
{
    return cor_is_word(c) || (c && strchr(".=:@%/*-+{}()", c));
}

// Takes a name off the front; empty when something else stands there.
static struct cor_slice take_word(struct cor_slice *rest)
{
    size_t size = 0;
    while (size < rest->size && cor_is_word(rest->data[size]) && rest->data[size] != '$')
        size++;
    struct cor_slice word = cor_slice(rest->data, size);
    *rest = cor_slice(rest->data + size, rest->size - size);
    return size && cor_is(word.data[0], COR_CHAR_LETTER) ? word : cor_slice(word.data, 0);
}

static bool take_equals(struct cor_slice *rest)
{
    if (!rest->size || rest->data[0] != '=')
        return false;
    *rest = cor_slice(rest->data + 1, rest->size - 1);
    return true;
}

static enum cor_status keep(struct cor_census *census, struct cor_slice text,
                            struct cor_slice *ret_copy)
{
    const char *copy = cor_arena_text(&census->arena, text);
    *ret_copy = cor_slice(copy, text.size);
    return copy ? COR_OK : COR_NOMEM;
}

static enum cor_status add(struct cor_build_reader *reader, enum cor_build_rename_kind kind,
                           struct cor_slice from, struct cor_slice to)
{
    struct cor_build_rename rename = {.kind = kind, .line = reader->line};
    enum cor_status status = keep(reader->census, from, &rename.from);
    if (status == COR_OK)
        status = keep(reader->census, to, &rename.to);
    rename.file = reader->census->file;
    return status == COR_OK ? cor_array_add(&reader->census->build_renames, rename) : status;
}

static enum cor_status redefine(struct cor_build_reader *reader, struct cor_slice value)
{
    struct cor_slice from = take_word(&value);
    if (!from.size || !take_equals(&value))
        return COR_OK;
    struct cor_slice to = take_word(&value);
    return to.size ? add(reader, COR_BUILD_REDEFINE, from, to) : COR_OK;
}

static enum cor_status prefix(struct cor_build_reader *reader, struct cor_slice value)
{
    struct cor_slice word = take_word(&value);
    return word.size ? add(reader, COR_BUILD_PREFIX, word, word) : COR_OK;
}

static enum cor_status pairs_file(struct cor_build_reader *reader, struct cor_slice value)
{
    const char *slash = memrchr(value.data, '/', value.size);
    size_t folder = slash ? (size_t)(slash + 1 - value.data) : 0;
    struct cor_slice base = cor_slice(value.data + folder, value.size - folder);
    return base.size ? add(reader, COR_BUILD_PAIRS_FILE, base, base) : COR_OK;
}

// What calls __real_name gets the function called name.
static enum cor_status wrap(struct cor_build_reader *reader, struct cor_slice value)
{
    struct cor_slice word = take_word(&value);
    char real[256] = "__real_";
    if (!word.size || word.size + sizeof "__real_" > sizeof real)
        return COR_OK;
    memcpy(real + 7, word.data, word.size);
    return add(reader, COR_BUILD_REDEFINE, word, cor_slice(real, word.size + 7));
}

// A symbol made by the linker or by objcopy: name=expression, name=section:value.
static enum cor_status symbol(struct cor_build_reader *reader, struct cor_slice value)
{
    struct cor_slice name = take_word(&value), target;
    struct cor_kept kept = {.how = COR_HOW_ALIAS, .linkage = COR_LINKAGE_EXTERNAL, .active = true};
    if (!name.size || !take_equals(&value) || !value.size)
        return COR_OK;
    enum cor_status status = keep(reader->census, value, &target);
    if (status != COR_OK)
        return status;
    kept.through = target.data;
    status = cor_census_define(reader->census, name, reader->line, &kept);
    kept.data = true;
    return status == COR_OK ? cor_census_define(reader->census, name, reader->line, &kept) : status;
}

// -Dold=new is a macro of all that the recipe compiles.
static enum cor_status macro(struct cor_build_reader *reader, struct cor_slice value)
{
    struct cor_slice name = take_word(&value);
    if (!name.size || !take_equals(&value))
        return COR_OK;
    struct cor_slice body = value;
    for (size_t i = 0; i < body.size; i++)
        if (!cor_is_word(body.data[i]) || body.data[i] == '$')
            return COR_OK;
    if (!cor_macro_matters(name, body, false))
        return COR_OK;
    struct cor_macro defined = {.hash = cor_hash_text(name),
                                .file = reader->census->file,
                                .line = reader->line,
                                .conditional = true};
    enum cor_status status = keep(reader->census, name, &defined.name);
    if (status == COR_OK)
        status = keep(reader->census, body, &defined.body);
    if (status == COR_OK)
        status = cor_array_reserve(&reader->census->macros, 1);
    if (status != COR_OK)
        return status;
    defined.shape = cor_macro_shape(&defined);
    reader->census->macros.items[reader->census->macros.count++] = defined;
    return COR_OK;
}

static bool speaks_of_grammars(struct cor_slice line)
{
    static const char *const words[] = {"flex", "bison", "yacc",   "FLEX",  "BISON",
                                        "YACC", "LEX",   "LFLAGS", "YFLAGS"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(line.data, line.size, words[i], strlen(words[i])))
            return true;
    return false;
}

// flex -Pfoo, bison -p foo: what would be yyparse is fooparse.
static enum cor_status grammar(struct cor_build_reader *reader, struct cor_slice value)
{
    static const char *const names[] = {"parse",       "lex",    "error", "lval",
                                        "in",          "out",    "text",  "restart",
                                        "lex_destroy", "lineno", "debug", "nerrs"};
    struct cor_slice prefix = take_word(&value);
    enum cor_status status = COR_OK;
    if (!prefix.size || value.size || prefix.size > 64 ||
        !speaks_of_grammars(cor_buffer_slice(&reader->now)))
        return COR_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && status == COR_OK; i++) {
        char from[32], to[128];
        int old = snprintf(from, sizeof from, "yy%s", names[i]);
        int new = snprintf(to, sizeof to, "%.*s%s", (int)prefix.size, prefix.data, names[i]);
        status = add(reader, COR_BUILD_GRAMMAR, cor_slice(from, (size_t)old),
                     cor_slice(to, (size_t) new));
    }
    return status;
}

static const struct {
    const char *option;
    option_fn *run;
    bool whole; // nothing but a delimiter may follow
} options[] = {
    {"--redefine-syms", pairs_file, true},
    {"--redefine-sym", redefine, true},
    {"--prefix-symbols", prefix, true},
    {"--wrap", wrap, true},
    {"-wrap", wrap, true},
    {"--defsym", symbol, true},
    {"--add-symbol", symbol, true},
    {"-D", macro, false},
    {"--name-prefix", grammar, true},
    {"--prefix", grammar, true},
    {"-p", grammar, true},
    {"-P", grammar, false},
};

static bool is_delimiter(char c)
{
    return c == '=' || c == ' ' || c == '\t' || c == ',' || c == '"' || c == '\'';
}

static struct cor_slice value_behind(struct cor_slice line, size_t at, bool whole)
{
    size_t end;
    while (whole && at < line.size && is_delimiter(line.data[at]))
        at++;
    for (end = at; end < line.size && is_value(line.data[end]);)
        end++;
    return cor_slice(line.data + at, end - at);
}

enum cor_status cor_build_names(struct cor_build_reader *reader)
{
    struct cor_slice line = cor_buffer_slice(&reader->now);
    enum cor_status status = COR_OK;
    const char *dash = memchr(line.data, '-', line.size);
    while (dash && status == COR_OK) {
        size_t at = (size_t)(dash - line.data), step = 1;
        struct cor_slice rest = cor_slice(dash, line.size - at);
        for (size_t i = 0; i < sizeof options / sizeof *options && status == COR_OK; i++) {
            struct cor_slice option = cor_slice_text(options[i].option);
            if (!cor_slice_starts(rest, option) ||
                (options[i].whole && rest.size > option.size &&
                 !is_delimiter(rest.data[option.size])) ||
                (at && (cor_is_word(dash[-1]) || dash[-1] == '-')))
                continue;
            status = options[i].run(reader, value_behind(line, at + option.size, options[i].whole));
            step = option.size;
            break;
        }
        at += step;
        dash = at < line.size ? memchr(line.data + at, '-', line.size - at) : NULL;
    }
    return status;
}

// Only a text that consists of such lines.
enum cor_status cor_census_name_pairs(struct cor_census *census, struct cor_slice text)
{
    enum { SIZE_LIMIT = 1 << 20 };
    struct cor_build_reader reader = {.census = census, .text = text};
    size_t first = census->build_renames.count;
    if (text.size > SIZE_LIMIT)
        return COR_OK;
    for (size_t at = 0; at < text.size;) {
        const char *newline = memchr(text.data + at, '\n', text.size - at);
        size_t size = newline ? (size_t)(newline - text.data) - at : text.size - at;
        struct cor_slice line = cor_slice_trim(cor_slice(text.data + at, size));
        at += size + 1;
        reader.line++;
        if (!line.size || line.data[0] == '#')
            continue;
        struct cor_slice from = take_word(&line), rest = cor_slice_trim(line);
        struct cor_slice to = take_word(&rest);
        if (!from.size || !to.size || from.data + from.size == to.data || rest.size) {
            census->build_renames.count = first;
            return COR_OK;
        }
        enum cor_status status = add(&reader, COR_BUILD_PAIR, from, to);
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}
