// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What all workers collected, in one order.
#include <stdlib.h>

#include "source/evidence.h"

static int text_order(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int number_order(uint64_t a, uint64_t b)
{
    return a == b ? 0 : a < b ? -1 : 1;
}

static int declaration_order(const void *a, const void *b)
{
    const struct cor_declaration *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (!order)
        order = number_order(x->file, y->file);
    if (!order)
        order = number_order(x->line, y->line);
    return order ? order : x->data - y->data;
}

static int use_order(const void *a, const void *b)
{
    const struct cor_use *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (!order)
        order = number_order(x->file, y->file);
    if (!order)
        order = number_order(x->line, y->line);
    if (!order)
        order = number_order(x->kind, y->kind);
    if (!order)
        order = text_order(x->through, y->through);
    if (!order)
        order = text_order(x->function, y->function);
    return order ? order : y->active - x->active;
}

static int excerpt_order(const void *a, const void *b)
{
    const struct cor_excerpt *x = a, *y = b;
    int order = number_order(x->file, y->file);
    return order ? order : number_order(x->line, y->line);
}

#define SORT_UNIQUE(array, order)                                                                  \
    do {                                                                                           \
        size_t kept = 0;                                                                           \
        if ((array).count)                                                                         \
            qsort((array).items, (array).count, sizeof *(array).items, (order));                   \
        for (size_t i = 0; i < (array).count; i++)                                                 \
            if (!kept || (order)(&(array).items[kept - 1], &(array).items[i]) != 0)                \
                (array).items[kept++] = (array).items[i];                                          \
        (array).count = kept;                                                                      \
    } while (0)

#define MOVE_ALL(to, from)                                                                         \
    do {                                                                                           \
        if (cor_array_reserve(&(to), (from).count) != COR_OK)                                      \
            return COR_NOMEM;                                                                      \
        for (size_t i = 0; i < (from).count; i++)                                                  \
            (to).items[(to).count++] = (from).items[i];                                            \
        (from).count = 0;                                                                          \
    } while (0)

enum cor_status cor_recogniser_evidence_finish(struct cor_recogniser *recogniser,
                                               struct cor_source_facts *facts)
{
    struct cor_evidence *evidence = recogniser->evidence;
    if (!evidence)
        return COR_USAGE;
    for (unsigned w = 0; w < evidence->share_count; w++) {
        struct cor_evidence_share *share = &evidence->shares[w];
        MOVE_ALL(facts->declarations, share->declarations);
        MOVE_ALL(facts->uses, share->uses);
        MOVE_ALL(facts->excerpts, share->excerpts);
        cor_arena_adopt(&facts->arena, &share->arena);
    }
    SORT_UNIQUE(facts->declarations, declaration_order);
    SORT_UNIQUE(facts->uses, use_order);
    SORT_UNIQUE(facts->excerpts, excerpt_order);
    return COR_OK;
}
