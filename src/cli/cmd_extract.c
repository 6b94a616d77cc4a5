// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/extract.h"
#include "cli/cli.h"
#include "cli/limits.h"

struct values {
    cor_texts expect, exclude;
    const char *output;
    bool force, leaves, json, quiet;
    struct cor_limit_values limits;
};

static const struct cor_option options[] = {
    {"output", 'o', "DIR", "the folder to write to: new, or empty", COR_OPTION_TEXT,
     offsetof(struct values, output)},
    {"force", 0, NULL, "DIR may hold files; none is replaced", COR_OPTION_FLAG,
     offsetof(struct values, force)},
    {"leaves", 0, NULL, "do not keep containers that were opened", COR_OPTION_FLAG,
     offsetof(struct values, leaves)},
    {"exclude", 0, "GLOB", "members to leave out; may repeat", COR_OPTION_LIST,
     offsetof(struct values, exclude)},
    {"expect", 0, "HASH", "sha1:... or sha256:... of PATH; may repeat", COR_OPTION_LIST,
     offsetof(struct values, expect)},
    {"json", 0, NULL, "print the manifest as JSON", COR_OPTION_FLAG, offsetof(struct values, json)},
    {"quiet", 'q', NULL, "no manifest, no notes on single members", COR_OPTION_FLAG,
     offsetof(struct values, quiet)},
    COR_LIMIT_OPTIONS(struct values),
    {0},
};

struct work {
    const struct values *values;
    const cor_texts *operands;
    bool was_empty;
    struct cor_stderr sink;
};

static enum cor_status print(const struct work *work, const struct cor_extraction *extraction)
{
    struct cor_stderr *sink = (struct cor_stderr *)(uintptr_t)&work->sink;
    enum cor_status status = COR_OK;
    if (!work->values->quiet)
        status = work->values->json ? cor_manifest_json(extraction, stdout)
                                    : cor_manifest_text(extraction, stdout);
    if (status == COR_OK || status == COR_INTERRUPTED || (status == COR_IO && ferror(stdout)))
        status = cor_flush_stdout(&sink->diag);
    return status;
}

static int extract(void *data)
{
    struct work *work = data;
    const struct values *values = work->values;
    const char *path = work->operands->items[0];
    struct cor_extraction extraction;
    struct cor_terminal_progress *progress =
        cor_terminal_progress_new(values->quiet, values->limits.verbose);
    const struct cor_extract_options extract_options = {
        .tree = {.path = path,
                 .expect = values->expect.items,
                 .expect_count = values->expect.count,
                 .exclude = values->exclude.items,
                 .exclude_count = values->exclude.count,
                 .limits = cor_limits_of(&values->limits),
                 .progress = cor_terminal_progress_base(progress),
                 .diag = &work->sink.diag},
        .folder = values->output,
        .select = work->operands->items + 1,
        .select_count = work->operands->count - 1,
        .leaves = values->leaves,
    };
    enum cor_status status = cor_extraction_run(&extract_options, &extraction);
    cor_terminal_progress_free(progress);
    enum cor_status printed = print(work, &extraction);
    if (status != COR_OK)
        cor_note(&work->sink.diag, values->output,
                 "not finished: the files in it are whole, links were not made");
    int code = cor_exit_for(status != COR_OK ? status : printed, path, &work->sink);
    if (code == COR_EXIT_OK && extraction.left_out)
        code = COR_EXIT_FINDINGS;
    cor_extraction_dispose(&extraction);
    return code;
}

static bool undo(void *data)
{
    struct work *work = data;
    return work->was_empty && cor_empty_folder(work->values->output);
}

static enum cor_status cannot(struct work *work, const char *why)
{
    return cor_fail(&work->sink.diag, COR_FATAL, COR_IO, work->values->output, "%s", why);
}

// A folder inside of what is read would be read while it grows.
static enum cor_status check_apart(struct work *work)
{
    char *input = realpath(work->operands->items[0], NULL);
    char *output = realpath(work->values->output, NULL);
    size_t size = input ? strlen(input) : 0;
    bool inside = input && output && strncmp(output, input, size) == 0 &&
                  (output[size] == '\0' || output[size] == '/');
    free(input);
    free(output);
    return inside ? cannot(work, "the folder to write to is in what is read") : COR_OK;
}

static enum cor_status prepare_folder(struct work *work)
{
    const char *folder = work->values->output;
    struct stat about;
    if (stat(work->operands->items[0], &about) != 0)
        return cor_fail(&work->sink.diag, COR_FATAL, COR_NOT_FOUND, work->operands->items[0], "%s",
                        strerror(errno));
    bool made = mkdir(folder, 0777) == 0;
    if (!made && errno != EEXIST)
        return cannot(work, strerror(errno));
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
        return cannot(work, "it is not a folder");
    if (access(folder, W_OK | X_OK) != 0)
        return cannot(work, strerror(errno));
    work->was_empty = made || cor_folder_is_empty(folder);
    if (!work->was_empty && !work->values->force)
        return cannot(work, "the folder is not empty (see --force)");
    return check_apart(work);
}

static int guarded_extract(const struct values *values, const cor_texts *operands)
{
    struct work work = {.values = values, .operands = operands};
    struct cor_guard guard;
    cor_stderr_init(&work.sink, values->quiet);
    cor_guard_of(&values->limits, &work.sink.diag, &guard);
    guard.undo = undo;
    enum cor_status status = prepare_folder(&work);
    guard.once = !work.was_empty;
    if (status == COR_OK)
        status = cor_guard_allow(&guard, COR_ACCESS_READ, operands->items[0]);
    if (status == COR_OK)
        status = cor_guard_allow(&guard, COR_ACCESS_CREATE, values->output);
    int code = status == COR_OK ? cor_guard_run(&guard, extract, &work)
                                : cor_exit_for(status, values->output, &work.sink);
    cor_guard_dispose(&guard);
    return code;
}

static int run(int count, char **words)
{
    struct values values = {0};
    cor_texts operands = {0};
    bool help;
    int code = COR_EXIT_USAGE;
    if (cor_options_parse(&cor_command_extract, count, words, &values, &operands, &help)) {
        if (help)
            code = COR_EXIT_OK;
        else if (operands.count && values.output)
            code = guarded_extract(&values, &operands);
        else
            fprintf(stderr, "Usage: correspond extract %s\n", cor_command_extract.usage);
    }
    cor_array_dispose(&operands);
    cor_array_dispose(&values.expect);
    cor_array_dispose(&values.exclude);
    return code;
}

const struct cor_command cor_command_extract = {
    "extract",
    "PATH -o DIR [MEMBER-GLOB...] [options]",
    "Unpacks every depth of a file or folder into DIR, and nothing outside of it.\n"
    "A file F stays a file F; what was found in it goes to the folder F.d beside it.\n"
    "Prints what was written, and what was not and why.\n\n"
    "Exit status: 0 all was written; 1 something was refused or could not be read;\n"
    "2 wrong usage; 3 could not run or write; 130 interrupted.",
    options,
    run,
};
