// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Names that the preprocessor or an assembler label changes: "#define old new" where a function
// called `old` is defined in a file that can see it, and `int old(void) asm("new")`.
#include "source/finish.h"

#include <stdlib.h>

#include "source/chars.h"

struct rename {
    uint64_t hash; // of the old name, as in struct cor_seen
    const struct cor_name *to;
    const struct cor_census_file *file;
    struct cor_slice from;
    bool label;
};

typedef COR_ARRAY(struct rename) rename_list;

static uint64_t name_hash(struct cor_slice name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * 0x100000001b3u;
    return hash;
}

static bool is_one_word(struct cor_slice text)
{
    if (!text.size || !cor_is(text.data[0], COR_CHAR_LETTER))
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!cor_is_word(text.data[i]))
            return false;
    return true;
}

static struct cor_slice first_word(struct cor_slice text)
{
    size_t size = 0;
    while (size < text.size && cor_is_word(text.data[size]))
        size++;
    return cor_slice(text.data, size);
}

// One rename may stand behind another: "#define f g" and "#define g prefix_g".
static struct cor_slice last_name(const struct cor_recogniser *recogniser, struct cor_slice word)
{
    enum { STEPS = 4 };
    for (int i = 0; i < STEPS; i++) {
        const struct cor_macro *macro = cor_macro_find(&recogniser->macros, word);
        if (!macro || macro->next || macro->function_like || !is_one_word(macro->body))
            break;
        word = macro->body;
    }
    return word;
}

static enum cor_status add_rename(struct cor_recogniser *recogniser, rename_list *list,
                                  struct cor_slice from, struct cor_slice to,
                                  const struct cor_census_file *file, bool label)
{
    enum cor_status status = COR_OK;
    const struct cor_name *name = cor_wanted_name(recogniser, to, &status);
    if (!name || cor_slice_same(from, to))
        return status;
    return cor_array_add(list, (struct rename){name_hash(from), name, file, from, label});
}

static enum cor_status collect(struct cor_recogniser *recogniser, rename_list *list)
{
    for (size_t i = 0; i < recogniser->files.count; i++) {
        const struct cor_census_file *file = recogniser->files.items[i];
        const struct cor_census *census = &recogniser->censuses[file->worker];
        enum cor_status status = COR_OK;
        for (size_t j = 0; j < file->macros.count && status == COR_OK; j++) {
            const struct cor_macro *macro = &census->macros.items[file->macros.first + j];
            struct cor_slice word = first_word(macro->body);
            bool comment = word.size < macro->body.size &&
                           memmem(macro->body.data, macro->body.size, "/*", 2) != NULL &&
                           !memchr(macro->body.data, '(', word.size);
            if (!macro->function_like && (is_one_word(macro->body) || (word.size && comment)))
                status = add_rename(recogniser, list, macro->name, word, file, false);
            struct cor_slice last = last_name(recogniser, word);
            if (status == COR_OK && !macro->function_like && is_one_word(macro->body) &&
                !cor_slice_same(last, word))
                status = add_rename(recogniser, list, macro->name, last, file, false);
        }
        for (size_t j = 0; j < file->labels.count && status == COR_OK; j++) {
            const struct cor_rename *label = &census->labels.items[file->labels.first + j];
            status = add_rename(recogniser, list, label->from, label->to, file, true);
        }
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

static int rename_order(const void *a, const void *b)
{
    const struct rename *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->file->index != y->file->index)
        return x->file->index < y->file->index ? -1 : 1;
    return cor_name_order(x->to, y->to);
}

static const struct rename *first_of(const rename_list *list, uint64_t hash)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < list->count && list->items[low].hash == hash ? &list->items[low] : NULL;
}

// Whether the rename in `by` can be in force where `file` is compiled.
static bool reaches(const struct cor_recogniser *recogniser, const struct cor_census_file *file,
                    const struct cor_census_file *by)
{
    if (file == by || cor_census_includes(file, by, recogniser->includes_of) ||
        cor_census_includes(by, file, recogniser->includes_of))
        return true;
    // A header of the same folder, or of one above, that others pull in.
    size_t folder = (size_t)(by->base.data - by->path);
    return by->header && file->input == by->input && folder > 0 &&
           strncmp(file->path, by->path, folder) == 0;
}

static enum cor_status apply(struct cor_recogniser *recogniser, const rename_list *list,
                             struct cor_census_file *file, const struct cor_seen *seen)
{
    struct cor_census *out = &recogniser->censuses[0];
    for (const struct rename *rename = first_of(list, seen->hash);
         rename && rename < list->items + list->count && rename->hash == seen->hash; rename++) {
        if (!rename->label && !reaches(recogniser, file, rename->file))
            continue;
        struct cor_kept kept = {.how = COR_HOW_RENAMED,
                                .linkage = seen->linkage,
                                .data = seen->data != 0,
                                .active = seen->active != 0,
                                .through = rename->from.data};
        out->file = file;
        enum cor_status status =
            cor_census_define(out, cor_name_slice(rename->to), seen->line, &kept);
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

enum cor_status cor_apply_renames(struct cor_recogniser *recogniser)
{
    rename_list list = {0};
    enum cor_status status = collect(recogniser, &list);
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, rename_order);
    // A small sieve keeps most of a million definitions from the search.
    static const uint64_t sieve_bits = 1 << 16;
    uint64_t sieve[(1 << 16) / 64] = {0};
    for (size_t i = 0; i < list.count; i++)
        sieve[list.items[i].hash % sieve_bits / 64] |= (uint64_t)1 << list.items[i].hash % 64;
    for (size_t i = 0; i < recogniser->files.count && status == COR_OK; i++) {
        struct cor_census_file *file = recogniser->files.items[i];
        const struct cor_census *census = &recogniser->censuses[file->worker];
        for (size_t j = 0; j < file->seen.count && status == COR_OK; j++) {
            const struct cor_seen *seen = &census->seen.items[file->seen.first + j];
            if (sieve[seen->hash % sieve_bits / 64] >> seen->hash % 64 & 1)
                status = apply(recogniser, &list, file, seen);
        }
    }
    cor_array_dispose(&list);
    return status;
}
