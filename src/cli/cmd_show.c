// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stddef.h>
#include <string.h>

#include "audit/again.h"
#include "base/buffer.h"
#include "cli/cli.h"
#include "cli/limits.h"
#include "report/find.h"

enum { LONGEST_LINE = 4096 };

struct values {
    const char *format;
    bool quiet;
    struct cor_limit_values limits;
    const char *what;
};

static const struct cor_option options[] = {
    {"format", 'f', "NAME", "text or json (default: text)", COR_OPTION_TEXT,
     offsetof(struct values, format)},
    COR_AGAIN_OPTIONS,
    {0},
};

typedef enum cor_status teller(const struct cor_case *case_, const char *what, FILE *out);

static const struct cor_case_symbol *compact_row(const struct cor_case *case_, const char *name)
{
    for (size_t i = 0; i < case_->symbols.count; i++)
        if (!case_->symbols.items[i].full && strcmp(case_->symbols.items[i].name, name) == 0)
            return &case_->symbols.items[i];
    return NULL;
}

static teller *teller_of(const struct values *values)
{
    return values->format && strcmp(values->format, "json") == 0 ? cor_show_json : cor_show;
}

// The case keeps released names compactly: their evidence is read from the inputs again.
static int show_again(struct cor_reading *reading)
{
    const struct values *values = reading->data;
    struct cor_case again;
    cor_case_init(&again);
    struct cor_terminal_progress *progress =
        cor_terminal_progress_new(values->quiet, values->limits.verbose);
    const struct cor_again_options options_ = {
        .names = &values->what, .name_count = 1, .progress = cor_terminal_progress_base(progress)};
    enum cor_status status = cor_audit_again(reading->case_, &options_, &again);
    cor_terminal_progress_free(progress);
    if (status == COR_OK && cor_same_inputs(reading->case_, &again)) {
        status = teller_of(values)(&again, values->what, stdout);
    } else if (status != COR_INTERRUPTED && status != COR_NOMEM) {
        cor_note(&reading->sink.diag, values->what, "%s, so this is what the case file holds",
                 status == COR_OK ? "the inputs have changed" : "the inputs cannot be read again");
        status = teller_of(values)(reading->case_, values->what, stdout);
    }
    cor_case_dispose(&again);
    return cor_exit_for(status, values->what, &reading->sink);
}

static enum cor_status not_found(const struct cor_case *case_, const char *what,
                                 struct cor_diag *diag)
{
    const struct cor_suggestions near = cor_suggest(case_, what);
    struct cor_buffer text;
    cor_buffer_init(&text, LONGEST_LINE);
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < near.count; i++)
        status = cor_buffer_printf(&text, "%s%s", i ? ", " : "; did you mean ", near.items[i]);
    status = cor_fail(diag, COR_FATAL, COR_NOT_FOUND, what,
                      "the case has no symbol, component, source file or member of this name%s%s",
                      text.data ? text.data : "", near.count ? "?" : "");
    cor_buffer_dispose(&text);
    return status;
}

static enum cor_status show(const struct cor_case *case_, const cor_texts *operands, void *given,
                            struct cor_stderr *sink, int *ret_code)
{
    struct values *values = given;
    const struct cor_report_options report = {0};
    const char *format = values->format ? values->format : "text";
    if (strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
        return cor_fail(&sink->diag, COR_FATAL, COR_USAGE, format, "is neither text nor json");
    if (operands->count == 1)
        return cor_report_format(format)->write(case_, &report, stdout);
    values->what = operands->items[1];
    if (compact_row(case_, values->what)) {
        struct cor_reading reading = {
            .case_ = case_, .limits = &values->limits, .job = show_again, .data = values};
        *ret_code = cor_read_again(&reading, values->quiet);
        return COR_OK;
    }
    enum cor_status status = teller_of(values)(case_, values->what, stdout);
    return status == COR_NOT_FOUND ? not_found(case_, values->what, &sink->diag) : status;
}

static int run(int count, char **words)
{
    struct values values = {0};
    const struct cor_case_job job = {&cor_command_show, &values, &values.quiet, 1, 2, show};
    return cor_with_case(&job, count, words);
}

const struct cor_command cor_command_show = {
    "show",
    "CASE [SYMBOL | COMPONENT | FILE | MEMBER]",
    "Shows the whole evidence for one thing, with the commands that show each fact\n"
    "with stock tools. Without a second word: the summary.",
    options,
    run,
};
