// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "audit/bundle.h"
#include "cli/cli.h"

struct values {
    cor_texts at;
    const char *output, *sign;
    bool quiet, verbose;
};

static const struct cor_option options[] = {
    {"output", 'o', "FILE", "the zip file; compulsory", COR_OPTION_TEXT,
     offsetof(struct values, output)},
    {"at", 0, "INPUT=PATH", "where an input is now: SHIPPED1=/mnt/x.iso", COR_OPTION_LIST,
     offsetof(struct values, at)},
    {"sign", 0, "KEY", "gpg:KEY or ssh:FILE: a detached signature", COR_OPTION_TEXT,
     offsetof(struct values, sign)},
    COR_TALK_OPTIONS,
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

static enum cor_status make(const struct cor_case *case_, const char *casefile,
                            const struct values *values, struct cor_diag *diag)
{
    cor_places places = {0};
    char *version = version_text();
    enum cor_status status =
        version ? cor_find_places(case_, &values->at, &places, diag) : COR_NOMEM;
    struct cor_terminal_progress *progress =
        cor_terminal_progress_new(values->quiet, values->verbose);
    struct job job = {case_,
                      {.again = {.places = places.items,
                                 .place_count = places.count,
                                 .progress = cor_terminal_progress_base(progress),
                                 .diag = diag},
                       .casefile = casefile,
                       .version = version}};
    if (status == COR_OK)
        status = cor_write_output(write_bundle, &job, values->output, diag);
    cor_terminal_progress_free(progress);
    if (status == COR_OK && values->sign)
        status = cor_sign(values->output, values->sign, diag);
    free(version);
    cor_array_dispose(&places);
    return status;
}

static enum cor_status bundle(const struct cor_case *case_, const cor_texts *operands, void *given,
                              struct cor_stderr *sink, int *ret_code)
{
    const struct values *values = given;
    (void)ret_code;
    if (!values->output || strcmp(values->output, "-") == 0)
        return cor_fail(&sink->diag, COR_FATAL, COR_USAGE, "bundle", "-o FILE is needed");
    enum cor_status status = cor_check_output(values->output, &sink->diag);
    if (status == COR_OK && values->sign)
        status = cor_check_sign(values->sign, &sink->diag);
    return status == COR_OK ? make(case_, operands->items[0], values, &sink->diag) : status;
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
