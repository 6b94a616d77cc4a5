// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Scripts (shell, awk, Python, ...) that print source: the texts they print, put together, are read
// as C or as assembly. Whatever a variable stands for is written as COR_ANY in them.
#include "source/generators.h"

#include "base/buffer.h"
#include "source/chars.h"

struct printed {
    struct cor_census *census;
    struct cor_buffer out;
    COR_ARRAY(uint32_t) lines; // of the script, by line of `out`
    uint32_t line;             // of the script
    bool python;
    enum cor_status status;
};

static void put(struct printed *printed, const char *text, size_t size)
{
    for (size_t i = 0; i < size && printed->status == COR_OK; i++) {
        printed->status = cor_buffer_append(&printed->out, text + i, 1);
        if (printed->status == COR_OK && text[i] == '\n')
            printed->status = cor_array_add(&printed->lines, printed->line);
    }
}

static void put_any(struct printed *printed)
{
    put(printed, COR_ANY, sizeof COR_ANY - 1);
}

static size_t closed_by(struct cor_slice text, char open, char close)
{
    size_t depth = 0, i = 0;
    do {
        depth += text.data[i] == open;
        depth -= text.data[i] == close;
        i++;
    } while (depth && i < text.size);
    return i;
}

// How long the variable at the front of the text is; 0 for none.
static size_t variable(const struct printed *printed, struct cor_slice text)
{
    char c = text.data[0], next = text.size > 1 ? text.data[1] : '\0';
    size_t size = 1;
    if (c == '$' && !printed->python) {
        if (next == '{' || next == '(')
            return 1 + closed_by(cor_slice(text.data + 1, text.size - 1), next,
                                 next == '{' ? '}' : ')');
        while (size < text.size && cor_is_word(text.data[size]) && text.data[size] != '$')
            size++;
        return size > 1 ? size : 0;
    }
    if (c == '%' && next && strchr("sdux-0123456789.l(", next)) {
        if (next == '(')
            size = 1 + closed_by(cor_slice(text.data + 1, text.size - 1), '(', ')');
        while (size < text.size && strchr("-0123456789.l", text.data[size]))
            size++;
        return size < text.size && strchr("sduxXc", text.data[size]) ? size + 1 : 0;
    }
    if (c == '{' && printed->python && (cor_is(next, COR_CHAR_LETTER) || next == '}')) {
        size = closed_by(text, '{', '}');
        return memchr(text.data, '\n', size) || memchr(text.data, ';', size) ? 0 : size;
    }
    return 0;
}

// The text as the script would print it. `escapes`: of the kind "\n".
static void put_text(struct printed *printed, struct cor_slice text, bool escapes)
{
    for (size_t i = 0; i < text.size && printed->status == COR_OK;) {
        struct cor_slice rest = cor_slice(text.data + i, text.size - i);
        size_t size = variable(printed, rest);
        bool twice = printed->python && rest.size > 1 && rest.data[0] == rest.data[1] &&
                     strchr("{}", rest.data[0]);
        if (size) {
            put_any(printed);
        } else if (escapes && rest.data[0] == '\\' && rest.size > 1) {
            char c = rest.data[1];
            put(printed, c == 'n' ? "\n" : c == 't' ? "\t" : &c, 1);
            size = 2;
        } else {
            put(printed, rest.data, 1);
            size = twice ? 2 : 1;
        }
        for (size_t k = 0; k < size; k++)
            printed->line += text.data[i + k] == '\n';
        i += size;
    }
}

static bool is_printing(struct cor_slice line)
{
    static const char *const words[] = {"print", "echo",   "write", "puts", "emit", "append",
                                        "+=",    "return", "yield", "out",  "cat "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(line.data, line.size, words[i], strlen(words[i])))
            return true;
    return false;
}

static size_t quoted_size(struct cor_slice text)
{
    size_t size = 1;
    while (size < text.size && text.data[size] != text.data[0] && text.data[size] != '\n')
        size += text.data[size] == '\\' && text.data[0] == '"' ? 2 : 1;
    return size < text.size ? size + 1 : text.size;
}

