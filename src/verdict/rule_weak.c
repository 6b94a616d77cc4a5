// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    if (question->provider || question->symbol->binding != COR_BIND_WEAK ||
        question->resolution->missing)
        return false;
    return cor_decide(ret_verdict, COR_CLASS_TOOLCHAIN, "weak and defined by nobody");
}

const struct cor_verdict_rule cor_rule_weak = {"weak", decide};
