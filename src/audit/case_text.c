// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/case_text.h"

enum cor_status cor_case_text(struct cor_case *case_, const char **text)
{
    if (!*text)
        return COR_OK;
    const char *copy = cor_arena_text(&case_->arena, cor_slice_text(*text));
    if (!copy)
        return COR_NOMEM;
    *text = copy;
    return COR_OK;
}

enum cor_status cor_case_texts(struct cor_case *case_, const char **const *texts, size_t count)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < count; i++)
        status = cor_case_text(case_, texts[i]);
    return status;
}
