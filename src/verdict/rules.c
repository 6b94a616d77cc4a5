// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "verdict/rule.h"

const struct cor_verdict_rule *const cor_verdict_rules[] = {
    &cor_rule_toolchain_name, // what only tools cause
    &cor_rule_system,         // what the system provides
    &cor_rule_released,       // a body stands in the release
    &cor_rule_prebuilt,       // the release has it as object code
    &cor_rule_helper,         // the compiler's runtime library
    &cor_rule_weak,           // weak and defined by nobody
    &cor_rule_not_given,      // its provider was not given
    &cor_rule_language,       // written in a language that is not read
    &cor_rule_gap,            // source that was not understood may make it
    &cor_rule_absent,         // an inline function of a header that the release lacks
    &cor_rule_unread,         // something unread may hold it
    &cor_rule_binary_only,    // a shipped component provides it, and nothing else
    &cor_rule_unresolved,     // everything was read, nobody has it
    NULL,
};

bool cor_decide(struct cor_verdict *verdict, enum cor_class class_, const char *reason)
{
    verdict->class_ = class_;
    verdict->reason = reason;
    return true;
}
