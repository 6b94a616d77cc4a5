// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which macros and header inlines lead to a wanted name, up to a few levels.
#include <stdlib.h>

#include "source/chars.h"
#include "source/evidence.h"

enum { LEVELS = 4, LEADS_LIMIT = 16 };

bool cor_evidence_sieve(const struct cor_evidence *evidence, struct cor_slice word)
{
    uint32_t hash = cor_hash_text(word);
    return evidence->sieve[hash / 64 % 1024] >> hash % 64 & 1;
}

struct cor_slice cor_without_builtin(struct cor_slice word)
{
    static const char *const prefixes[] = {"__builtin_", "__real_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        struct cor_slice prefix = cor_slice_text(prefixes[i]);
        if (cor_slice_starts(word, prefix) && word.size > prefix.size)
            return cor_slice(word.data + prefix.size, word.size - prefix.size);
    }
    return word;
}

static void mark(struct cor_evidence *evidence, struct cor_slice word)
{
    uint32_t hash = cor_hash_text(word);
    evidence->sieve[hash / 64 % 1024] |= (uint64_t)1 << hash % 64;
}

struct search {
    struct cor_recogniser *recogniser;
    struct cor_evidence *evidence;
    bool added;
};

static enum cor_status lead(struct search *search, struct cor_slice from,
                            const struct cor_name *wanted, const struct cor_census_file *file,
                            uint32_t line)
{
    struct cor_evidence *evidence = search->evidence;
    const struct cor_name *name;
    uint64_t known = 0;
    enum cor_status status = cor_names_intern(search->recogniser->options.names, from, &name);
    if (status != COR_OK || name == wanted || cor_map_get(evidence->wanted, name, &known))
        return status;
    const struct cor_through *first = NULL;
    unsigned count = 0;
    if (cor_map_get(&evidence->through, name, &known))
        first = (const struct cor_through *)(uintptr_t)known;
    for (const struct cor_through *each = first; each; each = each->next, count++)
        if (each->wanted == wanted)
            return COR_OK;
    if (count >= LEADS_LIMIT)
        return COR_OK;
    struct cor_through *through = cor_arena_alloc(&evidence->arena, 1, sizeof *through);
    if (!through)
        return COR_NOMEM;
    *through = (struct cor_through){.wanted = wanted, .next = first};
    through->place = cor_arena_printf(&evidence->arena, "%s (%s:%u)", name->text, file->path, line);
    if (!through->place)
        return COR_NOMEM;
    search->added = true;
    mark(evidence, from);
    return cor_map_put(&evidence->through, name, (uintptr_t)through);
}

// Looks for words in `body` that are wanted, or lead to what is.
static enum cor_status search_body(struct search *search, struct cor_slice from,
                                   struct cor_slice body, const struct cor_census_file *file,
                                   uint32_t line)
{
    const struct cor_evidence *evidence = search->evidence;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < body.size && status == COR_OK;) {
        if (!cor_is(body.data[i], COR_CHAR_LETTER)) {
            i++;
            while (i < body.size && cor_is(body.data[i - 1], COR_CHAR_DIGIT) &&
                   cor_is_word(body.data[i]))
                i++;
            continue;
        }
        size_t begin = i;
        while (i < body.size && cor_is_word(body.data[i]))
            i++;
        struct cor_slice word = cor_without_builtin(cor_slice(body.data + begin, i - begin));
        if (!cor_evidence_sieve(evidence, word))
            continue;
        const struct cor_name *name = cor_names_find(search->recogniser->options.names, word);
        uint64_t known;
        if (!name)
            continue;
        if (cor_map_get(evidence->wanted, name, &known)) {
            status = lead(search, from, name, file, line);
        } else if (cor_map_get(&evidence->through, name, &known)) {
            const struct cor_through *each = (const struct cor_through *)(uintptr_t)known;
            for (; each && status == COR_OK; each = each->next)
                status = lead(search, from, each->wanted, file, line);
        }
    }
    return status;
}

static enum cor_status search_inlines(struct search *search)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < search->recogniser->files.count && status == COR_OK; i++) {
        const struct cor_census_file *file = search->recogniser->files.items[i];
        const struct cor_census *census = &search->recogniser->censuses[file->worker];
        for (size_t j = 0; j < file->inlines.count && status == COR_OK; j++) {
            const struct cor_inline *each = &census->inlines.items[file->inlines.first + j];
            status = search_body(search, each->name, each->body, file, each->line);
        }
    }
    return status;
}

static enum cor_status search_macros(struct search *search)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < search->recogniser->files.count && status == COR_OK; i++) {
        const struct cor_census_file *file = search->recogniser->files.items[i];
        const struct cor_census *census = &search->recogniser->censuses[file->worker];
        for (size_t j = 0; j < file->macros.count && status == COR_OK; j++) {
            const struct cor_macro *macro = &census->macros.items[file->macros.first + j];
            status = search_body(search, macro->name, macro->body, file, macro->line);
        }
    }
    return status;
}

static int kept_order(const void *a, const void *b)
{
    const struct cor_kept *x = a, *y = b;
    if (x->file->index != y->file->index)
        return x->file->index < y->file->index ? -1 : 1;
    return x->line == y->line ? 0 : x->line < y->line ? -1 : 1;
}

static enum cor_status gather_definitions(struct cor_recogniser *recogniser,
                                          struct cor_evidence *evidence)
{
    uint64_t value;
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        const struct cor_census *census = &recogniser->censuses[i];
        for (size_t j = 0; j < census->kept.count; j++)
            if (cor_map_get(evidence->wanted, census->kept.items[j].name, &value) &&
                cor_array_add(&evidence->definitions, census->kept.items[j]) != COR_OK)
                return COR_NOMEM;
    }
    if (evidence->definitions.count)
        qsort(evidence->definitions.items, evidence->definitions.count,
              sizeof *evidence->definitions.items, kept_order);
    return COR_OK;
}

enum cor_status cor_evidence_prepare(struct cor_recogniser *recogniser,
                                     struct cor_evidence *evidence)
{
    for (size_t i = 0; i < evidence->wanted->slot_count; i++)
        if (evidence->wanted->slots[i].key)
            mark(evidence, cor_name_slice(evidence->wanted->slots[i].key));
    cor_pasted_prepare(evidence);
    struct search search = {recogniser, evidence, true};
    enum cor_status status = COR_OK;
    for (unsigned level = 0; level < LEVELS && search.added && status == COR_OK; level++) {
        search.added = false;
        status = search_inlines(&search);
        if (status == COR_OK)
            status = search_macros(&search);
    }
    if (status == COR_OK)
        status = cor_bodies_macros(recogniser, evidence);
    return status == COR_OK ? gather_definitions(recogniser, evidence) : status;
}
