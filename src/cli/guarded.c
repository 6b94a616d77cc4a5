// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "cli/cli.h"
#include "cli/limits.h"
#include "cli/stage.h"

struct guarded {
    struct cor_reading *reading;
    struct cor_stage stage;
};

static int run_job(void *data)
{
    struct guarded *guarded = data;
    struct cor_reading *reading = guarded->reading;
    int code = reading->job(reading);
    enum cor_status status = cor_flush_stdout(&reading->sink.diag);
    return status == COR_OK ? code : cor_exit_for(status, "standard output", &reading->sink);
}

static bool undo(void *data)
{
    const struct guarded *guarded = data;
    return cor_stage_empty(&guarded->stage);
}

static enum cor_status prepare(struct guarded *guarded, struct cor_guard *guard)
{
    struct cor_reading *reading = guarded->reading;
    const struct cor_again_options again = {.places = reading->places.items,
                                            .place_count = reading->places.count};
    const char *baseline = cor_case_option(reading->case_, "baseline");
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < reading->case_->inputs.count; i++)
        status = cor_guard_allow(guard, COR_ACCESS_READ,
                                 cor_again_path(&again, &reading->case_->inputs.items[i]));
    if (status == COR_OK && baseline)
        status = cor_guard_allow(guard, COR_ACCESS_READ, baseline);
    if (status == COR_OK && reading->extra)
        status = cor_guard_allow(guard, COR_ACCESS_READ, reading->extra);
    if (status == COR_OK)
        status = cor_stage_open(&guarded->stage, reading->output, guard);
    reading->staged = cor_stage_path(&guarded->stage);
    return status;
}

int cor_read_again(struct cor_reading *reading, bool quiet)
{
    static const cor_texts none;
    struct guarded guarded = {.reading = reading};
    struct cor_guard guard;
    cor_stderr_init(&reading->sink, quiet);
    reading->sink.stages = &guarded.stage;
    reading->sink.stage_count = 1;
    cor_guard_of(reading->limits, &reading->sink.diag, &guard);
    guard.undo = undo;
    enum cor_status status = cor_find_places(reading->case_, reading->at ? reading->at : &none,
                                             &reading->places, &reading->sink.diag);
    if (status == COR_OK)
        status = prepare(&guarded, &guard);
    int code = status == COR_OK ? cor_guard_run(&guard, run_job, &guarded)
                                : cor_exit_for(status, "", &reading->sink);
    if (status == COR_OK && code == COR_EXIT_OK &&
        cor_stage_commit(&guarded.stage, &reading->sink.diag) != COR_OK)
        code = COR_EXIT_FAILED;
    cor_stage_close(&guarded.stage);
    cor_guard_dispose(&guard);
    cor_array_dispose(&reading->places);
    return code;
}
