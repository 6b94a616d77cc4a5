// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Perl that prints assembly: ".globl name" and labels in its texts, &function_begin("name") calls,
// and the preprocessor's renames among them.
#include "source/generators.h"

#include "source/chars.h"
#include "source/macros.h"

enum { DEPTH = 3, VALUES_LIMIT = 16, NAME_LIMIT = 200 };

static struct cor_slice take_name(const char *at, const char *end)
{
    const char *begin = at;
    while (at < end && (cor_is_word(*at) || *at == '{' || *at == '}' || *at == ':'))
        at++;
    while (at > begin && (at[-1] == ':' || at[-1] == '}') &&
           !memchr(begin, '{', (size_t)(at - begin)))
        at--;
    return cor_slice(begin, (size_t)(at - begin));
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end &&
           (cor_is(*at, COR_CHAR_BLANK) || *at == '"' || *at == '(' || *at == '\'' || *at == '.'))
        at++;
    return at;
}

// "$name" or "${name}" at the front of the text.
static struct cor_slice variable_of(struct cor_slice text, size_t *ret_size)
{
    bool closed = text.size > 1 && text.data[1] == '{';
    size_t begin = 1 + closed, end = begin;
    while (end < text.size && cor_is_word(text.data[end]) && text.data[end] != '$')
        end++;
    *ret_size = end + (closed && end < text.size);
    return cor_slice(text.data + begin, end - begin);
}

struct values {
    struct cor_slice items[VALUES_LIMIT];
    unsigned count;
};

// All texts between quotes in one statement: "en" and "de" of '$x = $back ? "de" : "en";'.
static const char *take_quoted(const char *at, const char *end, struct values *values)
{
    while (at < end && *at != ';' && *at != '\n') {
        const char *close =
            *at == '"' || *at == '\'' ? memchr(at + 1, *at, (size_t)(end - at - 1)) : NULL;
        size_t size = close ? (size_t)(close - at - 1) : 0;
        if (size && size < NAME_LIMIT && values->count < VALUES_LIMIT)
            values->items[values->count++] = cor_slice(at + 1, size);
        at = close ? close + 1 : at + 1;
    }
    return at;
}

// "my $dir = shift;": what the subroutine around the place is called with.
static void arguments_around(const struct cor_census *census, const char *place,
                             struct values *values)
{
    const char *begin = census->text.data, *end = begin + census->text.size, *sub = NULL;
    for (const char *at = begin; (at = memmem(at, (size_t)(place - at), "sub ", 4)) != NULL;)
        sub = at += 4;
    size_t size = 0;
    while (sub && sub + size < place && cor_is_word(sub[size]))
        size++;
    for (const char *at = begin;
         size && (at = memmem(at, (size_t)(end - at), sub, size)) != NULL;) {
        at += size;
        if (*at == '(' && at - size > begin && !cor_is_word(at[-(ptrdiff_t)size - 1]))
            at = take_quoted(at, end, values);
    }
}

// What the file ever assigns to the variable.
static void values_of(const struct cor_census *census, struct cor_slice variable,
                      struct values *values)
{
    const char *at = census->text.data, *end = at + census->text.size;
    while ((at = memmem(at, (size_t)(end - at), variable.data, variable.size)) != NULL) {
        bool whole = at > census->text.data && at[-1] == '$' && !cor_is_word(at[variable.size]);
        at += variable.size;
        while (whole && cor_is(*at, COR_CHAR_BLANK))
            at++;
        if (!whole || *at != '=' || at[1] == '=' || at[1] == '~')
            continue;
        const char *stop = take_quoted(at + 1, end, values);
        if (memmem(at, (size_t)(stop - at), "shift", 5))
            arguments_around(census, at, values);
        at = stop;
    }
}

// Every value that the file gives the first variable of the name, then the next one's.
static enum cor_status take(struct cor_census *census, struct cor_slice name, const char *at,
                            unsigned depth)
{
    const char *dollar = memchr(name.data, '$', name.size);
    if (!dollar && !memchr(name.data, '{', name.size))
        return cor_generated_define(census, name, at, false);
    if (!dollar || depth >= DEPTH)
        return cor_generated_unknown(census, name, at);
    char text[2 * NAME_LIMIT];
    size_t before = (size_t)(dollar - name.data), width;
    struct cor_slice variable = variable_of(cor_slice(dollar, name.size - before), &width);
    size_t behind = name.size - before - width;
    struct values values = {.count = 0};
    if (variable.size)
        values_of(census, variable, &values);
    if (!values.count)
        return cor_generated_unknown(census, name, at);
    enum cor_status status = COR_OK;
    for (unsigned i = 0; i < values.count && status == COR_OK; i++) {
        struct cor_slice value = values.items[i];
        if (before + value.size + behind > sizeof text)
            continue;
        memcpy(text, name.data, before);
        memcpy(text + before, value.data, value.size);
        memcpy(text + before + value.size, dollar + width, behind);
        status = take(census, cor_slice(text, before + value.size + behind), at, depth + 1);
    }
    return status;
}

// "name:" at the beginning of a line: a label of the assembly that is printed.
static enum cor_status printed_labels(struct cor_census *census)
{
    const char *at = census->text.data, *end = at + census->text.size;
    enum cor_status status = COR_OK;
    while (at < end && status == COR_OK) {
        struct cor_slice name =
            cor_is(*at, COR_CHAR_LETTER) || *at == '$' ? take_name(at, end) : cor_slice(at, 0);
        while (name.size && name.data[name.size - 1] == ':')
            name.size--;
        const char *behind = name.data + name.size;
        if (name.size && behind < end && behind[0] == ':' && behind[1] != ':')
            status = take(census, name, at, 0);
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    return status;
}

// "# define old new" in a text that goes through the preprocessor.
static enum cor_status printed_renames(struct cor_census *census)
{
    struct cor_parser parser;
    cor_parser_init(&parser, &census->text);
    parser.emit = cor_census_take;
    parser.context = census;
    cor_lexer_init(&parser.lexer, census->text.data, census->text.size);
    const char *end = parser.lexer.end;
    for (const char *at = parser.lexer.at; at < end && parser.status == COR_OK;) {
        const char *word = at + 1;
        while (*at == '#' && word < end && cor_is(*word, COR_CHAR_BLANK))
            word++;
        if (*at == '#' && end - word > 7 && memcmp(word, "define", 6) == 0)
            cor_parser_directive(&parser, at);
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    enum cor_status status = parser.status;
    cor_parser_dispose(&parser);
    return status;
}

enum cor_status cor_census_perl(struct cor_census *census)
{
    static const char *const marks[] = {".globl",           ".global",
                                        "declare_function", "function_begin_B",
                                        "function_begin",   "declare_typed_function"};
    const char *begin = census->text.data, *end = begin + census->text.size;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        for (const char *at = begin; at < end;) {
            at = memmem(at, (size_t)(end - at), marks[i], size);
            if (!at)
                break;
            at += size;
            struct cor_slice name = take_name(skip_blanks(at, end), end);
            enum cor_status status = COR_OK;
            if (name.size)
                status = take(census, name, at, 0);
            if (status != COR_OK)
                return status;
        }
    }
    enum cor_status status = printed_labels(census);
    return status == COR_OK ? printed_renames(census) : status;
}
