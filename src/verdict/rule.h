// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what a verdict rule is. The rules stand in rules.c in the order in which
// they are asked; the first that decides gives the class.
#ifndef COR_VERDICT_RULE_H
#define COR_VERDICT_RULE_H

#include "verdict/body.h"
#include "verdict/prebuilt_index.h"
#include "verdict/support.h"

// One question: the class of a needed symbol, or of a function that a component defines.
struct cor_question {
    const struct cor_evidence *evidence;
    const struct cor_prebuilt_index *prebuilt;
    struct cor_arena *arena;                 // for reasons
    const struct cor_component *component;   // who needs it, or defines it
    const struct cor_symbol *symbol;         // the undefined row, or the component's own
    bool own;                                // the component defines it
    const struct cor_resolution *resolution; // of a need; NULL for an own function
    const struct cor_component *provider;    // who provides a need; the component itself for an own
                                             // function; NULL when nobody is known
    const struct cor_symbol *provided;       // the provider's row; NULL likewise
    const struct cor_support *support;       // of the provider; NULL likewise
    const char *namesake; // set by the rule on bodies: why the only ones found are
                          // none, for the rules that follow
    const char *namesake_file;
    uint32_t namesake_line;
};

struct cor_verdict_rule {
    const char *name;
    // True and the verdict when the rule decides.
    bool (*decide)(struct cor_question *question, struct cor_verdict *ret_verdict);
};

extern const struct cor_verdict_rule cor_rule_toolchain_name;
extern const struct cor_verdict_rule cor_rule_system;
extern const struct cor_verdict_rule cor_rule_released;
extern const struct cor_verdict_rule cor_rule_prebuilt;
extern const struct cor_verdict_rule cor_rule_helper;
extern const struct cor_verdict_rule cor_rule_weak;
extern const struct cor_verdict_rule cor_rule_not_given;
extern const struct cor_verdict_rule cor_rule_language;
extern const struct cor_verdict_rule cor_rule_gap;
extern const struct cor_verdict_rule cor_rule_absent;
extern const struct cor_verdict_rule cor_rule_unread;
extern const struct cor_verdict_rule cor_rule_binary_only;
extern const struct cor_verdict_rule cor_rule_unresolved;

// Ends with NULL.
extern const struct cor_verdict_rule *const cor_verdict_rules[];

// Helpers for rules.
bool cor_decide(struct cor_verdict *verdict, enum cor_class class_, const char *reason);

#endif
