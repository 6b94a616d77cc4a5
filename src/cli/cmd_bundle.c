// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "audit/bundle.h"
#include "cli/cli.h"
#include "cli/limits.h"

struct values {
    cor_texts at;
    const char *output, *sign;
    bool quiet;
    struct cor_limit_values limits;
    const char *casefile;
};

static const struct cor_option options[] = {
    {"output", 'o', "FILE", "the zip file; compulsory", COR_OPTION_TEXT,
     offsetof(struct values, output)},
    {"at", 0, "INPUT=PATH", "where an input is now: SHIPPED1=/mnt/x.iso", COR_OPTION_LIST,
     offsetof(struct values, at)},
    {"sign", 0, "KEY", "gpg:KEY or ssh:FILE: a detached signature", COR_OPTION_TEXT,
     offsetof(struct values, sign)},
    COR_AGAIN_OPTIONS,
    {0},
};

struct job {
    const struct cor_case *case_;
    struct cor_bundle_options options;
};

static enum cor_status write_bundle(void *what, FILE *out)
{
    const struct job *job = what;
    return cor_bundle_write(job->case_, &job->options, out);
}

static char *version_text(void)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    cor_print_version(out);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

static int make(struct cor_reading *reading)
{
    const struct values *values = reading->data;
    char *version = version_text();
    struct cor_terminal_progress *progress =
        cor_terminal_progress_new(values->quiet, values->limits.verbose);
    struct job job = {reading->case_,
                      {.again = {.places = reading->places.items,
                                 .place_count = reading->places.count,
                                 .progress = cor_terminal_progress_base(progress),
                                 .diag = &reading->sink.diag},
                       .casefile = values->casefile,
                       .version = version}};
    enum cor_status status =
        version ? cor_write_output(write_bundle, &job, reading->staged, &reading->sink.diag)
                : COR_NOMEM;
    cor_terminal_progress_free(progress);
    free(version);
    return cor_exit_for(status, "bundle", &reading->sink);
}

static enum cor_status check(const struct values *values, struct cor_diag *diag)
{
    if (!values->output || strcmp(values->output, "-") == 0)
        return cor_fail(diag, COR_FATAL, COR_USAGE, "bundle", "-o FILE is needed");
    enum cor_status status = values->sign ? cor_check_sign(values->sign, diag) : COR_OK;
    return status == COR_OK ? cor_check_output(values->output, diag) : status;
}

static enum cor_status bundle(const struct cor_case *case_, const cor_texts *operands, void *given,
                              struct cor_stderr *sink, int *ret_code)
{
    struct values *values = given;
    struct cor_reading reading = {.case_ = case_,
                                  .at = &values->at,
                                  .limits = &values->limits,
                                  .output = values->output,
                                  .extra = operands->items[0],
                                  .job = make,
                                  .data = values};
    enum cor_status status = check(values, &sink->diag);
    if (status != COR_OK)
        return status;
    values->casefile = operands->items[0];
    *ret_code = cor_read_again(&reading, values->quiet);
    return *ret_code == COR_EXIT_OK && values->sign
               ? cor_sign(values->output, values->sign, &sink->diag)
               : COR_OK;
}

static int run(int count, char **words)
{
    struct values values = {0};
    const struct cor_case_job job = {&cor_command_bundle, &values, &values.quiet, 1, 1, bundle};
    int code = cor_with_case(&job, count, words);
    cor_array_dispose(&values.at);
    return code;
}

const struct cor_command cor_command_bundle = {
    "bundle",
    "CASE -o FILE.zip [--at INPUT=PATH...] [--sign KEY]",
    "Packs reports, case file, the cited members and source files, their hashes and a\n"
    "script with all verification commands into one zip file. Made twice it is the\n"
    "same byte for byte.",
    options,
    run,
};
