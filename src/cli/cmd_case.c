// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The commands that need nothing but a case file: list and report.
#include <stddef.h>

#include "cli/cli.h"
#include "cli/terminal.h"

struct values {
    const char *format, *output;
    bool all;
};

static const struct cor_option no_options[] = {{0}};

static const struct cor_option report_options[] = {
    {"format", 'f', "NAME", "the report's format (default: text)", COR_OPTION_TEXT,
     offsetof(struct values, format)},
    {"output", 'o', "FILE", "where to write (default: stdout)", COR_OPTION_TEXT,
     offsetof(struct values, output)},
    {"all", 0, NULL, "released and toolchain names too", COR_OPTION_FLAG,
     offsetof(struct values, all)},
    {0},
};

struct list_job {
    const struct cor_case *case_;
    const char *what;
};

static enum cor_status write_list(void *given, FILE *out)
{
    const struct list_job *job = given;
    return cor_list(job->case_, job->what, out);
}

static enum cor_status list(const struct cor_case *case_, const cor_texts *operands, void *given,
                            struct cor_stderr *sink, int *ret_code)
{
    const char *what = operands->count > 1 ? operands->items[1] : "components";
    (void)given, (void)ret_code;
    struct list_job job = {case_, what};
    enum cor_status status = cor_wants_columns()
                                 ? cor_write_dressed(write_list, &job, COR_DRESS_COLUMNS, stdout)
                                 : write_list(&job, stdout);
    if (status == COR_NOT_FOUND)
        return cor_fail(&sink->diag, COR_FATAL, COR_USAGE, what, "is none of " COR_LIST_WORDS);
    return status;
}

static enum cor_status report(const struct cor_case *case_, const cor_texts *operands, void *given,
                              struct cor_stderr *sink, int *ret_code)
{
    const struct values *values = given;
    const struct cor_report_options options = {.all = values->all};
    const char *name = values->format ? values->format : "text";
    const struct cor_report_format *format = cor_report_format(name);
    (void)operands, (void)ret_code;
    if (!format)
        return cor_fail(&sink->diag, COR_FATAL, COR_USAGE, name, "no such report format");
    return cor_write_report(format, case_, &options, values->output ? values->output : "-",
                            &sink->diag);
}

static int run_list(int count, char **words)
{
    const struct cor_case_job job = {&cor_command_list, NULL, NULL, 1, 2, list};
    return cor_with_case(&job, count, words);
}

static int run_report(int count, char **words)
{
    struct values values = {0};
    const struct cor_case_job job = {&cor_command_report, &values, NULL, 1, 1, report};
    return cor_with_case(&job, count, words);
}

const struct cor_command cor_command_list = {
    "list",
    "CASE [LIST]",
    "Lists what the case holds, one row a line, columns parted by tabs, or by\n"
    "spaces at a terminal. Lists:\n"
    "components (the default), symbols, findings, functions, members, unread,\n"
    "sources, inputs, works, notes, options, excuses.",
    no_options,
    run_list,
};

const struct cor_command cor_command_report = {
    "report",
    "CASE [--format NAME] [-o FILE]",
    "Writes a report from the case file alone. Formats: text, json, html, csv, dot,\n"
    "graphml, markdown, sarif, junit, spdx, spdx3, cyclonedx.",
    report_options,
    run_report,
};
