// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

static const char *reason_for(const struct cor_question *question)
{
    if (question->namesake)
        return cor_arena_printf(
            question->arena, "no body in the released source; %s:%u is none: %s",
            question->namesake_file, question->namesake_line, question->namesake);
    return "no body in the released source";
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    return question->provider &&
           cor_decide(ret_verdict, COR_CLASS_BINARY_ONLY, reason_for(question));
}

const struct cor_verdict_rule cor_rule_binary_only = {"binary-only", decide};
