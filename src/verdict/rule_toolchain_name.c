// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"
#include "verdict/toolchain_names.h"

static bool made_by_start_files(const struct cor_question *question)
{
    const struct cor_symbol *symbol = question->symbol;
    if (!cor_is_runtime_name(cor_name_slice(symbol->name)))
        return false;
    return symbol->binding == COR_BIND_LOCAL || symbol->hidden || symbol->name->text[0] == '_';
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    if (question->own)
        return made_by_start_files(question) &&
               cor_decide(ret_verdict, COR_CLASS_TOOLCHAIN, "made by the C runtime");
    return cor_is_tool_need(cor_name_slice(question->symbol->name)) &&
           cor_decide(ret_verdict, COR_CLASS_TOOLCHAIN, "made by compiler, linker or C runtime");
}

const struct cor_verdict_rule cor_rule_toolchain_name = {"toolchain-name", decide};
