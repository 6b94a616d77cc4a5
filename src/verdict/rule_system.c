// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    const struct cor_component *provider = question->provider;
    if (!provider || (provider->role != COR_ROLE_SYSTEM && provider->role != COR_ROLE_TOOLCHAIN))
        return false;
    const char *reason =
        cor_arena_printf(question->arena, "provided by the system's %s", provider->name);
    return cor_decide(ret_verdict, COR_CLASS_TOOLCHAIN, reason);
}

const struct cor_verdict_rule cor_rule_system = {"system", decide};
