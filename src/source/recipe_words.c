// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which units no recipe of the release compiles: the recipe of their folder names others one by
// one, and no recipe anywhere so much as mentions their name.
#include <stdlib.h>

#include "source/build_text.h"
#include "source/chars.h"
#include "source/finish.h"

static bool is_name(char c)
{
    return cor_is_word(c) || c == '-' || c == '+' || c == '.' || c == '@';
}

static bool ends_unit(struct cor_slice word)
{
    static const struct cor_slice endings[] = {{".o", 2},  {".c", 2},   {".lo", 3}, {".S", 2},
                                               {".cc", 3}, {".cpp", 4}, {".obj", 4}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (word.size > endings[i].size && cor_slice_ends(word, endings[i]))
            return true;
    return false;
}

static struct cor_slice stem_of(struct cor_slice name)
{
    const char *dot = name.size > 1 ? memrchr(name.data + 1, '.', name.size - 1) : NULL;
    return dot ? cor_slice(name.data, (size_t)(dot - name.data)) : name;
}

// Names that are not written out.
static bool is_wild(struct cor_slice text)
{
    static const char *const signs[] = {
        "*.c",       "*.o",     "*.S",        "*.cpp",    "*.cc",   "%.o",
        "%.c",       ").o",     ").c",        "}.o",      "}.c",    "wildcard",
        "GLOB",      "glob(",   "foreach",    "patsubst", "subst ", "addprefix",
        "addsuffix", "$(shell", "files(find", "@.o",      "@.c",
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (memmem(text.data, text.size, signs[i], strlen(signs[i])))
            return true;
    return false;
}

enum cor_status cor_census_recipe_words(struct cor_census *census, struct cor_slice text)
{
    const char *at = text.data, *end = text.data + text.size;
    bool names = false;
    while (at < end) {
        const char *begin = at;
        while (at < end && is_name(*at))
            at++;
        struct cor_slice word = cor_slice(begin, (size_t)(at - begin));
        if (at == begin) {
            at++;
            continue;
        }
        names |= ends_unit(word);
        if (cor_array_add(&census->mentioned, cor_hash_text(stem_of(word))) != COR_OK ||
            cor_array_add(&census->mentioned, cor_hash_text(word)) != COR_OK)
            return COR_NOMEM;
    }
    census->file->recipe = is_wild(text) ? COR_RECIPE_WILD
                           : names       ? COR_RECIPE_NAMES
                                         : COR_RECIPE_NONE;
    return COR_OK;
}

static int hash_order(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

struct folder {
    uint32_t hash;
    bool names, wild;
};

static int folder_order(const void *a, const void *b)
{
    const struct folder *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

typedef COR_ARRAY(uint32_t) hash_list;
typedef COR_ARRAY(struct folder) folder_list;

static uint32_t folder_of(const struct cor_census_file *file)
{
    return cor_hash_text(cor_slice(file->path, file->path_size - file->base.size)) +
           file->input * 0x9e3779b1u;
}

static enum cor_status gather(const struct cor_recogniser *recogniser, hash_list *mentioned,
                              folder_list *folders)
{
    for (unsigned i = 0; i < recogniser->options.worker_count; i++)
        for (size_t k = 0; k < recogniser->censuses[i].mentioned.count; k++)
            if (cor_array_add(mentioned, recogniser->censuses[i].mentioned.items[k]) != COR_OK)
                return COR_NOMEM;
    for (size_t i = 0; i < recogniser->files.count; i++) {
        const struct cor_census_file *file = recogniser->files.items[i];
        const struct folder folder = {folder_of(file), file->recipe == COR_RECIPE_NAMES,
                                      file->recipe == COR_RECIPE_WILD};
        if (file->recipe != COR_RECIPE_NONE && cor_array_add(folders, folder) != COR_OK)
            return COR_NOMEM;
    }
    if (mentioned->count)
        qsort(mentioned->items, mentioned->count, sizeof *mentioned->items, hash_order);
    if (folders->count)
        qsort(folders->items, folders->count, sizeof *folders->items, folder_order);
    return COR_OK;
}

// Whether some recipe of the folder names units, and all of them name them one by one.
static bool names_all(const folder_list *folders, uint32_t hash)
{
    bool names = false;
    size_t low = 0, high = folders->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (folders->items[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < folders->count && folders->items[low].hash == hash; low++) {
        if (folders->items[low].wild)
            return false;
        names |= folders->items[low].names;
    }
    return names;
}

static bool is_unit(const struct cor_source_file *file)
{
    return !file->header && !file->included &&
           (file->language == COR_LANGUAGE_C || file->language == COR_LANGUAGE_CXX ||
            file->language == COR_LANGUAGE_ASSEMBLY);
}

enum cor_status cor_mark_unbuilt(const struct cor_recogniser *recogniser,
                                 struct cor_source_facts *facts)
{
    hash_list mentioned = {0};
    folder_list folders = {0};
    enum cor_status status = gather(recogniser, &mentioned, &folders);
    for (size_t i = 0; status == COR_OK && i < recogniser->files.count; i++) {
        const struct cor_census_file *from = recogniser->files.items[i];
        uint32_t stem = cor_hash_text(stem_of(from->base));
        facts->files.items[i].unbuilt =
            is_unit(&facts->files.items[i]) && names_all(&folders, folder_of(from)) &&
            !bsearch(&stem, mentioned.items, mentioned.count, sizeof stem, hash_order);
    }
    cor_array_dispose(&mentioned);
    cor_array_dispose(&folders);
    return status;
}
