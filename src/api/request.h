// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what stands behind the public names.
#ifndef COR_API_REQUEST_H
#define COR_API_REQUEST_H

#include <correspond.h>

#include "audit/audit.h"
#include "base/array.h"

struct cor_api_sink {
    struct cor_diag diag;
    cor_message_fn *function;
    void *data;
};

void cor_api_sink_init(struct cor_api_sink *sink, cor_message_fn *function, void *data);

struct cor_request {
    struct cor_arena arena;
    COR_ARRAY(struct cor_audit_input) inputs;
    COR_ARRAY(const char *) exclude;
    COR_ARRAY(const char *) expect;
    unsigned workers;
    bool all;
    struct cor_api_sink sink;
};

// A finding by its index: a symbol, or a function.
struct cor_api_finding {
    const struct cor_case_symbol *symbol;
    const struct cor_case_function *function;
};

struct cor_result {
    struct cor_case case_;
    COR_ARRAY(struct cor_api_finding) findings;
    struct cor_api_sink sink;
};

// Takes the findings together. COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_api_index(struct cor_result *result);

#endif
