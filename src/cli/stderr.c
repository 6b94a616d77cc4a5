// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stdio.h>

#include <string.h>

#include "cli/cli.h"
#include "cli/stage.h"

// What a file name may hold must not steer a terminal.
static void print_clean(const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x20 || c == 0x7f)
            fprintf(stderr, "\\x%02x", c);
        else
            fputc(c, stderr);
    }
}

static const char *final_name(const struct cor_stderr *sink, const char *subject)
{
    for (size_t i = 0; i < sink->stage_count; i++)
        if (sink->stages[i].path && strcmp(sink->stages[i].path, subject) == 0)
            return sink->stages[i].final;
    return subject;
}

static void emit(struct cor_diag *diag, const struct cor_message *message)
{
    struct cor_stderr *sink = (struct cor_stderr *)diag;
    if (sink->quiet && message->grade != COR_FATAL)
        return;
    cor_terminal_progress_wipe();
    flockfile(stderr);
    sink->fatal = sink->fatal || message->grade == COR_FATAL;
    fputs("correspond: ", stderr);
    print_clean(final_name(sink, message->subject));
    if (*message->subject)
        fputs(": ", stderr);
    print_clean(message->text);
    fputc('\n', stderr);
    funlockfile(stderr);
}

void cor_stderr_init(struct cor_stderr *sink, bool quiet)
{
    *sink = (struct cor_stderr){.diag = {emit}, .quiet = quiet};
}

int cor_exit_for(enum cor_status status, const char *subject, struct cor_stderr *sink)
{
    if (status == COR_OK)
        return COR_EXIT_OK;
    if (status == COR_INTERRUPTED) {
        cor_terminal_progress_wipe();
        fputs("correspond: interrupted\n", stderr);
        return COR_EXIT_INTERRUPTED;
    }
    if (!sink->fatal)
        status = cor_fail(&sink->diag, COR_FATAL, status, subject, "%s", cor_status_text(status));
    return status == COR_USAGE ? COR_EXIT_USAGE : COR_EXIT_FAILED;
}
