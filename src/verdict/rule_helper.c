// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"
#include "verdict/toolchain_names.h"

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    return cor_is_helper_name(cor_name_slice(question->symbol->name)) &&
           cor_decide(ret_verdict, COR_CLASS_TOOLCHAIN,
                      "a helper of the compiler's runtime library");
}

const struct cor_verdict_rule cor_rule_helper = {"helper", decide};
