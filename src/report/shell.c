// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/shell.h"

#include <string.h>

static bool sayable(char c)
{
    return c >= ' ' && c <= '~';
}

static bool word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool cor_shell_plain(const char *text)
{
    for (; *text; text++)
        if (!word_character(*text) && !strchr("./+-,:=@%", *text))
            return false;
    return true;
}

bool cor_shell_sayable(const char *text)
{
    for (; *text; text++)
        if (!sayable(*text))
            return false;
    return true;
}

static enum cor_status add(struct cor_buffer *command, const char *text)
{
    return cor_buffer_append(command, text, strlen(text));
}

// One character inside single quotes.
static enum cor_status add_quoted(struct cor_buffer *command, char c)
{
    return c == '\'' ? add(command, "'\\''") : cor_buffer_append(command, &c, 1);
}

enum cor_status cor_shell_word(struct cor_buffer *command, const char *text)
{
    enum cor_status status = add(command, "'");
    for (; status == COR_OK && *text; text++)
        status = add_quoted(command, *text);
    return status == COR_OK ? add(command, "'") : status;
}

enum cor_status cor_shell_variable(struct cor_buffer *command, const struct cor_input *input)
{
    for (const char *word = cor_role_word(input->role); *word; word++) {
        char upper = (char)(*word >= 'a' && *word <= 'z' ? *word - 'a' + 'A' : *word);
        enum cor_status status = cor_buffer_append(command, &upper, 1);
        if (status != COR_OK)
            return status;
    }
    return cor_buffer_printf(command, "%u", input->number);
}

// How many bytes one wildcard stands for: a control character alone, or a run beyond ASCII, whose
// characters a shell and bsdtar count in different ways.
static size_t wildcard(const char *text, const char **ret_wildcard)
{
    size_t size = 0;
    while ((unsigned char)text[size] >= 0x80)
        size++;
    *ret_wildcard = size ? "*" : "?";
    return size ? size : 1;
}

static enum cor_status add_rest(struct cor_buffer *command, const char *rest)
{
    enum cor_status status = add(command, "'");
    while (status == COR_OK && *rest) {
        const char *sign;
        if (sayable(*rest)) {
            status = add_quoted(command, *rest++);
            continue;
        }
        rest += wildcard(rest, &sign);
        status = cor_buffer_printf(command, "'%s'", sign);
    }
    return status == COR_OK ? add(command, "'") : status;
}

enum cor_status cor_shell_file(struct cor_buffer *command, const struct cor_input *input,
                               const char *rest)
{
    bool plain = cor_shell_plain(rest);
    enum cor_status status = add(command, "\"$");
    if (status == COR_OK)
        status = cor_shell_variable(command, input);
    if (status == COR_OK && plain)
        return cor_buffer_printf(command, "%s%s\"", *rest ? "/" : "", rest);
    if (status == COR_OK)
        status = add(command, "\"/");
    return status == COR_OK ? add_rest(command, rest) : status;
}

enum cor_status cor_shell_entry(struct cor_buffer *command, const char *entry)
{
    enum cor_status status = add(command, "'");
    // bsdtar takes ^ at the start and $ at the end for anchors.
    if (status == COR_OK && *entry == '^')
        status = add(command, "\\");
    while (status == COR_OK && *entry) {
        const char *sign;
        if (!sayable(*entry)) {
            entry += wildcard(entry, &sign);
            status = add(command, sign);
            continue;
        }
        if (strchr("*?[]\\$", *entry))
            status = add(command, "\\");
        if (status == COR_OK)
            status = add_quoted(command, *entry++);
    }
    return status == COR_OK ? add(command, "'") : status;
}

enum cor_status cor_shell_regex(struct cor_buffer *command, const char *name)
{
    enum cor_status status = COR_OK;
    while (status == COR_OK && *name) {
        const char *sign;
        if (word_character(*name)) {
            status = cor_buffer_append(command, name++, 1);
        } else if (*name == '\'' || *name == '^' || *name == '\\') {
            // These have a meaning inside brackets, or in the quotes around.
            status = add(command, ".");
            name++;
        } else if (sayable(*name)) {
            status = cor_buffer_printf(command, "[%c]", *name++);
        } else {
            name += wildcard(name, &sign);
            status = add(command, ".*");
        }
    }
    return status;
}

enum cor_status cor_shell_assignment(struct cor_buffer *command, const struct cor_input *input,
                                     const char *path)
{
    enum cor_status status = cor_shell_variable(command, input);
    if (status == COR_OK)
        status = add(command, "=");
    // A path that begins with a dash would be taken for an option.
    const char *before = *path == '-' ? "./" : "";
    if (status != COR_OK || (cor_shell_plain(path) && !*before))
        return status == COR_OK ? add(command, path) : status;
    if (cor_shell_sayable(path)) {
        status = add(command, before);
        return status == COR_OK ? cor_shell_word(command, path) : status;
    }
    status = cor_buffer_printf(command, "$(printf '%s", before);
    for (; status == COR_OK && *path; path++)
        status = word_character(*path) || *path == '/' || *path == '.'
                     ? cor_buffer_append(command, path, 1)
                     : cor_buffer_printf(command, "\\%03o", (unsigned char)*path);
    return status == COR_OK ? add(command, "')") : status;
}
