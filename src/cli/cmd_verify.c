// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stddef.h>
#include <string.h>

#include "audit/again.h"
#include "audit/excuse.h"
#include "cli/cli.h"
#include "cli/limits.h"
#include "report/verify.h"

enum { MOST_FACTS_TEXT = 40, MOST_FACTS_JSON = 100000 };

struct values {
    cor_texts at;
    const char *format;
    unsigned jobs;
    bool quiet;
    struct cor_limit_values limits;
};

static const struct cor_option options[] = {
    {"at", 0, "INPUT=PATH", "where an input is now: SHIPPED1=/mnt/x.iso", COR_OPTION_LIST,
     offsetof(struct values, at)},
    {"format", 'f', "NAME", "text or json (default: text)", COR_OPTION_TEXT,
     offsetof(struct values, format)},
    {"jobs", 'j', "N", "worker threads (default: one a processor)", COR_OPTION_NUMBER,
     offsetof(struct values, jobs)},
    COR_AGAIN_OPTIONS,
    {0},
};

static enum cor_status make_again(const struct cor_reading *reading, struct cor_case *found,
                                  struct cor_diag *diag)
{
    const struct values *values = reading->data;
    struct cor_terminal_progress *progress =
        cor_terminal_progress_new(values->quiet, values->limits.verbose);
    const struct cor_again_options again = {.places = reading->places.items,
                                            .place_count = reading->places.count,
                                            .workers = values->jobs,
                                            .progress = cor_terminal_progress_base(progress),
                                            .diag = diag};
    enum cor_status status = cor_audit_again(reading->case_, &again, found);
    cor_terminal_progress_free(progress);
    return status;
}

static enum cor_status compare(const struct cor_case *kept, struct cor_case *found, bool json,
                               struct cor_diag *diag, int *ret_code)
{
    struct cor_facts facts;
    struct cor_verification verification = {.kept = kept, .found = found, .facts = &facts};
    enum cor_status status = cor_excuse_again(kept, found, diag);
    verification.excuses = status == COR_OK;
    if (status == COR_NOT_FOUND)
        status = COR_OK;
    if (status == COR_OK)
        status = cor_case_compare(kept, found, verification.excuses,
                                  json ? MOST_FACTS_JSON : MOST_FACTS_TEXT, &facts);
    if (status != COR_OK)
        return status;
    *ret_code = facts.different ? COR_EXIT_FINDINGS : COR_EXIT_OK;
    status = (json ? cor_verify_json : cor_verify_text)(&verification, stdout);
    cor_facts_dispose(&facts);
    return status;
}

static bool wants_json(const struct values *values)
{
    return values->format && strcmp(values->format, "json") == 0;
}

static int verify_again(struct cor_reading *reading)
{
    struct cor_case found;
    int code = COR_EXIT_OK;
    cor_case_init(&found);
    enum cor_status status = make_again(reading, &found, &reading->sink.diag);
    if (status == COR_OK)
        status =
            compare(reading->case_, &found, wants_json(reading->data), &reading->sink.diag, &code);
    cor_case_dispose(&found);
    return status == COR_OK ? code : cor_exit_for(status, "verify", &reading->sink);
}

static enum cor_status verify(const struct cor_case *kept, const cor_texts *operands, void *given,
                              struct cor_stderr *sink, int *ret_code)
{
    struct values *values = given;
    struct cor_reading reading = {.case_ = kept,
                                  .at = &values->at,
                                  .limits = &values->limits,
                                  .job = verify_again,
                                  .data = values};
    (void)operands;
    if (values->format && !wants_json(values) && strcmp(values->format, "text") != 0)
        return cor_fail(&sink->diag, COR_FATAL, COR_USAGE, values->format,
                        "is neither text nor json");
    *ret_code = cor_read_again(&reading, values->quiet);
    return COR_OK;
}

static int run(int count, char **words)
{
    struct values values = {0};
    const struct cor_case_job job = {&cor_command_verify, &values, &values.quiet, 1, 1, verify};
    int code = cor_with_case(&job, count, words);
    cor_array_dispose(&values.at);
    return code;
}

const struct cor_command cor_command_verify = {
    "verify",
    "CASE [--at INPUT=PATH...] [options]",
    "Reads the inputs of a case again and compares every hash, row, line and verdict\n"
    "with what the case says.\n\n"
    "Exit status: 0 all holds; 1 not; 2 wrong usage; 3 could not run, as when an\n"
    "input is gone.",
    options,
    run,
};
