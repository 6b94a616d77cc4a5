// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/body.h"

// False when the visitor has had enough.
static bool candidates_of(const struct cor_evidence *evidence, const struct cor_body_query *query,
                          const struct cor_name *name,
                          bool (*visit)(void *context, const struct cor_body_candidate *candidate),
                          void *context)
{
    struct cor_body_names names;
    if (cor_body_names(evidence->names, name, false, &names) != COR_OK)
        return true;
    for (unsigned i = 0; i < names.count; i++) {
        struct cor_definitions run = cor_source_definitions(evidence->source, names.items[i]);
        for (size_t k = 0; k < run.count; k++) {
            const struct cor_source_file *file = &evidence->source->files.items[run.items[k].file];
            const struct cor_body_candidate candidate = {
                &run.items[k], cor_namesake_why(query, &run.items[k], file)};
            if (!visit(context, &candidate))
                return false;
        }
    }
    return true;
}

// A symbol may be exported under another name than its own.
void cor_body_candidates(const struct cor_evidence *evidence, const struct cor_body_query *query,
                         bool (*visit)(void *context, const struct cor_body_candidate *candidate),
                         void *context)
{
    if (candidates_of(evidence, query, query->name, visit, context) && query->symbol &&
        query->symbol->name != query->name)
        (void)candidates_of(evidence, query, query->symbol->name, visit, context);
}
