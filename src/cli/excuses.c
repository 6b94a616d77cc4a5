// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audit/excuse.h"
#include "casefile/casefile.h"
#include "cli/cli.h"
#include "intake/input.h"

// --today, else SOURCE_DATE_EPOCH, else the clock, in UTC.
static enum cor_status find_day(const char *today, char ret_day[11], struct cor_diag *diag)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    struct tm parts;
    if (today && !cor_is_day(today))
        return cor_fail(diag, COR_FATAL, COR_USAGE, "--today", "%s is no day like 2027-01-31",
                        today);
    if (today) {
        memcpy(ret_day, today, 11);
        return COR_OK;
    }
    time_t now = epoch ? (time_t)strtoll(epoch, &end, 10) : time(NULL);
    if (epoch && (!*epoch || *end))
        return cor_fail(diag, COR_FATAL, COR_USAGE, "SOURCE_DATE_EPOCH", "%s is no number", epoch);
    if (!gmtime_r(&now, &parts) || strftime(ret_day, 11, "%Y-%m-%d", &parts) != 10)
        return cor_fail(diag, COR_FATAL, COR_USAGE, "SOURCE_DATE_EPOCH", "is no day that we know");
    return COR_OK;
}

static enum cor_status read_baseline(struct cor_given_excuses *excuses, struct cor_diag *diag)
{
    struct cor_input input = {.role = COR_ROLE_SHIPPED};
    struct cor_arena arena;
    cor_arena_init(&arena);
    enum cor_status status = cor_input_open(excuses->baseline_path, &arena, &input, diag);
    if (status == COR_OK)
        status = cor_casefile_read(excuses->baseline_path, &excuses->baseline, diag);
    memcpy(excuses->baseline_sha256, input.sha256, sizeof input.sha256);
    cor_arena_dispose(&arena);
    return status;
}

void cor_given_excuses_init(struct cor_given_excuses *excuses)
{
    *excuses = (struct cor_given_excuses){0};
    cor_arena_init(&excuses->policy.arena);
    cor_case_init(&excuses->baseline);
}

enum cor_status cor_given_excuses_read(const char *policy, const char *today, const char *baseline,
                                       struct cor_given_excuses *excuses, struct cor_diag *diag)
{
    excuses->policy_path = policy;
    excuses->baseline_path = baseline;
    enum cor_status status = policy || today ? find_day(today, excuses->today, diag) : COR_OK;
    if (status == COR_OK && policy)
        status = cor_policy_read(policy, &excuses->policy, diag);
    if (status == COR_OK && baseline)
        status = read_baseline(excuses, diag);
    return status;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

enum cor_status cor_given_excuses_apply(const struct cor_given_excuses *excuses,
                                        struct cor_case *case_)
{
    const struct cor_excuse_options options = {
        .policy = excuses->policy_path ? &excuses->policy : NULL,
        .policy_name = excuses->policy_path ? last_part(excuses->policy_path) : NULL,
        .today = excuses->today,
        .baseline = excuses->baseline_path ? &excuses->baseline : NULL,
        .baseline_path = excuses->baseline_path,
        .baseline_sha256 = excuses->baseline_sha256,
    };
    return cor_excuse(case_, &options);
}

void cor_given_excuses_dispose(struct cor_given_excuses *excuses)
{
    cor_policy_dispose(&excuses->policy);
    cor_case_dispose(&excuses->baseline);
}
