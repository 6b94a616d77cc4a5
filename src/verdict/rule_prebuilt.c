// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    const struct cor_component *user =
        question->provider ? question->provider : question->component;
    const struct cor_component *object =
        cor_prebuilt_index_find(question->prebuilt, question->symbol->name, !question->own, user);
    if (!object)
        return false;
    return cor_decide(ret_verdict, COR_CLASS_PREBUILT,
                      cor_arena_printf(question->arena,
                                       "the release holds it only as object code in %s",
                                       object->path));
}

const struct cor_verdict_rule cor_rule_prebuilt = {"prebuilt", decide};