// All strings of one line; a variable where something else stands between two of them.
static void put_strings(struct printed *printed, struct cor_slice line)
{
    bool any = false, between = false;
    for (size_t i = 0; i < line.size;) {
        char c = line.data[i];
        if (c == '#' && (i == 0 || cor_is(line.data[i - 1], COR_CHAR_BLANK)))
            break;
        if (c != '"' && c != '\'') {
            between |= any && (cor_is_word(c) || c == '$');
            i++;
            continue;
        }
        size_t size = quoted_size(cor_slice(line.data + i, line.size - i));
        if (between)
            put_any(printed);
        if (size > 2)
            put_text(printed, cor_slice(line.data + i + 1, size - 2), true);
        any = true;
        between = false;
        i += size;
    }
    if (any)
        put(printed, "\n", 1);
}

// echo int f\(void\) { }: without quotes the rest of the line is the text.
static bool put_bare_echo(struct printed *printed, struct cor_slice line)
{
    struct cor_slice text = cor_slice_trim(line);
    if (!cor_slice_starts(text, COR_SLICE("echo ")) || memchr(text.data, '"', text.size) ||
        memchr(text.data, '\'', text.size))
        return false;
    put_text(printed, cor_slice(text.data + 5, text.size - 5), true);
    put(printed, "\n", 1);
    return true;
}

static struct cor_slice line_at(struct cor_slice text, size_t at)
{
    const char *newline = memchr(text.data + at, '\n', text.size - at);
    return cor_slice(text.data + at, newline ? (size_t)(newline - text.data) - at : text.size - at);
}

// The word that ends a text begun in this line: "<<EOF", "<<-'EOF'".
static struct cor_slice heredoc_word(struct cor_slice line)
{
    const char *at = memmem(line.data, line.size, "<<", 2), *end = line.data + line.size;
    if (!at || at + 2 >= end || at[2] == '<')
        return cor_slice(line.data, 0);
    at += 2;
    while (at < end && (*at == '-' || *at == '\'' || *at == '"' || *at == '\\' || *at == ' '))
        at++;
    const char *begin = at;
    while (at < end && cor_is_word(*at))
        at++;
    bool name = at > begin && cor_is(*begin, COR_CHAR_LETTER);
    return cor_slice(begin, name ? (size_t)(at - begin) : 0);
}

static size_t put_heredoc(struct printed *printed, struct cor_slice text, size_t at,
                          struct cor_slice word)
{
    while (at < text.size && printed->status == COR_OK) {
        struct cor_slice line = line_at(text, at);
        at += line.size + 1;
        if (cor_slice_same(cor_slice_trim(line), word)) {
            printed->line++;
            break;
        }
        put_text(printed, line, false);
        put(printed, "\n", 1);
        printed->line++;
    }
    return at;
}

// Texts between triple quotes.
static size_t put_triple(struct printed *printed, struct cor_slice text, size_t at)
{
    const char *quotes = text.data + at;
    const char *close = memmem(quotes + 3, text.size - at - 3, quotes, 3);
    size_t size = close ? (size_t)(close - quotes) - 3 : text.size - at - 3;
    put_text(printed, cor_slice(quotes + 3, size), true);
    put(printed, "\n", 1);
    return at + 3 + size + (close ? 3 : 0);
}

static const char *triple_in(struct cor_slice line)
{
    const char *one = memmem(line.data, line.size, "\"\"\"", 3);
    const char *two = memmem(line.data, line.size, "'''", 3);
    return !one || (two && two < one) ? two : one;
}

static void put_all(struct printed *printed, struct cor_slice text)
{
    for (size_t at = 0; at < text.size && printed->status == COR_OK;) {
        struct cor_slice line = line_at(text, at);
        const char *triple = printed->python ? triple_in(line) : NULL;
        if (triple) {
            at = put_triple(printed, text, (size_t)(triple - text.data));
            continue;
        }
        struct cor_slice word = printed->python ? cor_slice(line.data, 0) : heredoc_word(line);
        if (!word.size && is_printing(line) && !put_bare_echo(printed, line))
            put_strings(printed, line);
        at += line.size + 1;
        printed->line++;
        if (word.size)
            at = put_heredoc(printed, text, at, word);
    }
}

