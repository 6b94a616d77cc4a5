// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: which definitions the ELF loader would accept for a need, whatever the
// order in which it looks.
#ifndef COR_LINKAGE_DYNAMIC_LOOKUP_H
#define COR_LINKAGE_DYNAMIC_LOOKUP_H

#include "linkage/rule.h"

// At most one definition in each component, in product order.
struct cor_dynamic_candidates {
    const struct cor_linking *linking;
    const struct cor_component *user;
    const struct cor_symbol *need;
    const struct cor_index_entry *next;
    const struct cor_index_entry *entry; // the candidate at hand
    uint32_t component;                  // who has it
};

// Before the first one.
struct cor_dynamic_candidates cor_dynamic_candidates(const struct cor_linking *linking,
                                                     const struct cor_component *user,
                                                     const struct cor_symbol *need);
// False at the end.
bool cor_dynamic_candidate_next(struct cor_dynamic_candidates *list);

#endif
