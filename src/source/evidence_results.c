// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What all workers collected, in one order.
#include <stdlib.h>

#include "base/alloc.h"
#include "source/evidence.h"

enum { LED_PER_NAME = 500 };

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

static bool is_led(const struct cor_use *use)
{
    size_t size = sizeof COR_MACRO_TEXT - 1;
    return use->through &&
           (strncmp(use->through, COR_MACRO_TEXT, size) != 0 || use->through[size] == '(');
}

// Sorted uses: the first of each name stay, and all direct ones.
static void bound_uses(struct cor_source_facts *facts)
{
    const struct cor_name *name = NULL;
    size_t kept = 0, led = 0;
    for (size_t i = 0; i < facts->uses.count; i++) {
        const struct cor_use use = facts->uses.items[i];
        if (use.name != name)
            led = 0;
        name = use.name;
        if (is_led(&use) && led++ >= LED_PER_NAME)
            facts->uses_left_out++;
        else
            facts->uses.items[kept++] = use;
    }
    facts->uses.count = kept;
}

static int place_order(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return number_order(*x, *y);
}

static uint64_t place(uint32_t file, uint32_t line)
{
    return (uint64_t)file << 32 | line;
}

// Excerpts of uses that were left out go too.
static enum cor_status bound_excerpts(const struct cor_evidence *evidence,
                                      struct cor_source_facts *facts)
{
    size_t count = 0, kept = 0;
    size_t limit = facts->uses.count + facts->declarations.count + evidence->definitions.count;
    uint64_t *places = cor_alloc((limit ? limit : 1) * sizeof *places);
    if (!places)
        return COR_NOMEM;
    for (size_t i = 0; i < facts->uses.count; i++)
        places[count++] = place(facts->uses.items[i].file, facts->uses.items[i].line);
    for (size_t i = 0; i < facts->declarations.count; i++)
        places[count++] =
            place(facts->declarations.items[i].file, facts->declarations.items[i].line);
    for (size_t i = 0; i < evidence->definitions.count; i++)
        places[count++] =
            place(evidence->definitions.items[i].file->index, evidence->definitions.items[i].line);
    qsort(places, count, sizeof *places, place_order);
    for (size_t i = 0; i < facts->excerpts.count; i++) {
        const struct cor_excerpt excerpt = facts->excerpts.items[i];
        uint64_t key = place(excerpt.file, excerpt.line);
        if (bsearch(&key, places, count, sizeof *places, place_order))
            facts->excerpts.items[kept++] = excerpt;
    }
    facts->excerpts.count = kept;
    cor_free(places);
    return COR_OK;
}

static int admission_order(const void *a, const void *b)
{
    const struct cor_admission *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (!order)
        order = number_order(x->file, y->file);
    if (!order)
        order = number_order(x->line, y->line);
    return order ? order : text_order(x->text, y->text);
}

static int body_order(const void *a, const void *b)
{
    const struct cor_source_body *x = a, *y = b;
    int order = cor_name_order(x->name, y->name);
    if (!order)
        order = number_order(x->file, y->file);
    if (!order)
        order = number_order(x->line, y->line);
    return order ? order : x->macro - y->macro;
}

static enum cor_status move_bodies(struct cor_evidence_share *share, struct cor_source_facts *facts)
{
    for (size_t i = 0; i < share->bodies.count; i++)
        share->bodies.items[i].first += facts->steps.count;
    MOVE_ALL(facts->admissions, share->admissions);
    MOVE_ALL(facts->bodies, share->bodies);
    MOVE_ALL(facts->steps, share->steps);
    return COR_OK;
}

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
        if (move_bodies(share, facts) != COR_OK)
            return COR_NOMEM;
        facts->uses_left_out += share->left_out;
        share->left_out = 0;
        cor_arena_adopt(&facts->arena, &share->arena);
    }
    SORT_UNIQUE(facts->declarations, declaration_order);
    SORT_UNIQUE(facts->uses, use_order);
    SORT_UNIQUE(facts->excerpts, excerpt_order);
    SORT_UNIQUE(facts->admissions, admission_order);
    SORT_UNIQUE(facts->bodies, body_order);
    bound_uses(facts);
    enum cor_status status = bound_excerpts(evidence, facts);
    return status == COR_OK ? cor_outside_finish(evidence, facts) : status;
}
