// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stddef.h>
#include <string.h>

#include "audit/audit.h"
#include "casefile/casefile.h"
#include "cli/cli.h"
#include "cli/limits.h"
#include "cli/stage.h"

struct values {
    cor_texts source, debug, system, toolchain, exclude, expect;
    const char *output, *json, *report, *baseline, *policy, *today;
    unsigned jobs;
    bool all, quiet;
    struct cor_limit_values limits;
};

static const struct cor_option options[] = {
    {"source", 0, "PATH", "released source; may repeat", COR_OPTION_LIST,
     offsetof(struct values, source)},
    {"debug", 0, "PATH", "separate debug files; may repeat", COR_OPTION_LIST,
     offsetof(struct values, debug)},
    {"system", 0, "PATH", "resolves names, is not audited; may repeat", COR_OPTION_LIST,
     offsetof(struct values, system)},
    {"toolchain", 0, "PATH", "a toolchain's runtime; may repeat", COR_OPTION_LIST,
     offsetof(struct values, toolchain)},
    {"exclude", 0, "GLOB", "members to leave out; may repeat", COR_OPTION_LIST,
     offsetof(struct values, exclude)},
    {"expect", 0, "HASH", "sha1:... or sha256:... of an input; may repeat", COR_OPTION_LIST,
     offsetof(struct values, expect)},
    {"output", 'o', "CASE", "write the case file", COR_OPTION_TEXT,
     offsetof(struct values, output)},
    {"json", 0, "FILE", "write the JSON report (- for stdout)", COR_OPTION_TEXT,
     offsetof(struct values, json)},
    {"report", 0, "FILE", "write a report; the format by its ending", COR_OPTION_TEXT,
     offsetof(struct values, report)},
    {"baseline", 0, "CASE", "what this case has too does not count", COR_OPTION_TEXT,
     offsetof(struct values, baseline)},
    {"policy", 0, "FILE", "decisions on what does not count", COR_OPTION_TEXT,
     offsetof(struct values, policy)},
    {"today", 0, "DAY", "the day for the policy's expiries", COR_OPTION_TEXT,
     offsetof(struct values, today)},
    {"all", 0, NULL, "list released and toolchain names in full too", COR_OPTION_FLAG,
     offsetof(struct values, all)},
    {"jobs", 'j', "N", "worker threads (default: one a processor)", COR_OPTION_NUMBER,
     offsetof(struct values, jobs)},
    COR_QUIET_OPTION,
    COR_LIMIT_OPTIONS(struct values),
    {0},
};

static void add_inputs(const cor_texts *paths, enum cor_role role, struct cor_audit_input *inputs,
                       size_t *count)
{
    for (size_t i = 0; i < paths->count; i++)
        inputs[(*count)++] = (struct cor_audit_input){role, paths->items[i], NULL};
}

// "x.html" -> html
static const struct cor_report_format *format_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (!dot)
        return NULL;
    return cor_report_format(strcmp(dot, ".txt") == 0 ? "text" : dot + 1);
}