static bool has_any(struct cor_slice text)
{
    return text.size && memmem(text.data, text.size, COR_ANY, sizeof COR_ANY - 1) != NULL;
}

// Functions of the script's own language look like old-style C: a type must stand before the name.
static bool is_typed(const struct printed *printed, const struct cor_found *found)
{
    const char *at = found->at, *begin = printed->census->text.data;
    if (at <= begin || at >= begin + printed->census->text.size)
        return false;
    while (at > begin && cor_is(at[-1], COR_CHAR_BLANK))
        at--;
    return at > begin && at < found->at + (at[-1] == '*') && (cor_is_word(at[-1]) || at[-1] == '*');
}

// "int a;" and "int a[] = ...", not words of a message.
static bool has_value(const struct printed *printed, const struct cor_found *found)
{
    const char *at = found->at + found->name.size;
    const char *end = printed->census->text.data + printed->census->text.size;
    while (at < end && cor_is(*at, COR_CHAR_BLANK))
        at++;
    return at < end && strchr(";=[", *at);
}

static enum cor_status take(void *context, const struct cor_found *found)
{
    struct printed *printed = context;
    struct cor_census *census = printed->census;
    bool body = found->kind == COR_FOUND_FUNCTION || found->kind == COR_FOUND_DATA;
    if (!body && found->kind != COR_FOUND_ALIAS && has_any(found->target))
        return COR_OK;
    if (body && !(is_typed(printed, found) && (!found->data || has_value(printed, found))))
        return COR_OK;
    for (size_t i = 0; !body && i < found->token_count; i++)
        if (has_any(cor_token_slice(&found->tokens[i])))
            return COR_OK;
    uint32_t line = cor_text_line(&census->text, found->at);
    if (line && line <= printed->lines.count)
        census->line_base = printed->lines.items[line - 1] - line;
    return cor_census_take(census, found);
}

static enum cor_status parse(struct printed *printed)
{
    struct cor_parser parser;
    cor_parser_init(&parser, &printed->census->text);
    parser.emit = take;
    parser.context = printed;
    enum cor_status status = cor_parse(&parser);
    cor_parser_dispose(&parser);
    return status;
}

static enum cor_status read_output(struct printed *printed)
{
    struct cor_census *census = printed->census;
    struct cor_slice out = cor_buffer_slice(&printed->out);
    bool assembly =
        memmem(out.data, out.size, ".globl", 6) || memmem(out.data, out.size, "ENTRY(", 6);
    if (assembly)
        return cor_census_chunk(census, out, printed->lines.count ? printed->lines.items[0] : 1);
    struct cor_text whole = census->text;
    cor_text_init(&census->text);
    enum cor_status status = cor_text_set(&census->text, out.data, out.size);
    census->how = COR_HOW_GENERATED;
    census->through = cor_arena_printf(&census->arena, "generated by %.*s",
                                       (int)census->file->base.size, census->file->base.data);
    if (status == COR_OK)
        status = census->through ? parse(printed) : COR_NOMEM;
    cor_text_dispose(&census->text);
    census->text = whole;
    census->line_base = 0;
    return status;
}

enum cor_status cor_census_printer(struct cor_census *census)
{
    struct printed printed = {.census = census, .line = 1};
    struct cor_slice text = cor_slice(census->text.data, census->text.size);
    struct cor_slice first = line_at(text, 0);
    printed.python = cor_slice_ends(census->file->base, COR_SLICE(".py")) ||
                     (cor_slice_starts(first, COR_SLICE("#!")) &&
                      memmem(first.data, first.size, "python", 6) != NULL);
    cor_buffer_init(&printed.out, 2 * text.size + 4096);
    put_all(&printed, text);
    if (printed.status == COR_LIMIT)
        printed.status = COR_OK;
    if (printed.status == COR_OK && printed.out.size)
        printed.status = read_output(&printed);
    cor_buffer_dispose(&printed.out);
    cor_array_dispose(&printed.lines);
    return printed.status;
}
