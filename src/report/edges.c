// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/edges.h"

#include <stdlib.h>

#include "base/interrupt.h"

static int by_ends(const void *a, const void *b)
{
    const struct cor_edge *left = a, *right = b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return (left->to > right->to) - (left->to < right->to);
}

// What tells most of a link stands first.
static int by_ends_and_symbol(const void *a, const void *b)
{
    const struct cor_edge *left = a, *right = b;
    int result = by_ends(a, b);
    if (result == 0)
        result = (left->findings == 0) - (right->findings == 0);
    return result ? result : (left->symbol > right->symbol) - (left->symbol < right->symbol);
}

static void merge(struct cor_edges *edges)
{
    size_t kept = 0;
    if (edges->list.count > 1)
        qsort(edges->list.items, edges->list.count, sizeof *edges->list.items, by_ends_and_symbol);
    for (size_t i = 0; i < edges->list.count; i++) {
        struct cor_edge *last = kept ? &edges->list.items[kept - 1] : NULL;
        const struct cor_edge *next = &edges->list.items[i];
        if (last && by_ends(last, next) == 0) {
            last->names += next->names;
            last->findings += next->findings;
        } else {
            edges->list.items[kept++] = *next;
        }
    }
    edges->list.count = kept;
}

static enum cor_status add_symbol(struct cor_edges *edges, const struct cor_case *case_,
                                  size_t number)
{
    const struct cor_case_symbol *symbol = &case_->symbols.items[number];
    for (size_t i = 0; i < symbol->needed_by.count; i++)
        for (size_t k = 0; k < symbol->providers.count; k++) {
            struct cor_edge edge = {symbol->needed_by.items[i].component,
                                    symbol->providers.items[k].component, 1, symbol->finding,
                                    number};
            if (cor_array_add(&edges->list, edge) != COR_OK)
                return COR_NOMEM;
        }
    // Sorted now and then, so that the list stays as small as the picture.
    enum { SORT_AT = 1 << 16 };
    if (edges->list.count >= SORT_AT && edges->list.count * 2 >= edges->list.capacity)
        merge(edges);
    return COR_OK;
}

enum cor_status cor_edges_make(const struct cor_case *case_, struct cor_edges *ret_edges)
{
    struct cor_edges edges = {0};
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < case_->symbols.count; i++)
        status = cor_interrupted() ? COR_INTERRUPTED : add_symbol(&edges, case_, i);
    if (status == COR_OK)
        merge(&edges);
    else
        cor_edges_dispose(&edges);
    *ret_edges = edges;
    return status;
}

void cor_edges_dispose(struct cor_edges *edges)
{
    cor_array_dispose(&edges->list);
}
