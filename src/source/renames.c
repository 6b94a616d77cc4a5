// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Names that the preprocessor or an assembler label changes: "#define old new" where a function
// called `old` is defined in a file that can see it, and `int old(void) asm("new")`.
#include "source/renames.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "source/chars.h"

static uint64_t name_hash(struct cor_slice name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * 0x100000001b3u;
    return hash;
}

// A sieve for hashes of names: it may say yes wrongly, never no.
enum { SIEVE_BITS = 1 << 22, SIEVE_BYTES = SIEVE_BITS / 8 };

static void sieve_add(uint64_t *sieve, uint64_t hash)
{
    sieve[hash % SIEVE_BITS / 64] |= (uint64_t)1 << hash % 64;
}

static bool in_sieve(const uint64_t *sieve, uint64_t hash)
{
    return sieve[hash % SIEVE_BITS / 64] >> hash % 64 & 1;
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
        const struct cor_macro *macro = cor_macro_find(&recogniser->macros.own, word);
        if (!macro || macro->next || macro->function_like || !is_one_word(macro->body))
            break;
        word = macro->body;
    }
    return word;
}

enum cor_status cor_rename_add(struct cor_recogniser *recogniser, struct cor_rename_list *list,
                               struct cor_slice from, struct cor_slice to,
                               const struct cor_census_file *file, enum cor_reach reach)
{
    enum cor_status status = COR_OK;
    const struct cor_name *name = cor_wanted_name(recogniser, to, &status);
    if (!name || cor_slice_same(from, to))
        return status;
    return cor_array_add(list, (struct cor_name_change){name_hash(from), name, file, from, reach});
}

// "#define mtype_add TOKEN(MTYPE, _add)": what the name becomes must be worked out.
struct composed {
    struct cor_recogniser *recogniser;
    struct cor_rename_list *list;
    const struct cor_macro *macro;
};

// TOKEN(a, _b) whose TOKEN nothing defines: the names have a and _b in them.
static enum cor_status note_unknown(const struct composed *composed, struct cor_slice call)
{
    char pattern[256] = "*";
    size_t size = 1, begin = first_word(call).size;
    if (!begin || begin == call.size || call.data[begin] != '(' ||
        !cor_is(call.data[0], COR_CHAR_LETTER) ||
        cor_macro_find(&composed->recogniser->macros.own, first_word(call)))
        return COR_OK;
    for (size_t i = begin; i < call.size && size + 3 < sizeof pattern; i++) {
        if (!cor_is_word(call.data[i]) && !strchr("(), ", call.data[i]))
            return COR_OK; // an expression
        if (cor_is_word(call.data[i]))
            pattern[size++] = call.data[i];
        else if (pattern[size - 1] != '*')
            pattern[size++] = '*';
    }
    struct cor_census *census = &composed->recogniser->censuses[0];
    if (size < 6)
        return COR_OK;
    const char *kept = cor_arena_text(&census->arena, cor_slice(pattern, size));
    if (!kept)
        return COR_NOMEM;
    return cor_array_add(&census->gaps,
                         (struct cor_census_gap){composed->macro->file, composed->macro->line, kept,
                                                 "a macro that the source does not define", NULL});
}

static enum cor_status take_composed(void *context, struct cor_slice result)
{
    struct composed *composed = context;
    result = cor_slice_trim(result);
    if (result.size && result.data[result.size - 1] == ')')
        return note_unknown(composed, result);
    return is_one_word(result)
               ? cor_rename_add(composed->recogniser, composed->list, composed->macro->name, result,
                                composed->macro->file, COR_REACH_SEEN)
               : COR_OK;
}

static bool is_composed(const struct cor_macro *macro)
{
    size_t size = macro->body.size, word = first_word(macro->body).size;
    return !macro->function_like && word > 0 && word < size && macro->body.data[size - 1] == ')' &&
           macro->body.data[word] == '(' && cor_is(macro->body.data[0], COR_CHAR_LETTER);
}

static enum cor_status collect_composed(struct cor_recogniser *recogniser,
                                        struct cor_rename_list *list, const uint64_t *defined)
{
    struct cor_expander expander;
    enum cor_status status = COR_OK;
    cor_expander_init(&expander, &recogniser->macros, recogniser->includes_of,
                      &recogniser->censuses[0].arena);
    for (size_t i = 0; i < recogniser->files.count && status == COR_OK; i++) {
        const struct cor_census_file *file = recogniser->files.items[i];
        const struct cor_census *census = &recogniser->censuses[file->worker];
        for (size_t j = 0; j < file->macros.count && status == COR_OK; j++) {
            const struct cor_macro *macro = &census->macros.items[file->macros.first + j];
            if (!is_composed(macro) || !in_sieve(defined, name_hash(macro->name)))
                continue;
            struct composed composed = {recogniser, list, macro};
            status = cor_expand(&expander, file, macro->name, false, take_composed, &composed);
        }
    }
    cor_expander_dispose(&expander);
    return status;
}

