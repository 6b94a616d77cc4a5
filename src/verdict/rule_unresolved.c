// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    (void)question;
    return cor_decide(ret_verdict, COR_CLASS_UNRESOLVED,
                      "nothing that was shipped defines it, and no body stands in the release");
}

const struct cor_verdict_rule cor_rule_unresolved = {"unresolved", decide};
