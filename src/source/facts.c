// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The census as facts: sorted, without repetitions, in memory of their own.
#include <stdlib.h>

#include "base/map.h"
#include "source/finish.h"

static uint32_t count_bodies(const struct cor_recogniser *recogniser,
                             const struct cor_census_file *file)
{
    const struct cor_census *census = &recogniser->censuses[file->worker];
    uint32_t count = 0;
    for (size_t i = 0; i < file->seen.count; i++) {
        const struct cor_seen *seen = &census->seen.items[file->seen.first + i];
        count += seen->active && !seen->data && seen->linkage == COR_LINKAGE_EXTERNAL;
    }
    return count;
}

static void describe_units(const struct cor_recogniser *recogniser, struct cor_source_facts *facts)
{
    for (size_t i = 0; i < recogniser->files.count; i++) {
        const struct cor_census_file *from = recogniser->files.items[i];
        struct cor_source_file *file = &facts->files.items[i];
        file->header = from->header;
        file->bodies = count_bodies(recogniser, from);
        file->included = from->included;
    }
}

static enum cor_status copy_files(struct cor_recogniser *recogniser, struct cor_source_facts *facts)
{
    if (cor_array_reserve(&facts->files, recogniser->files.count) != COR_OK)
        return COR_NOMEM;
    for (size_t i = 0; i < recogniser->files.count; i++) {
        const struct cor_census_file *from = recogniser->files.items[i];
        struct cor_source_file file = {.input = from->input,
                                       .size = from->size,
                                       .licence_line = from->licence_line,
                                       .language = from->language,
                                       .compiler_output = from->compiler_output,
                                       .helpers = from->helpers};
        file.path = cor_arena_text(&facts->arena, cor_slice_text(from->path));
        if (from->licence)
            file.licence = cor_arena_text(&facts->arena, cor_slice_text(from->licence));
        if (from->notice)
            file.notice = cor_arena_text(&facts->arena, cor_slice_text(from->notice));
        if (!file.path || (from->licence && !file.licence) || (from->notice && !file.notice))
            return COR_NOMEM;
        facts->files.items[facts->files.count++] = file;
        facts->bytes += from->size;
    }
    return COR_OK;
}

static int definition_order(const void *a, const void *b)
{
    const struct cor_definition *x = a, *y = b;
    if (x->name != y->name) {
        // The hash is no order for output: text decides.
        return cor_name_order(x->name, y->name);
    }
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->data != y->data)
        return x->data ? 1 : -1;
    if (x->linkage != y->linkage)
        return x->linkage < y->linkage ? -1 : 1;
    if (x->how != y->how)
        return x->how < y->how ? -1 : 1;
    if (x->active != y->active)
        return x->active ? -1 : 1;
    if (!x->through || !y->through)
        return (x->through != NULL) - (y->through != NULL);
    return strcmp(x->through, y->through);
}

static bool same_definition(const struct cor_definition *x, const struct cor_definition *y)
{
    return x->name == y->name && x->file == y->file && x->line == y->line && x->data == y->data &&
           x->linkage == y->linkage;
}

static enum cor_status copy_definitions(struct cor_recogniser *recogniser,
                                        struct cor_source_facts *facts)
{
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        const struct cor_census *census = &recogniser->censuses[i];
        if (cor_array_reserve(&facts->definitions, census->kept.count) != COR_OK)
            return COR_NOMEM;
        for (size_t j = 0; j < census->kept.count; j++) {
            const struct cor_kept *kept = &census->kept.items[j];
            facts->definitions.items[facts->definitions.count++] =
                (struct cor_definition){.name = kept->name,
                                        .file = kept->file->index,
                                        .line = kept->line,
                                        .how = kept->how,
                                        .linkage = kept->linkage,
                                        .data = kept->data,
                                        .active = kept->active,
                                        .through = kept->through,
                                        .print = kept->print};
        }
    }
    if (facts->definitions.count)
        qsort(facts->definitions.items, facts->definitions.count, sizeof *facts->definitions.items,
              definition_order);
    return COR_OK;
}

// Drops repetitions; what is left gets texts of its own.
static enum cor_status settle_definitions(struct cor_source_facts *facts)
{
    struct cor_map texts;
    cor_map_init(&texts);
    enum cor_status status = COR_OK;
    size_t count = 0;
    for (size_t i = 0; i < facts->definitions.count && status == COR_OK; i++) {
        struct cor_definition definition = facts->definitions.items[i];
        if (count && same_definition(&facts->definitions.items[count - 1], &definition))
            continue;
        uint64_t known;
        if (definition.through && cor_map_get(&texts, definition.through, &known)) {
            definition.through = (const char *)(uintptr_t)known;
        } else if (definition.through) {
            const char *copy = cor_arena_text(&facts->arena, cor_slice_text(definition.through));
            status = copy ? cor_map_put(&texts, definition.through, (uintptr_t)copy) : COR_NOMEM;
            definition.through = copy;
        }
        facts->definitions.items[count++] = definition;
    }
    facts->definitions.count = count;
    cor_map_dispose(&texts);
    return status;
}

static int text_order(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int gap_order(const void *a, const void *b)
{
    const struct cor_gap *x = a, *y = b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    int order = text_order(x->pattern, y->pattern);
    return order ? order : text_order(x->reason, y->reason);
}

static enum cor_status copy_gap(struct cor_source_facts *facts, const struct cor_census_gap *from)
{
    struct cor_gap gap = {.file = from->file->index, .line = from->line};
    gap.reason = cor_arena_text(&facts->arena, cor_slice_text(from->reason));
    if (from->pattern)
        gap.pattern = cor_arena_text(&facts->arena, cor_slice_text(from->pattern));
    if (from->about && !(gap.about = cor_arena_text(&facts->arena, cor_slice_text(from->about))))
        return COR_NOMEM;
    if (!gap.reason || (from->pattern && !gap.pattern))
        return COR_NOMEM;
    return cor_array_add(&facts->gaps, gap);
}

static enum cor_status copy_gaps(struct cor_recogniser *recogniser, struct cor_source_facts *facts)
{
    for (unsigned i = 0; i < recogniser->options.worker_count; i++)
        for (size_t j = 0; j < recogniser->censuses[i].gaps.count; j++)
            if (copy_gap(facts, &recogniser->censuses[i].gaps.items[j]) != COR_OK)
                return COR_NOMEM;
    if (!facts->gaps.count)
        return COR_OK;
    qsort(facts->gaps.items, facts->gaps.count, sizeof *facts->gaps.items, gap_order);
    size_t count = 1;
    for (size_t i = 1; i < facts->gaps.count; i++)
        if (gap_order(&facts->gaps.items[count - 1], &facts->gaps.items[i]) != 0)
            facts->gaps.items[count++] = facts->gaps.items[i];
    facts->gaps.count = count;
    return COR_OK;
}

enum cor_status cor_fill_facts(struct cor_recogniser *recogniser, struct cor_source_facts *facts)
{
    enum cor_status status = copy_files(recogniser, facts);
    if (status == COR_OK)
        describe_units(recogniser, facts);
    if (status == COR_OK)
        status = copy_definitions(recogniser, facts);
    if (status == COR_OK)
        status = settle_definitions(facts);
    if (status == COR_OK)
        status = copy_gaps(recogniser, facts);
    if (status == COR_OK)
        status = cor_mark_unbuilt(recogniser, facts);
    if (status == COR_OK)
        status = cor_fill_stated(recogniser, facts);
    if (status == COR_OK)
        status = cor_fill_absent_headers(recogniser, facts);
    return status == COR_OK ? cor_fill_words(recogniser, facts) : status;
}
