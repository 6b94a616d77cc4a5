// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Prints: of the bodies of names of interest; of macros and of a header's inline functions by their
// names, since their code stands within the former's; of what else a file holds as a whole.
#include <stdlib.h>

#include "source/finish.h"

static bool makes_prints(const struct cor_census *census)
{
    return census->recogniser->sieve.words && !census->recogniser->finished;
}

static void clear(struct cor_body_words *words)
{
    words->list.count = words->calls.count = 0;
    words->size = 0;
}

static enum cor_status print_of(struct cor_census *census, struct cor_slice text,
                                const struct cor_print **ret_print)
{
    struct cor_body_words *words = &census->body;
    clear(words);
    enum cor_status status = cor_body_words_add(words, &census->recogniser->sieve, text);
    // "#define old new"
    if (status == COR_OK && words->size == 1 && !words->calls.count)
        status = cor_array_add(&words->calls, cor_print_name(cor_slice_trim(text)));
    if (status != COR_OK)
        return status;
    *ret_print = cor_print_make(&census->prints, &words->list, &words->calls, words->size);
    return *ret_print ? COR_OK : COR_NOMEM;
}

// The record that was made where the body began, if its name is of interest.
static struct cor_kept *record_of(struct cor_census *census, struct cor_slice name)
{
    enum { BACK = 8 };
    for (size_t i = 0; i < BACK && i < census->kept.count; i++) {
        struct cor_kept *kept = &census->kept.items[census->kept.count - 1 - i];
        if (kept->file != census->file)
            return NULL;
        if (!kept->print && !kept->data && cor_slice_same(cor_name_slice(kept->name), name))
            return kept;
    }
    return NULL;
}

static enum cor_status add_helper(struct cor_census *census, struct cor_slice name,
                                  struct cor_slice text)
{
    if (cor_array_add(&census->helpers.calls, cor_print_name(name)) != COR_OK)
        return COR_NOMEM;
    return cor_body_words_add(&census->helpers, &census->recogniser->sieve, text);
}

static enum cor_status add_word(struct cor_census *census, struct cor_slice name,
                                struct cor_slice text)
{
    struct cor_word_print word = {.word = cor_print_name(name)};
    if (!name.size || !text.size)
        return COR_OK;
    enum cor_status status = print_of(census, text, &word.print);
    return status == COR_OK ? cor_array_add(&census->words, word) : status;
}

static enum cor_status add_other(struct cor_census *census, struct cor_slice name,
                                 struct cor_slice text)
{
    return census->file->header ? add_word(census, name, text) : add_helper(census, name, text);
}

enum cor_status cor_census_print_body(struct cor_census *census, const struct cor_found *found)
{
    if (!makes_prints(census))
        return COR_OK;
    struct cor_kept *kept = record_of(census, found->name);
    if (!kept)
        return add_other(census, found->name, found->target);
    enum cor_status status = print_of(census, found->target, &kept->print);
    if (status == COR_OK && census->file->header)
        status = cor_array_add(&census->words,
                               (struct cor_word_print){cor_print_name(found->name), kept->print});
    return status;
}

// Numbers and casts make no code.
static bool may_call(struct cor_slice body)
{
    for (size_t i = 0; i < body.size; i++)
        if ((body.data[i] | 32) >= 'a' && (body.data[i] | 32) <= 'z')
            return true;
    return false;
}

enum cor_status cor_census_print_macro(struct cor_census *census, const struct cor_found *found)
{
    if (!makes_prints(census) || !may_call(found->target))
        return COR_OK;
    return add_other(census, found->name, found->target);
}

enum cor_status cor_census_print_end(struct cor_census *census)
{
    struct cor_body_words *words = &census->helpers;
    if (words->list.count || words->calls.count) {
        census->file->helpers =
            cor_print_make(&census->prints, &words->list, &words->calls, words->size);
        if (!census->file->helpers)
            return COR_NOMEM;
    }
    clear(words);
    return COR_OK;
}

// By word; what follows keeps the order apart from the workers'.
static int word_order(const void *a, const void *b)
{
    const struct cor_word_print *x = a, *y = b;
    uint32_t more = x->print->count + x->print->calls, less = y->print->count + y->print->calls;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (more != less)
        return more > less ? -1 : 1;
    return memcmp(x->print->hashes, y->print->hashes, more * sizeof *x->print->hashes);
}

enum cor_status cor_fill_words(struct cor_recogniser *recogniser, struct cor_source_facts *facts)
{
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        struct cor_census *census = &recogniser->censuses[i];
        if (cor_array_reserve(&facts->words, census->words.count) != COR_OK)
            return COR_NOMEM;
        for (size_t k = 0; k < census->words.count; k++)
            facts->words.items[facts->words.count++] = census->words.items[k];
        cor_arena_adopt(&facts->arena, &census->prints);
    }
    if (facts->words.count)
        qsort(facts->words.items, facts->words.count, sizeof *facts->words.items, word_order);
    return COR_OK;
}