static enum cor_status check_outputs(const struct values *values, struct cor_diag *diag)
{
    const char *const paths[] = {values->output, values->json, values->report};
    if (values->report && !format_of(values->report))
        return cor_fail(diag, COR_FATAL, COR_USAGE, values->report,
                        "no report format has this ending");
    if (values->output && cor_is_special(values->output))
        return cor_fail(diag, COR_FATAL, COR_IO, values->output,
                        "cannot write the case file: there is something that is no file");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        enum cor_status status = paths[i] ? cor_check_output(paths[i], diag) : COR_OK;
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

enum { CASE, JSON, REPORT, STAGES };

struct work {
    const struct values *values;
    const struct cor_audit_input *inputs;
    size_t input_count;
    struct cor_stderr sink;
    struct cor_guard guard;
    struct cor_stage stages[STAGES];
    struct cor_given_excuses excuses;
};

static enum cor_status write_outputs(struct work *work, const struct cor_case *case_)
{
    const struct values *values = work->values;
    const struct cor_report_options report_options = {.all = values->all};
    struct cor_diag *diag = &work->sink.diag;
    enum cor_status status = COR_OK;
    if (values->output)
        status = cor_casefile_write(case_, cor_stage_path(&work->stages[CASE]), diag);
    if (status == COR_OK && values->json)
        status = cor_write_report(cor_report_format("json"), case_, &report_options,
                                  cor_stage_path(&work->stages[JSON]), diag);
    if (status == COR_OK && values->report)
        status = cor_write_report(format_of(values->report), case_, &report_options,
                                  cor_stage_path(&work->stages[REPORT]), diag);
    if (status == COR_OK && !(values->json && strcmp(values->json, "-") == 0))
        status = cor_write_report(cor_report_format("text"), case_, &report_options, "-", diag);
    return status;
}

static int audit(void *data)
{
    struct work *work = data;
    const struct values *values = work->values;
    struct cor_case case_;
    cor_case_init(&case_);
    struct cor_terminal_progress *progress =
        cor_terminal_progress_new(values->quiet, values->limits.verbose);
    const struct cor_audit_options audit_options = {
        .inputs = work->inputs,
        .input_count = work->input_count,
        .expect = values->expect.items,
        .expect_count = values->expect.count,
        .exclude = values->exclude.items,
        .exclude_count = values->exclude.count,
        .workers = values->jobs,
        .all = values->all,
        .unprotected = values->limits.no_sandbox,
        .limits = cor_limits_of(&values->limits),
        .progress = cor_terminal_progress_base(progress),
        .diag = &work->sink.diag,
    };
    enum cor_status status = cor_audit(&audit_options, &case_);
    if (status == COR_OK)
        status = cor_given_excuses_apply(&work->excuses, &case_);
    cor_terminal_progress_free(progress);
    if (status == COR_OK)
        status = write_outputs(work, &case_);
    int code =
        status == COR_OK ? cor_audit_outcome(&case_) : cor_exit_for(status, "audit", &work->sink);
    if (status == COR_OK && code == COR_EXIT_FAILED)
        (void)cor_fail(&work->sink.diag, COR_FATAL, COR_NOT_FOUND, "audit", "%s",
                       case_.source.files ? "no component was found in what was shipped"
                                          : "no source file was found in the release");
    cor_case_dispose(&case_);
    return code;
}

static bool undo(void *data)
{
    struct work *work = data;
    bool done = true;
    for (size_t i = 0; i < STAGES; i++)
        done = cor_stage_empty(&work->stages[i]) && done;
    return done;
}

static enum cor_status prepare(struct work *work)
{
    const struct values *values = work->values;
    const char *const paths[STAGES] = {values->output, values->json, values->report};
    enum cor_status status = check_outputs(values, &work->sink.diag);
    if (status == COR_OK)
        status = cor_given_excuses_read(values->policy, values->today, values->baseline,
                                        &work->excuses, &work->sink.diag);
    for (size_t i = 0; status == COR_OK && i < work->input_count; i++)
        status = cor_guard_allow(&work->guard, COR_ACCESS_READ, work->inputs[i].path);
    for (size_t i = 0; status == COR_OK && i < STAGES; i++)
        status = cor_stage_open(&work->stages[i], paths[i], &work->guard);
    return status;
}

// Whole results are moved, whatever they say.
static enum cor_status commit(struct work *work, int code)
{
    enum cor_status status = COR_OK;
    if (code == COR_EXIT_USAGE || code == COR_EXIT_INTERRUPTED)
        return COR_OK;
    for (size_t i = 0; status == COR_OK && i < STAGES; i++)
        status = cor_stage_commit(&work->stages[i], &work->sink.diag);
    return status;
}

static int guarded_audit(const struct values *values, const struct cor_audit_input *inputs,
                         size_t count)
{
    struct work work = {.values = values, .inputs = inputs, .input_count = count};
    cor_given_excuses_init(&work.excuses);
    cor_stderr_init(&work.sink, values->quiet);
    work.sink.stages = work.stages;
    work.sink.stage_count = STAGES;
    cor_guard_of(&values->limits, &work.sink.diag, &work.guard);
    work.guard.undo = undo;
    enum cor_status status = prepare(&work);
    int code = status == COR_OK ? cor_guard_run(&work.guard, audit, &work)
                                : cor_exit_for(status, "audit", &work.sink);
    if (status == COR_OK && commit(&work, code) != COR_OK)
        code = COR_EXIT_FAILED;
    for (size_t i = 0; i < STAGES; i++)
        cor_stage_close(&work.stages[i]);
    cor_guard_dispose(&work.guard);
    cor_given_excuses_dispose(&work.excuses);
    return code;
}

static void dispose(struct values *values, cor_texts *shipped)
{
    cor_array_dispose(&values->source);
    cor_array_dispose(&values->debug);
    cor_array_dispose(&values->system);
    cor_array_dispose(&values->toolchain);
    cor_array_dispose(&values->exclude);
    cor_array_dispose(&values->expect);
    cor_array_dispose(shipped);
}

static int run_parsed(const struct values *values, const cor_texts *shipped)
{
    COR_ARRAY(struct cor_audit_input) inputs = {0};
    size_t total = shipped->count + values->source.count + values->debug.count +
                   values->system.count + values->toolchain.count;
    if (!values->source.count) {
        fputs("correspond audit: no --source was given (see correspond audit --help)\n", stderr);
        return COR_EXIT_USAGE;
    }
    if (cor_array_reserve(&inputs, total) != COR_OK)
        return COR_EXIT_FAILED;
    add_inputs(shipped, COR_ROLE_SHIPPED, inputs.items, &inputs.count);
    add_inputs(&values->source, COR_ROLE_SOURCE, inputs.items, &inputs.count);
    add_inputs(&values->debug, COR_ROLE_DEBUG, inputs.items, &inputs.count);
    add_inputs(&values->system, COR_ROLE_SYSTEM, inputs.items, &inputs.count);
    add_inputs(&values->toolchain, COR_ROLE_TOOLCHAIN, inputs.items, &inputs.count);
    int code = guarded_audit(values, inputs.items, inputs.count);
    cor_array_dispose(&inputs);
    return code;
}

static int run(int count, char **words)
{
    struct values values = {0};
    cor_texts shipped = {0};
    bool help;
    int code = COR_EXIT_OK;
    if (!cor_options_parse(&cor_command_audit, count, words, &values, &shipped, &help))
        code = COR_EXIT_USAGE;
    else if (!help)
        code = run_parsed(&values, &shipped);
    dispose(&values, &shipped);
    return code;
}

const struct cor_command cor_command_audit = {
    "audit",
    "[SHIPPED...] --source PATH... [options]",
    "Audits what was shipped against the released source: files, folders, packages\n"
    "and images at any depth. Prints a summary. Without SHIPPED the objects inside\n"
    "the release are audited against its own source.\n\n"
    "Exit status: 0 it corresponds; 1 findings; 2 wrong usage; 3 could not run;\n"
    "4 no finding, but something is undetermined; 130 interrupted.",
    options,
    run,
};
