// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stddef.h>

#include "casefile/casefile.h"
#include "cli/cli.h"
#include "report/diff.h"

struct values {
    const char *format, *output;
};

static const struct cor_option options[] = {
    {"format", 'f', "NAME", "text, json or html (default: text)", COR_OPTION_TEXT,
     offsetof(struct values, format)},
    {"output", 'o', "FILE", "where to write (default: stdout)", COR_OPTION_TEXT,
     offsetof(struct values, output)},
    {0},
};

struct output {
    const struct cor_diff *diff;
    const struct cor_diff_format *format;
};

static enum cor_status write_diff(void *what, FILE *out)
{
    const struct output *output = what;
    return output->format->write(output->diff, out);
}

static enum cor_status diff(const struct cor_case *old, const cor_texts *operands, void *given,
                            struct cor_stderr *sink, int *ret_code)
{
    const struct values *values = given;
    const char *name = values->format ? values->format : "text";
    const struct cor_diff_format *format = cor_diff_format(name);
    struct cor_case new_;
    struct cor_diff made = {0};
    if (!format)
        return cor_fail(&sink->diag, COR_FATAL, COR_USAGE, name, "is none of text, json, html");
    cor_case_init(&new_);
    enum cor_status status = cor_casefile_read(operands->items[1], &new_, &sink->diag);
    if (status == COR_OK)
        status = cor_diff_make(old, &new_, &made);
    if (status == COR_OK) {
        struct output output = {&made, format};
        status = cor_write_output(write_diff, &output, values->output ? values->output : "-",
                                  &sink->diag);
        *ret_code = made.regress ? COR_EXIT_FINDINGS : COR_EXIT_OK;
        cor_diff_dispose(&made);
    }
    cor_case_dispose(&new_);
    return status;
}

static int run(int count, char **words)
{
    struct values values = {0};
    const struct cor_case_job job = {&cor_command_diff, &values, NULL, 2, 2, diff};
    return cor_with_case(&job, count, words);
}

const struct cor_command cor_command_diff = {
    "diff",
    "OLD NEW [--format NAME] [-o FILE]",
    "Compares two cases of one product: what the newer candidate adds, still lacks\n"
    "and lost.\n\n"
    "Exit status: 0 no regress; 1 regress; 2 wrong usage; 3 could not run.",
    options,
    run,
};
