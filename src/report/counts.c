// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/counts.h"

#include <stdlib.h>
#include <string.h>

// One finding under one heading.
struct pair {
    struct cor_count key;
    size_t symbol;
};

struct pairs {
    COR_ARRAY(struct pair) list;
};

static int number_order(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int key_order(const struct cor_count *a, const struct cor_count *b)
{
    int result = number_order(a->component, b->component);
    if (result == 0)
        result = number_order(a->folder.data != NULL, b->folder.data != NULL);
    return result ? result : cor_slice_order(a->folder, b->folder);
}

static int pair_order(const void *a, const void *b)
{
    const struct pair *left = a, *right = b;
    int result = key_order(&left->key, &right->key);
    return result ? result : number_order(left->symbol, right->symbol);
}

static int largest_first(const void *a, const void *b, void *context)
{
    const size_t *left = a, *right = b;
    const struct cor_counts *counts = context;
    int result = number_order(counts->list.items[*right].names, counts->list.items[*left].names);
    return result ? result : number_order(*left, *right);
}

struct cor_slice cor_counts_folder(const struct cor_case_place *place)
{
    const char *slash = place->file ? strrchr(place->file, '/') : NULL;
    return cor_slice(place->file ? place->file : "", slash ? (size_t)(slash - place->file) : 0);
}

static enum cor_status add_callers(struct pairs *pairs, const struct cor_case_symbol *symbol,
                                   size_t number)
{
    enum cor_status status = COR_OK;
    if (symbol->needed_by.count == 0)
        return cor_array_add(&pairs->list, (struct pair){.symbol = number});
    for (size_t i = 0; status == COR_OK && i < symbol->needed_by.count; i++)
        status = cor_array_add(
            &pairs->list,
            (struct pair){{.component = symbol->needed_by.items[i].component}, number});
    return status;
}

static enum cor_status add_folders(struct pairs *pairs, const struct cor_case_symbol *symbol,
                                   size_t number)
{
    enum cor_status status = COR_OK;
    if (symbol->calls.count == 0)
        return cor_array_add(&pairs->list, (struct pair){.symbol = number});
    for (size_t i = 0; status == COR_OK && i < symbol->calls.count; i++)
        status = cor_array_add(
            &pairs->list,
            (struct pair){{.folder = cor_counts_folder(&symbol->calls.items[i])}, number});
    return status;
}

// Equal neighbours become one count.
static enum cor_status count_pairs(const struct cor_case *case_, const struct pairs *pairs,
                                   struct cor_counts *counts)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < pairs->list.count; i++) {
        const struct pair *pair = &pairs->list.items[i];
        if (i > 0 && pair_order(pair, pair - 1) == 0)
            continue;
        if (i > 0 && key_order(&pair->key, &pair[-1].key) == 0) {
            counts->list.items[counts->list.count - 1].names++;
            continue;
        }
        struct cor_count count = pair->key;
        count.names = 1;
        count.first = &case_->symbols.items[pair->symbol];
        status = cor_array_add(&counts->largest, counts->list.count);
        if (status == COR_OK)
            status = cor_array_add(&counts->list, count);
    }
    if (status == COR_OK && counts->largest.count > 1)
        qsort_r(counts->largest.items, counts->largest.count, sizeof *counts->largest.items,
                largest_first, counts);
    return status;
}

typedef enum cor_status add_pairs(struct pairs *pairs, const struct cor_case_symbol *symbol,
                                  size_t number);

static enum cor_status make(const struct cor_case *case_, add_pairs *add,
                            struct cor_counts *ret_counts)
{
    struct cor_counts counts = {0};
    struct pairs pairs = {0};
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++)
        if (case_->symbols.items[i].finding)
            status = add(&pairs, &case_->symbols.items[i], i);
    if (status == COR_OK && pairs.list.count > 1)
        qsort(pairs.list.items, pairs.list.count, sizeof *pairs.list.items, pair_order);
    if (status == COR_OK)
        status = count_pairs(case_, &pairs, &counts);
    cor_array_dispose(&pairs.list);
    if (status == COR_OK)
        *ret_counts = counts;
    else
        cor_counts_dispose(&counts);
    return status;
}

enum cor_status cor_counts_callers(const struct cor_case *case_, struct cor_counts *ret_counts)
{
    return make(case_, add_callers, ret_counts);
}

enum cor_status cor_counts_folders(const struct cor_case *case_, struct cor_counts *ret_counts)
{
    return make(case_, add_folders, ret_counts);
}

void cor_counts_dispose(struct cor_counts *counts)
{
    cor_array_dispose(&counts->list);
    cor_array_dispose(&counts->largest);
}

size_t cor_counts_find(const struct cor_counts *counts, uint32_t component, struct cor_slice folder)
{
    const struct cor_count key = {.component = component, .folder = folder};
    size_t low = 0, high = counts->list.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key_order(&counts->list.items[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
