// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

// Rows are in name order (component.h).
static bool defines(const struct cor_component *component, const struct cor_name *name)
{
    size_t low = 0, high = component->defined.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cor_name_order(component->defined.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < component->defined.count && component->defined.items[low].name == name;
}

static bool decide(struct cor_question *question, struct cor_verdict *ret_verdict)
{
    const struct cor_product *product = question->evidence->product;
    const struct cor_component *user =
        question->provider ? question->provider : question->component;
    for (size_t i = 0; i < product->components.count; i++) {
        const struct cor_component *object = product->components.items[i];
        if (object->role != COR_ROLE_SOURCE || !cor_component_same_machine(object, user) ||
            !defines(object, question->symbol->name))
            continue;
        const char *reason = cor_arena_printf(
            question->arena, "the release holds it only as object code in %s", object->path);
        return cor_decide(ret_verdict, COR_CLASS_PREBUILT, reason);
    }
    return false;
}

const struct cor_verdict_rule cor_rule_prebuilt = {"prebuilt", decide};
