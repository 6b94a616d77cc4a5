// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/tree.h"
#include "cli/cli.h"

static const struct cor_option no_options[] = {{0}};

static int tree(const char *path)
{
    struct cor_stderr sink;
    struct cor_case case_;
    cor_stderr_init(&sink, false);
    cor_case_init(&case_);
    struct cor_terminal_progress *progress = cor_terminal_progress_new(false);
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
    cor_texts operands = {0};
    bool help;
    int code = COR_EXIT_USAGE;
    if (cor_options_parse(&cor_command_tree, count, words, NULL, &operands, &help)) {
        if (help)
            code = COR_EXIT_OK;
        else if (operands.count == 1)
            code = tree(operands.items[0]);
        else
            fprintf(stderr, "Usage: correspond tree %s\n", cor_command_tree.usage);
    }
    cor_array_dispose(&operands);
    return code;
}

const struct cor_command cor_command_tree = {
    "tree",
    "PATH",
    "Lists what is inside a file or folder, at every depth, without writing anything.",
    no_options,
    run,
};
