// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stddef.h>
#include <string.h>

#include "audit/tree.h"
#include "cli/cli.h"
#include "cli/limits.h"
#include "report/tree.h"

struct values {
    cor_texts expect;
    const char *format;
    bool json, quiet;
    struct cor_limit_values limits;
};

static const struct cor_option options[] = {
    {"expect", 0, "HASH", "sha1:... or sha256:... of PATH; may repeat", COR_OPTION_LIST,
     offsetof(struct values, expect)},
    {"format", 'f', "NAME", "text (the default) or json", COR_OPTION_TEXT,
     offsetof(struct values, format)},
    {"json", 0, NULL, "the same as --format json", COR_OPTION_FLAG, offsetof(struct values, json)},
    COR_QUIET_OPTION,
    COR_LIMIT_OPTIONS(struct values),
    {0},
};

struct work {
    const struct values *values;
    const char *path;
    struct cor_stderr sink;
};

static int tree(void *data)
{
    struct work *work = data;
    const struct values *values = work->values;
    struct cor_case case_;
    cor_case_init(&case_);
    struct cor_terminal_progress *progress =
        cor_terminal_progress_new(values->quiet, values->limits.verbose);
    const struct cor_tree_options tree_options = {
        .path = work->path,
        .expect = values->expect.items,
        .expect_count = values->expect.count,
        .limits = cor_limits_of(&values->limits),
        .progress = cor_terminal_progress_base(progress),
        .diag = &work->sink.diag,
    };
    enum cor_status status = cor_tree(&tree_options, &case_);
    cor_terminal_progress_free(progress);
    if (status == COR_OK)
        status = values->json ? cor_tree_json(&case_, stdout) : cor_tree_text(&case_, stdout);
    if (status == COR_OK || (status == COR_IO && ferror(stdout)))
        status = cor_flush_stdout(&work->sink.diag);
    cor_case_dispose(&case_);
    return cor_exit_for(status, work->path, &work->sink);
}

static int guarded_tree(struct values *values, const char *path)
{
    struct work work = {.values = values, .path = path};
    struct cor_guard guard;
    cor_stderr_init(&work.sink, values->quiet);
    cor_guard_of(&values->limits, &work.sink.diag, &guard);
    enum cor_status status = cor_guard_allow(&guard, COR_ACCESS_READ, path);
    int code = status == COR_OK ? cor_guard_run(&guard, tree, &work)
                                : cor_exit_for(status, path, &work.sink);
    cor_guard_dispose(&guard);
    return code;
}

static bool take_format(struct values *values)
{
    if (values->format && strcmp(values->format, "json") == 0)
        values->json = true;
    else if (values->format && strcmp(values->format, "text") != 0) {
        fprintf(stderr, "correspond tree: --format: %s is neither text nor json\n", values->format);
        return false;
    }
    return true;
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
        else if (operands.count != 1)
            cor_usage(&cor_command_tree);
        else if (take_format(&values))
            code = guarded_tree(&values, operands.items[0]);
    }
    cor_array_dispose(&operands);
    cor_array_dispose(&values.expect);
    return code;
}

const struct cor_command cor_command_tree = {
    "tree",
    "PATH [options]",
    "Lists what is inside a file or folder, at every depth, without writing anything.",
    options,
    run,
};
