// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "model/source.h"

void cor_source_facts_init(struct cor_source_facts *facts)
{
    *facts = (struct cor_source_facts){0};
    cor_arena_init(&facts->arena);
}

void cor_source_facts_dispose(struct cor_source_facts *facts)
{
    cor_array_dispose(&facts->files);
    cor_array_dispose(&facts->definitions);
    cor_array_dispose(&facts->declarations);
    cor_array_dispose(&facts->uses);
    cor_array_dispose(&facts->excerpts);
    cor_array_dispose(&facts->admissions);
    cor_array_dispose(&facts->bodies);
    cor_array_dispose(&facts->steps);
    cor_array_dispose(&facts->gaps);
    cor_array_dispose(&facts->absent);
    cor_array_dispose(&facts->outside);
    cor_array_dispose(&facts->words);
    cor_array_dispose(&facts->stated);
    cor_arena_dispose(&facts->arena);
}

// The rows of `array` named `name` as a run of type `struct run`: the name is the first field of
// every row type.
static size_t lower_bound(const void *items, size_t count, size_t size, const struct cor_name *name)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cor_name *const *row = (const void *)((const char *)items + middle * size);
        if (cor_name_order(*row, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t run_length(const void *items, size_t count, size_t size, size_t first,
                         const struct cor_name *name)
{
    size_t end = first;
    while (end < count && *(const struct cor_name *const *)(const void *)((const char *)items +
                                                                          end * size) == name)
        end++;
    return end - first;
}

#define FIND_RUN(run, array, name)                                                                 \
    do {                                                                                           \
        size_t size = sizeof *(array).items;                                                       \
        size_t first = lower_bound((array).items, (array).count, size, (name));                    \
        (run).count = run_length((array).items, (array).count, size, first, (name));               \
        (run).items = (run).count ? (array).items + first : NULL;                                  \
    } while (0)

struct cor_definitions cor_source_definitions(const struct cor_source_facts *facts,
                                              const struct cor_name *name)
{
    struct cor_definitions run;
    FIND_RUN(run, facts->definitions, name);
    return run;
}

struct cor_declarations cor_source_declarations(const struct cor_source_facts *facts,
                                                const struct cor_name *name)
{
    struct cor_declarations run;
    FIND_RUN(run, facts->declarations, name);
    return run;
}

struct cor_uses cor_source_uses(const struct cor_source_facts *facts, const struct cor_name *name)
{
    struct cor_uses run;
    FIND_RUN(run, facts->uses, name);
    return run;
}

struct cor_admissions cor_source_admissions(const struct cor_source_facts *facts,
                                            const struct cor_name *name)
{
    struct cor_admissions run;
    FIND_RUN(run, facts->admissions, name);
    return run;
}

struct cor_source_bodies cor_source_bodies(const struct cor_source_facts *facts,
                                           const struct cor_name *name)
{
    struct cor_source_bodies run;
    FIND_RUN(run, facts->bodies, name);
    return run;
}

const struct cor_excerpt *cor_source_excerpt(const struct cor_source_facts *facts, uint32_t file,
                                             uint32_t line)
{
    size_t low = 0, high = facts->excerpts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cor_excerpt *excerpt = &facts->excerpts.items[middle];
        if (excerpt->file < file || (excerpt->file == file && excerpt->line < line))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == facts->excerpts.count)
        return NULL;
    const struct cor_excerpt *found = &facts->excerpts.items[low];
    return found->file == file && found->line == line ? found : NULL;
}
