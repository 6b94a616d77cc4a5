// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stddef.h>

#include "audit/tree.h"
#include "cli/cli.h"

struct values {
    bool quiet, verbose;
};

static const struct cor_option options[] = {COR_TALK_OPTIONS, {0}};

static int tree(const char *path, const struct values *values)
{
    struct cor_stderr sink;
    struct cor_case case_;
    cor_stderr_init(&sink, values->quiet);
    cor_case_init(&case_);
    struct cor_terminal_progress *progress =
        cor_terminal_progress_new(values->quiet, values->verbose);
    enum cor_status status =
        cor_tree(path, cor_terminal_progress_base(progress), &sink.diag, &case_);
    cor_terminal_progress_free(progress);
    if (status == COR_OK)
        status = cor_list(&case_, "members", stdout);
    if (status == COR_OK || (status == COR_IO && ferror(stdout)))
        status = cor_flush_stdout(&sink.diag);
    cor_case_dispose(&case_);
    return cor_exit_for(status, path, &sink);
}

static int run(int count, char **words)
{
    struct values values = {0};
    cor_texts operands = {0};
    bool help;
    int code = COR_EXIT_USAGE;
    if (cor_options_parse(&cor_command_tree, count, words, &values, &operands, &help)) {
        if (help)
            code = COR_EXIT_OK;
        else if (operands.count == 1)
            code = tree(operands.items[0], &values);
        else
            cor_usage(&cor_command_tree);
    }
    cor_array_dispose(&operands);
    return code;
}

const struct cor_command cor_command_tree = {
    "tree",
    "PATH",
    "Lists what is inside a file or folder, at every depth, without writing anything.",
    options,
    run,
};
