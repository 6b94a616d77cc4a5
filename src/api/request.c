// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "api/request.h"

#include "base/alloc.h"

const char *cor_library_version(void)
{
    return COR_VERSION;
}

const char *cor_library_text(int code)
{
    return cor_status_text((enum cor_status)code);
}

static void emit(struct cor_diag *diag, const struct cor_message *message)
{
    const struct cor_api_sink *sink = (const struct cor_api_sink *)diag;
    static const enum cor_message_grade grades[] = {[COR_NOTE] = COR_MESSAGE_NOTE,
                                                    [COR_PARTIAL] = COR_MESSAGE_PARTIAL,
                                                    [COR_LOST] = COR_MESSAGE_LOST,
                                                    [COR_FATAL] = COR_MESSAGE_FATAL};
    if (sink->function)
        sink->function(sink->data, grades[message->grade], message->subject, message->text);
}

void cor_api_sink_init(struct cor_api_sink *sink, cor_message_fn *function, void *data)
{
    *sink = (struct cor_api_sink){{emit}, function, data};
}

struct cor_request *cor_request_new(void)
{
    struct cor_request *request = cor_alloc_zero(1, sizeof *request);
    if (!request)
        return NULL;
    cor_arena_init(&request->arena);
    cor_api_sink_init(&request->sink, NULL, NULL);
    return request;
}

void cor_request_free(struct cor_request *request)
{
    if (!request)
        return;
    cor_array_dispose(&request->inputs);
    cor_array_dispose(&request->exclude);
    cor_array_dispose(&request->expect);
    cor_arena_dispose(&request->arena);
    cor_free(request);
}

static const char *copy(struct cor_request *request, const char *text)
{
    return text ? cor_arena_text(&request->arena, cor_slice_text(text)) : NULL;
}

int cor_request_input(struct cor_request *request, enum cor_input_role role, const char *path)
{
    static const enum cor_role roles[] = {[COR_INPUT_SHIPPED] = COR_ROLE_SHIPPED,
                                          [COR_INPUT_SOURCE] = COR_ROLE_SOURCE,
                                          [COR_INPUT_DEBUG] = COR_ROLE_DEBUG,
                                          [COR_INPUT_SYSTEM] = COR_ROLE_SYSTEM,
                                          [COR_INPUT_TOOLCHAIN] = COR_ROLE_TOOLCHAIN};
    if ((unsigned)role >= sizeof roles / sizeof *roles || !path || !*path)
        return COR_USAGE;
    const char *kept = copy(request, path);
    if (!kept)
        return COR_NOMEM;
    const struct cor_audit_input input = {.role = roles[role], .path = kept};
    return (int)cor_array_add(&request->inputs, input);
}

int cor_request_exclude(struct cor_request *request, const char *glob)
{
    const char *kept = copy(request, glob);
    if (!kept)
        return glob ? COR_NOMEM : COR_USAGE;
    return (int)cor_array_add(&request->exclude, kept);
}

int cor_request_expect(struct cor_request *request, const char *hash)
{
    const char *kept = copy(request, hash);
    if (!kept)
        return hash ? COR_NOMEM : COR_USAGE;
    return (int)cor_array_add(&request->expect, kept);
}

void cor_request_workers(struct cor_request *request, unsigned workers)
{
    request->workers = workers;
}

void cor_request_all(struct cor_request *request, bool all)
{
    request->all = all;
}

void cor_request_messages(struct cor_request *request, cor_message_fn *function, void *data)
{
    cor_api_sink_init(&request->sink, function, data);
}

int cor_request_run(const struct cor_request *request, struct cor_result **ret_result)
{
    struct cor_result *result = cor_alloc_zero(1, sizeof *result);
    if (!result)
        return COR_NOMEM;
    cor_case_init(&result->case_);
    result->sink = request->sink;
    const struct cor_audit_options options = {
        .inputs = request->inputs.items,
        .input_count = request->inputs.count,
        .expect = request->expect.items,
        .expect_count = request->expect.count,
        .exclude = request->exclude.items,
        .exclude_count = request->exclude.count,
        .workers = request->workers,
        .all = request->all,
        .unprotected = true,
        .limits = cor_default_limits,
        .diag = &result->sink.diag,
    };
    enum cor_status status =
        request->inputs.count
            ? cor_audit(&options, &result->case_)
            : cor_fail(&result->sink.diag, COR_FATAL, COR_USAGE, "request", "it has no input");
    if (status == COR_OK)
        status = cor_api_index(result);
    if (status == COR_OK)
        *ret_result = result;
    else
        cor_result_free(result);
    return (int)status;
}
