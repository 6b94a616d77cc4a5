// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Rust, as far as names go: functions with a body by their last name, and what #[no_mangle] and
// #[export_name] give to the linker.
#include "source/census.h"

#include "source/chars.h"

struct rust {
    struct cor_census *census;
    const char *at, *end;
    struct cor_slice exported; // of the next item; "" size 0 with `plain` for #[no_mangle]
    bool plain;
};

static void skip_comment(struct rust *rust)
{
    if (rust->at[1] == '/') {
        const char *newline = memchr(rust->at, '\n', (size_t)(rust->end - rust->at));
        rust->at = newline ? newline : rust->end;
        return;
    }
    unsigned depth = 0;
    do { // they nest
        bool open = rust->at[0] == '/' && rust->at[1] == '*';
        bool close = rust->at[0] == '*' && rust->at[1] == '/';
        depth += open;
        depth -= close;
        rust->at += open || close ? 2 : 1;
    } while (depth && rust->at < rust->end);
}

static void skip_string(struct rust *rust)
{
    for (rust->at++; rust->at < rust->end && *rust->at != '"'; rust->at++)
        rust->at += *rust->at == '\\';
    rust->at = rust->at < rust->end ? rust->at + 1 : rust->end;
}

// r"...", r#"..."#; false when no such string begins here.
static bool skip_raw(struct rust *rust)
{
    const char *at = rust->at + 1;
    size_t marks = 0;
    while (at < rust->end && *at == '#')
        at++, marks++;
    if (at >= rust->end || *at != '"')
        return false;
    for (at++; at < rust->end; at++) {
        size_t count = 0;
        while (*at == '"' && count < marks && at[1 + count] == '#')
            count++;
        if (*at == '"' && count == marks) {
            rust->at = at + 1 + marks;
            return true;
        }
    }
    rust->at = rust->end;
    return true;
}

// 'a' and '\n' are characters, 'a alone a lifetime.
static void skip_quote(struct rust *rust)
{
    const char *at = rust->at + 1;
    if (at < rust->end && *at == '\\')
        at++;
    rust->at = at + 1 < rust->end && at[1] == '\'' ? at + 2 : rust->at + 1;
}

static void take_attribute(struct rust *rust)
{
    const char *close = memchr(rust->at, ']', (size_t)(rust->end - rust->at));
    struct cor_slice text = cor_slice(rust->at, (size_t)((close ? close : rust->end) - rust->at));
    rust->plain |= memmem(text.data, text.size, "no_mangle", 9) != NULL;
    const char *name = memmem(text.data, text.size, "export_name", 11);
    const char *quote = name ? memchr(name, '"', (size_t)(text.data + text.size - name)) : NULL;
    const char *last =
        quote ? memchr(quote + 1, '"', (size_t)(text.data + text.size - quote - 1)) : NULL;
    if (last)
        rust->exported = cor_slice(quote + 1, (size_t)(last - quote - 1));
    rust->at = close ? close + 1 : rust->end;
}

static struct cor_slice take_word(struct rust *rust)
{
    const char *begin = rust->at;
    while (rust->at < rust->end && cor_is_word(*rust->at) && *rust->at != '$')
        rust->at++;
    return cor_slice(begin, (size_t)(rust->at - begin));
}

static void skip_blanks(struct rust *rust)
{
    while (rust->at < rust->end && (cor_is(*rust->at, COR_CHAR_BLANK) || *rust->at == '\n'))
        rust->at++;
}

// Whether a block comes before a semicolon.
static bool has_body(const struct rust *rust)
{
    int depth = 0;
    for (const char *at = rust->at; at < rust->end; at++) {
        depth += *at == '(' || *at == '[';
        depth -= *at == ')' || *at == ']';
        if (depth <= 0 && (*at == '{' || *at == ';'))
            return *at == '{';
    }
    return false;
}

static enum cor_status define(struct rust *rust, struct cor_slice name, const char *at, bool data)
{
    struct cor_census *census = rust->census;
    struct cor_kept kept = {.how = data ? COR_HOW_DATA : COR_HOW_PLAIN,
                            .linkage = COR_LINKAGE_EXTERNAL,
                            .data = data,
                            .active = true};
    uint32_t line = census->line_base + cor_text_line(&census->text, at);
    return cor_census_define(census, name, line, &kept);
}

static enum cor_status item(struct rust *rust, bool data)
{
    skip_blanks(rust);
    const char *at = rust->at;
    struct cor_slice name = take_word(rust);
    enum cor_status status = COR_OK;
    if (data && cor_slice_same(name, COR_SLICE("mut"))) {
        skip_blanks(rust);
        name = take_word(rust);
    }
    bool there = name.size && (data || has_body(rust));
    if (there && rust->exported.size)
        status = define(rust, rust->exported, at, data);
    else if (there && rust->plain)
        status = define(rust, name, at, data);
    if (there && !data && status == COR_OK) {
        const char *any =
            cor_arena_printf(&rust->census->arena, COR_RUST_NAME "%.*s", (int)name.size, name.data);
        status = any ? define(rust, cor_slice_text(any), at, false) : COR_NOMEM;
    }
    rust->plain = false;
    rust->exported.size = 0;
    return status;
}

static enum cor_status step(struct rust *rust)
{
    char c = *rust->at;
    if (c == '/' && (rust->at[1] == '/' || rust->at[1] == '*'))
        skip_comment(rust);
    else if (c == '"')
        skip_string(rust);
    else if (c == '\'')
        skip_quote(rust);
    else if (c == '#' && rust->at[1] == '[')
        take_attribute(rust);
    else if (c == 'r' && (rust->at[1] == '"' || rust->at[1] == '#') && skip_raw(rust))
        return COR_OK;
    else if (!cor_is(c, COR_CHAR_LETTER | COR_CHAR_DIGIT))
        rust->at++;
    else {
        const char *begin = rust->at;
        struct cor_slice word = take_word(rust);
        if (rust->at == begin)
            rust->at++;
        if (cor_slice_same(word, COR_SLICE("fn")))
            return item(rust, false);
        if (cor_slice_same(word, COR_SLICE("static")) && (rust->plain || rust->exported.size))
            return item(rust, true);
    }
    return COR_OK;
}

enum cor_status cor_census_rust(struct cor_census *census)
{
    struct rust rust = {.census = census,
                        .at = census->text.data,
                        .end = census->text.data + census->text.size,
                        .exported = cor_slice("", 0)};
    enum cor_status status = COR_OK;
    if (!cor_slice_ends(census->file->base, COR_SLICE(".rs")))
        return COR_OK;
    while (rust.at < rust.end && status == COR_OK)
        status = step(&rust);
    return status;
}