static enum cor_status collect(struct cor_recogniser *recogniser, struct cor_rename_list *list)
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
                status = cor_rename_add(recogniser, list, macro->name, word, file, COR_REACH_SEEN);
            struct cor_slice last = last_name(recogniser, word);
            if (status == COR_OK && !macro->function_like && is_one_word(macro->body) &&
                !cor_slice_same(last, word))
                status = cor_rename_add(recogniser, list, macro->name, last, file, COR_REACH_SEEN);
        }
        for (size_t j = 0; j < file->labels.count && status == COR_OK; j++) {
            const struct cor_rename *label = &census->labels.items[file->labels.first + j];
            status = cor_rename_add(recogniser, list, label->from, label->to, file, COR_REACH_ANY);
        }
        if (status != COR_OK)
            return status;
    }
    return COR_OK;
}

static int rename_order(const void *a, const void *b)
{
    const struct cor_name_change *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    if (x->file->index != y->file->index)
        return x->file->index < y->file->index ? -1 : 1;
    return cor_name_order(x->to, y->to);
}

static const struct cor_name_change *first_of(const struct cor_rename_list *list, uint64_t hash)
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

static bool is_recipe(const struct cor_census_file *file)
{
    return file->language != COR_LANGUAGE_C && file->language != COR_LANGUAGE_CXX &&
           file->language != COR_LANGUAGE_ASSEMBLY;
}

// Whether the rename can be in force where `file` is compiled.
static bool reaches(const struct cor_recogniser *recogniser, const struct cor_census_file *file,
                    const struct cor_name_change *rename)
{
    const struct cor_census_file *by = rename->file;
    if (rename->reach != COR_REACH_SEEN)
        return rename->reach == COR_REACH_ANY || file->input == by->input;
    if (file == by || cor_census_includes(file, by, recogniser->includes_of) ||
        cor_census_includes(by, file, recogniser->includes_of))
        return true;
    // A header of the same folder, or of one above, that others pull in; a recipe likewise.
    size_t folder = (size_t)(by->base.data - by->path);
    if (file->input != by->input || strncmp(file->path, by->path, folder) != 0)
        return false;
    return is_recipe(by) || (by->header && folder > 0);
}

static enum cor_status apply(struct cor_recogniser *recogniser, const struct cor_rename_list *list,
                             struct cor_census_file *file, const struct cor_seen *seen)
{
    struct cor_census *out = &recogniser->censuses[0];
    for (const struct cor_name_change *rename = first_of(list, seen->hash);
         rename && rename < list->items + list->count && rename->hash == seen->hash; rename++) {
        if (!reaches(recogniser, file, rename))
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

static void sieve_definitions(const struct cor_recogniser *recogniser, uint64_t *sieve)
{
    for (unsigned i = 0; i < recogniser->options.worker_count; i++)
        for (size_t j = 0; j < recogniser->censuses[i].seen.count; j++)
            sieve_add(sieve, recogniser->censuses[i].seen.items[j].hash);
}

// The sieve keeps most of a million definitions from the search.
static enum cor_status apply_all(struct cor_recogniser *recogniser,
                                 const struct cor_rename_list *list, uint64_t *sieve)
{
    enum cor_status status = COR_OK;
    memset(sieve, 0, SIEVE_BYTES);
    for (size_t i = 0; i < list->count; i++)
        sieve_add(sieve, list->items[i].hash);
    for (size_t i = 0; i < recogniser->files.count && status == COR_OK; i++) {
        struct cor_census_file *file = recogniser->files.items[i];
        const struct cor_census *census = &recogniser->censuses[file->worker];
        for (size_t j = 0; j < file->seen.count && status == COR_OK; j++) {
            const struct cor_seen *seen = &census->seen.items[file->seen.first + j];
            if (in_sieve(sieve, seen->hash))
                status = apply(recogniser, list, file, seen);
        }
    }
    return status;
}

enum cor_status cor_apply_renames(struct cor_recogniser *recogniser)
{
    struct cor_rename_list list = {0};
    uint64_t *sieve = cor_alloc_zero(1, SIEVE_BYTES);
    if (!sieve)
        return COR_NOMEM;
    sieve_definitions(recogniser, sieve);
    enum cor_status status = collect(recogniser, &list);
    if (status == COR_OK)
        status = collect_composed(recogniser, &list, sieve);
    if (status == COR_OK)
        status = cor_collect_build_renames(recogniser, &list);
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, rename_order);
    if (status == COR_OK)
        status = apply_all(recogniser, &list, sieve);
    cor_free(sieve);
    cor_array_dispose(&list);
    return status;
}
