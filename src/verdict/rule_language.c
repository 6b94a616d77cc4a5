// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/demangle.h"
#include "verdict/rule.h"

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    struct cor_slice name = cor_name_slice(question->symbol->name);
    if (cor_is_rust(name))
        return cor_decide(ret_verdict, COR_CLASS_UNDETERMINED, "Rust source is not read");
    if (cor_is_mangled(name))
        return cor_decide(ret_verdict, COR_CLASS_UNDETERMINED,
                          "C++ source is read in part only, and no body was recognised");
    return false;
}

const struct cor_verdict_rule cor_rule_language = {"language", decide};
