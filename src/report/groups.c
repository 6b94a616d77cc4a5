// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/groups.h"

#include <stdlib.h>
#include <string.h>

bool cor_group_findings(const struct cor_case_symbol *symbol)
{
    return symbol->finding;
}

bool cor_group_open(const struct cor_case_symbol *symbol)
{
    return !symbol->finding &&
           (symbol->class_ == COR_CLASS_UNDETERMINED || symbol->class_ == COR_CLASS_UNRESOLVED);
}

bool cor_group_between_binaries(const struct cor_case_symbol *symbol)
{
    return !symbol->finding &&
           (symbol->class_ == COR_CLASS_BINARY_ONLY || symbol->class_ == COR_CLASS_PREBUILT);
}

static int number_order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

int cor_group_by_provider(const struct cor_case_symbol *a, const struct cor_case_symbol *b)
{
    int result = number_order(a->direction, b->direction);
    size_t count =
        a->providers.count < b->providers.count ? a->providers.count : b->providers.count;
    for (size_t i = 0; result == 0 && i < count; i++)
        result = number_order(a->providers.items[i].component, b->providers.items[i].component);
    return result ? result : number_order(a->providers.count, b->providers.count);
}

int cor_group_by_reason(const struct cor_case_symbol *a, const struct cor_case_symbol *b)
{
    int result = number_order(a->class_, b->class_);
    return result ? result : strcmp(a->reason ? a->reason : "", b->reason ? b->reason : "");
}

// `order` is a function pointer, which may not pass through a pointer to data: hence the wrapping.
struct ordering {
    cor_group_order *order;
};

static int symbol_order(const void *a, const void *b, void *context)
{
    const struct cor_case_symbol *const *left = a, *const *right = b;
    const struct ordering *ordering = context;
    int result = ordering->order(*left, *right);
    return result ? result : (*left > *right) - (*left < *right);
}

static int largest_first(const void *a, const void *b)
{
    const struct cor_group *left = a, *right = b;
    int result = number_order(right->count, left->count);
    return result ? result : number_order(left->first, right->first);
}

static enum cor_status find_groups(struct cor_groups *groups, cor_group_order *order)
{
    enum cor_status status = COR_OK;
    size_t first = 0;
    for (size_t i = 1; status == COR_OK && i <= groups->symbols.count; i++) {
        if (i < groups->symbols.count &&
            order(groups->symbols.items[first], groups->symbols.items[i]) == 0)
            continue;
        status = cor_array_add(&groups->groups, (struct cor_group){first, i - first});
        first = i;
    }
    if (groups->groups.count > 1)
        qsort(groups->groups.items, groups->groups.count, sizeof *groups->groups.items,
              largest_first);
    return status;
}

enum cor_status cor_groups_make(const struct cor_case *case_, cor_group_filter *filter,
                                cor_group_order *order, struct cor_groups *ret_groups)
{
    struct cor_groups groups = {0};
    struct ordering ordering = {order};
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++)
        if (filter(&case_->symbols.items[i]))
            status = cor_array_add(&groups.symbols, &case_->symbols.items[i]);
    if (groups.symbols.count > 1)
        qsort_r(groups.symbols.items, groups.symbols.count, sizeof *groups.symbols.items,
                symbol_order, &ordering);
    if (status == COR_OK)
        status = find_groups(&groups, order);
    if (status == COR_OK)
        *ret_groups = groups;
    else
        cor_groups_dispose(&groups);
    return status;
}

void cor_groups_dispose(struct cor_groups *groups)
{
    cor_array_dispose(&groups->symbols);
    cor_array_dispose(&groups->groups);
}
