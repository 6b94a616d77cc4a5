// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "casefile/casefile.h"
#include "cli/cli.h"

int cor_usage(const struct cor_command *command)
{
    fprintf(stderr, "Usage: correspond %s %s\n", command->name, command->usage);
    return COR_EXIT_USAGE;
}

static int act(const struct cor_case_job *job, const cor_texts *operands, struct cor_stderr *sink)
{
    struct cor_case case_;
    int code = COR_EXIT_OK;
    cor_case_init(&case_);
    enum cor_status status = cor_casefile_read(operands->items[0], &case_, &sink->diag);
    if (status == COR_OK)
        status = job->action(&case_, operands, job->values, sink, &code);
    if (status == COR_OK || (status == COR_IO && ferror(stdout)))
        status = cor_flush_stdout(&sink->diag);
    if (status != COR_OK)
        code = cor_exit_for(status, operands->items[0], sink);
    cor_case_dispose(&case_);
    return code;
}

int cor_with_case(const struct cor_case_job *job, int count, char **words)
{
    cor_texts operands = {0};
    struct cor_stderr sink;
    bool help;
    int code = COR_EXIT_USAGE;
    cor_stderr_init(&sink, false);
    if (cor_options_parse(job->command, count, words, job->values, &operands, &help)) {
        sink.quiet = job->quiet && *job->quiet;
        if (help)
            code = COR_EXIT_OK;
        else if (operands.count < job->least || operands.count > job->most)
            code = cor_usage(job->command);
        else
            code = act(job, &operands, &sink);
    }
    cor_array_dispose(&operands);
    return code;
}
