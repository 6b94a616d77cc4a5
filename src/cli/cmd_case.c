// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The commands that read a case file: show, list and report.
#include <stddef.h>
#include <string.h>

#include "audit/audit.h"
#include "casefile/casefile.h"
#include "cli/cli.h"
#include "cli/guard.h"

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

typedef enum cor_status case_action(const struct cor_case *case_, const cor_texts *operands,
                                    const struct values *values, struct cor_diag *diag);

static int with_case(const struct cor_command *command, int count, char **words, size_t least,
                     size_t most, case_action *action)
{
    struct values values = {0};
    cor_texts operands = {0};
    struct cor_stderr sink;
    struct cor_case case_;
    bool help;
    int code = COR_EXIT_USAGE;
    cor_stderr_init(&sink, false);
    cor_case_init(&case_);
    if (!cor_options_parse(command, count, words, &values, &operands, &help))
        goto end;
    code = COR_EXIT_OK;
    if (help)
        goto end;
    if (operands.count < least || operands.count > most) {
        fprintf(stderr, "Usage: correspond %s %s\n", command->name, command->usage);
        code = COR_EXIT_USAGE;
        goto end;
    }
    enum cor_status status = cor_casefile_read(operands.items[0], &case_, &sink.diag);
    if (status == COR_OK)
        status = action(&case_, &operands, &values, &sink.diag);
    if (status == COR_OK || (status == COR_IO && ferror(stdout)))
        status = cor_flush_stdout(&sink.diag);
    code = status == COR_END ? COR_EXIT_FAILED : cor_exit_for(status, operands.items[0], &sink);
end:
    cor_case_dispose(&case_);
    cor_array_dispose(&operands);
    return code;
}

static const struct cor_case_symbol *compact_row(const struct cor_case *case_, const char *name)
{
    for (size_t i = 0; i < case_->symbols.count; i++)
        if (!case_->symbols.items[i].full && strcmp(case_->symbols.items[i].name, name) == 0)
            return &case_->symbols.items[i];
    return NULL;
}

static bool same_inputs(const struct cor_case *before, const struct cor_case *now)
{
    if (before->inputs.count != now->inputs.count)
        return false;
    for (size_t i = 0; i < before->inputs.count; i++)
        if (strcmp(before->inputs.items[i].sha256, now->inputs.items[i].sha256) != 0 ||
            before->inputs.items[i].size != now->inputs.items[i].size)
            return false;
    return true;
}

// The case keeps released names compactly: their evidence is read from the inputs again.
static enum cor_status show_again(const struct cor_case *case_, const char *name,
                                  struct cor_diag *diag)
{
    COR_ARRAY(struct cor_audit_input) inputs = {0};
    struct cor_case again;
    enum cor_status status = COR_OK;
    cor_case_init(&again);
    for (size_t i = 0; status == COR_OK && i < case_->inputs.count; i++)
        status = cor_array_add(&inputs, (struct cor_audit_input){case_->inputs.items[i].role,
                                                                 case_->inputs.items[i].path});
    const struct cor_audit_options options = {
        .inputs = inputs.items,
        .input_count = inputs.count,
        .names = &name,
        .name_count = 1,
        .limits = cor_default_limits,
    };
    if (status == COR_OK)
        status = cor_audit(&options, &again);
    if (status == COR_OK && same_inputs(case_, &again)) {
        status = cor_show(&again, name, stdout);
    } else if (status != COR_INTERRUPTED && status != COR_NOMEM) {
        cor_note(diag, name, "%s, so this is what the case file holds",
                 status == COR_OK ? "the inputs have changed" : "the inputs cannot be read again");
        status = cor_show(case_, name, stdout);
    }
    cor_case_dispose(&again);
    cor_array_dispose(&inputs);
    return status;
}

struct again {
    const struct cor_case *case_;
    const char *name;
    struct cor_stderr sink;
};

