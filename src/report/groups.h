// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Symbols put into groups, the largest first: never thousands of loose lines.
#ifndef COR_REPORT_GROUPS_H
#define COR_REPORT_GROUPS_H

#include "base/array.h"
#include "model/case.h"

struct cor_group {
    size_t first, count; // in `symbols`
};

struct cor_groups {
    COR_ARRAY(const struct cor_case_symbol *) symbols; // in the case's order within a group
    COR_ARRAY(struct cor_group) groups;
};

typedef bool cor_group_filter(const struct cor_case_symbol *symbol);
typedef int cor_group_order(const struct cor_case_symbol *a, const struct cor_case_symbol *b);

// Symbols that `filter` lets pass are in one group when `order` calls them equal.
COR_MUST_CHECK enum cor_status cor_groups_make(const struct cor_case *case_,
                                               cor_group_filter *filter, cor_group_order *order,
                                               struct cor_groups *ret_groups);
void cor_groups_dispose(struct cor_groups *groups);

// Filters: findings; what is not decided and no finding; what binaries need of binaries.
bool cor_group_findings(const struct cor_case_symbol *symbol);
bool cor_group_open(const struct cor_case_symbol *symbol);
bool cor_group_between_binaries(const struct cor_case_symbol *symbol);

// Orders: by direction and providers, and by class and reason.
int cor_group_by_provider(const struct cor_case_symbol *a, const struct cor_case_symbol *b);
int cor_group_by_reason(const struct cor_case_symbol *a, const struct cor_case_symbol *b);

#endif
