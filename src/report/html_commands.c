// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/commands.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/shell.h"

static enum cor_status put_variable(const struct cor_input *input, FILE *out)
{
    struct cor_buffer text;
    cor_buffer_init(&text, 64);
    enum cor_status status = cor_shell_variable(&text, input);
    if (status == COR_OK) {
        fprintf(out, " <code>$%s</code> is the path of ", text.data);
        cor_html_text(out, input->name);
        fputc('.', out);
    }
    cor_buffer_dispose(&text);
    return status;
}

static void put_command(const struct cor_command *command, FILE *out)
{
    fputs("<p>", out);
    cor_html_text(out, command->about);
    fputs("</p>\n", out);
    if (!command->text)
        return;
    fputs("<div class=command><pre>", out);
    for (const char *at = command->text; *at; at++)
        if (*at == '\n')
            fputs(" \\\n  ", out);
        else
            cor_html_part(out, cor_slice(at, 1));
    fputs("</pre></div>\n", out);
}

enum cor_status cor_page_commands(const struct cor_page *page, const struct cor_case_symbol *symbol,
                                  FILE *out)
{
    struct cor_commands commands;
    enum cor_status status = cor_commands_symbol(page->index, symbol, &commands);
    if (status != COR_OK)
        return status;
    fputs("<h4>How to verify by hand</h4>\n<p class=soft>In an empty folder; each command runs "
          "alone.",
          out);
    for (size_t i = 0; status == COR_OK && i < page->case_->inputs.count; i++)
        status = put_variable(&page->case_->inputs.items[i], out);
    fputs("</p>\n", out);
    for (size_t i = 0; i < commands.list.count; i++)
        put_command(&commands.list.items[i], out);
    cor_commands_dispose(&commands);
    return status;
}