static int show_again_job(void *data)
{
    struct again *again = data;
    enum cor_status status = show_again(again->case_, again->name, &again->sink.diag);
    if (status == COR_OK || (status == COR_IO && ferror(stdout)))
        status = cor_flush_stdout(&again->sink.diag);
    return cor_exit_for(status, again->name, &again->sink);
}

// The exit status of the job has been explained on stderr already.
static enum cor_status guarded_show(const struct cor_case *case_, const char *name)
{
    struct again again = {.case_ = case_, .name = name};
    struct cor_guard guard;
    enum cor_status status = COR_OK;
    cor_stderr_init(&again.sink, false);
    cor_guard_init(&guard, &again.sink.diag);
    for (size_t i = 0; status == COR_OK && i < case_->inputs.count; i++)
        status = cor_guard_allow(&guard, COR_ACCESS_READ, case_->inputs.items[i].path);
    int code = status == COR_OK ? cor_guard_run(&guard, show_again_job, &again) : COR_EXIT_FAILED;
    cor_guard_dispose(&guard);
    return code == COR_EXIT_OK ? COR_OK : code == COR_EXIT_INTERRUPTED ? COR_INTERRUPTED : COR_END;
}

static enum cor_status show(const struct cor_case *case_, const cor_texts *operands,
                            const struct values *values, struct cor_diag *diag)
{
    const struct cor_report_options options = {.all = values->all};
    if (operands->count == 1)
        return cor_report_format("text")->write(case_, &options, stdout);
    const char *what = operands->items[1];
    enum cor_status status =
        compact_row(case_, what) ? guarded_show(case_, what) : cor_show(case_, what, stdout);
    if (status == COR_NOT_FOUND)
        return cor_fail(diag, COR_FATAL, COR_NOT_FOUND, what,
                        "the case has no symbol, component or source file of this name");
    return status;
}

static enum cor_status list(const struct cor_case *case_, const cor_texts *operands,
                            const struct values *values, struct cor_diag *diag)
{
    const char *what = operands->count > 1 ? operands->items[1] : "components";
    (void)values;
    enum cor_status status = cor_list(case_, what, stdout);
    if (status == COR_NOT_FOUND)
        return cor_fail(diag, COR_FATAL, COR_USAGE, what,
                        "is none of components, symbols, members, unread, sources");
    return status;
}

static enum cor_status report(const struct cor_case *case_, const cor_texts *operands,
                              const struct values *values, struct cor_diag *diag)
{
    const struct cor_report_options options = {.all = values->all};
    const char *name = values->format ? values->format : "text";
    const struct cor_report_format *format = cor_report_format(name);
    (void)operands;
    if (!format)
        return cor_fail(diag, COR_FATAL, COR_USAGE, name, "no such report format");
    return cor_write_report(format, case_, &options, values->output ? values->output : "-", diag);
}

static int run_show(int count, char **words)
{
    return with_case(&cor_command_show, count, words, 1, 2, show);
}

static int run_list(int count, char **words)
{
    return with_case(&cor_command_list, count, words, 1, 2, list);
}

static int run_report(int count, char **words)
{
    return with_case(&cor_command_report, count, words, 1, 1, report);
}

const struct cor_command cor_command_show = {
    "show",
    "CASE [SYMBOL | COMPONENT | FILE]",
    "Shows the whole evidence for one thing, with the commands that show each fact\n"
    "with stock tools. Without a second word: the summary.",
    no_options,
    run_show,
};

const struct cor_command cor_command_list = {
    "list",
    "CASE [components | symbols | members | unread | sources]",
    "Lists what the case holds, one row a line, columns parted by tabs.",
    no_options,
    run_list,
};

const struct cor_command cor_command_report = {
    "report",
    "CASE [--format NAME] [-o FILE]",
    "Writes a report from the case file alone. Formats: text, json, html, csv, dot,\n"
    "graphml, markdown, sarif, junit, spdx, cyclonedx.",
    report_options,
    run_report,
};
