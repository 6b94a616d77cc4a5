// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/excuses.h"

#include <inttypes.h>

static const char *or_any(const char *text)
{
    return text ? text : "*";
}

const char *cor_excuse_sentence(struct cor_arena *arena, const struct cor_case_excuse *excuse)
{
    const char *rows = excuse->uses == 1 ? "row does not count" : "rows do not count";
    if (!excuse->reason)
        return cor_arena_printf(arena, "%s: %" PRIu64 " %s.", excuse->kind, excuse->uses, rows);
    return cor_arena_printf(arena, "%s name %s component %s %s %s: %" PRIu64 " %s (%s; %s).",
                            excuse->kind, or_any(excuse->name), or_any(excuse->component),
                            excuse->expired ? "expired on" : "until",
                            excuse->expires ? excuse->expires : "?", excuse->uses, rows,
                            excuse->reason, excuse->author ? excuse->author : "?");
}

const char *cor_excuse_sentences(struct cor_arena *arena, const struct cor_case *case_)
{
    const char *all = "";
    for (size_t i = 0; all && i < case_->excuses.count; i++) {
        const char *one = cor_excuse_sentence(arena, &case_->excuses.items[i]);
        all = one ? cor_arena_printf(arena, "%s%s%s", all, i ? " " : "", one) : NULL;
    }
    return all;
}
