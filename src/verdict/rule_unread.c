// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Unread is not missing.
#include "verdict/rule.h"

static bool cap(struct cor_question *question, struct cor_verdict *verdict,
                const struct cor_unread *unread, size_t count)
{
    const char *reason =
        count > 1 ? cor_arena_printf(question->arena, "%s was not read (%s), nor were %zu others",
                                     unread->path, unread->reason, count - 1)
                  : cor_arena_printf(question->arena, "%s was not read: %s", unread->path,
                                     unread->reason);
    return cor_decide(verdict, COR_CLASS_UNDETERMINED, reason);
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    const struct cor_evidence *evidence = question->evidence;
    if (!question->provider && evidence->unread_shipped_count)
        return cap(question, ret_verdict, evidence->unread_shipped, evidence->unread_shipped_count);
    if (evidence->unread_source_count)
        return cap(question, ret_verdict, evidence->unread_source, evidence->unread_source_count);
    return false;
}

const struct cor_verdict_rule cor_rule_unread = {"unread", decide};
