// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

#include <fnmatch.h>

static const struct cor_gap *find_gap(const struct cor_source_facts *source,
                                      const struct cor_body_names *names)
{
    for (size_t i = 0; i < source->gaps.count; i++) {
        const struct cor_gap *gap = &source->gaps.items[i];
        for (unsigned k = 0; gap->pattern && k < names->count; k++)
            if (fnmatch(gap->pattern, names->items[k]->text, 0) == 0)
                return gap;
    }
    return NULL;
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    const struct cor_source_facts *source = question->evidence->source;
    struct cor_body_names names;
    if (cor_body_names(question->evidence->names, question->symbol->name, false, &names) != COR_OK)
        return false;
    const struct cor_gap *gap = find_gap(source, &names);
    if (!gap)
        return false;
    return cor_decide(ret_verdict, COR_CLASS_UNDETERMINED,
                      cor_arena_printf(question->arena, "%s:%u may make it: %s",
                                       source->files.items[gap->file].path, gap->line,
                                       gap->reason));
}

const struct cor_verdict_rule cor_rule_gap = {"gap", decide};
