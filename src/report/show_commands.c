// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "report/commands.h"
#include "report/put.h"
#include "report/shell.h"
#include "report/show.h"

enum { LONGEST_ASSIGNMENT = 1 << 16 };

static void put_command(FILE *out, const char *text)
{
    fputs("    $ ", out);
    for (; *text; text++)
        if (*text == '\n')
            fputs(" \\\n      ", out);
        else
            fputc(*text, out);
    fputc('\n', out);
}

// The commands run in another folder: a path that is still there is made absolute.
static enum cor_status put_assignment(FILE *out, const struct cor_input *input, bool assign)
{
    struct cor_buffer text;
    cor_buffer_init(&text, LONGEST_ASSIGNMENT);
    char *whole = assign ? realpath(input->path, NULL) : NULL;
    enum cor_status status = assign
                                 ? cor_shell_assignment(&text, input, whole ? whole : input->path)
                                 : cor_shell_variable(&text, input);
    free(whole);
    if (status == COR_OK && assign) {
        put_command(out, text.data);
    } else if (status == COR_OK) {
        fprintf(out, "  $%s is the path of ", text.data);
        cor_put(out, input->name);
        fputc('\n', out);
    }
    cor_buffer_dispose(&text);
    return status;
}

static bool is_used(const struct cor_commands *commands, const struct cor_input *input)
{
    struct cor_buffer name;
    bool used = false;
    cor_buffer_init(&name, 64);
    if (cor_buffer_append(&name, "\"$", 2) != COR_OK || cor_shell_variable(&name, input) != COR_OK)
        used = true;
    for (size_t i = 0; i < commands->list.count && !used; i++) {
        const char *text = commands->list.items[i].text;
        for (const char *at = text; at && !used && (at = strstr(at, name.data)); at += name.size)
            used = at[name.size] == '"' || at[name.size] == '/';
    }
    cor_buffer_dispose(&name);
    return used;
}

static bool needs_other_binutils(const struct cor_case *case_, const struct cor_case_symbol *symbol)
{
    for (size_t i = 0; i < symbol->needed_by.count; i++) {
        const struct cor_case_component *component =
            cor_case_component_by_id(case_, symbol->needed_by.items[i].component);
        if (component && component->machine && strcmp(component->machine, "x86-64") != 0)
            return true;
    }
    return false;
}

static enum cor_status put_all(const struct cor_index *index, const struct cor_case_symbol *symbol,
                               const struct cor_commands *commands, bool assign, FILE *out)
{
    const struct cor_case *case_ = index->case_;
    enum cor_status status = COR_OK;
    fputs("\nHow to verify by hand (in an empty folder; each command runs alone)\n", out);
    if (needs_other_binutils(case_, symbol))
        fputs("  For this processor objdump is that of the package binutils-multiarch.\n", out);
    for (size_t i = 0; status == COR_OK && i < case_->inputs.count; i++)
        if (is_used(commands, &case_->inputs.items[i]))
            status = put_assignment(out, &case_->inputs.items[i], assign);
    for (size_t i = 0; i < commands->list.count; i++) {
        fputs("  # ", out);
        cor_put(out, commands->list.items[i].about);
        fputc('\n', out);
        if (commands->list.items[i].text)
            put_command(out, commands->list.items[i].text);
    }
    return status;
}

enum cor_status cor_show_commands(const struct cor_index *index,
                                  const struct cor_case_symbol *symbol, bool assign, FILE *out)
{
    struct cor_commands commands;
    enum cor_status status = cor_commands_symbol(index, symbol, &commands);
    if (status != COR_OK)
        return status;
    status = put_all(index, symbol, &commands, assign, out);
    cor_commands_dispose(&commands);
    return status;
}
