// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which bodies lead to wanted names, and by which steps: what the compiler may have inlined.
#include <stdlib.h>

#include "source/chars.h"
#include "source/evidence_reader.h"
#include "source/words.h"

void cor_bodies_dispose(struct cor_bodies *bodies)
{
    cor_array_dispose(&bodies->words);
    cor_array_dispose(&bodies->bodies);
}

enum cor_status cor_bodies_word(struct cor_reader *reader, const struct cor_found *found,
                                bool leads)
{
    struct cor_bodies *seen = &reader->share->seen;
    struct cor_body_word word = {.word = found->name, .target = SIZE_MAX, .active = found->active};
    const struct cor_through *through;
    if (!reader->parser.function.size || found->in_string)
        return COR_OK;
    word.word = cor_without_builtin(found->name);
    if (word.word.size != found->name.size)
        leads = cor_reader_wanted(reader, word.word, &through) || through;
    word.call = *cor_reader_skip_blanks(reader, found->name.data + found->name.size) == '(';
    if (!leads && (!word.call || cor_word_class(found->name) != COR_WORD_PLAIN))
        return COR_OK;
    if (cor_reader_is_member(reader, found->at))
        return COR_OK;
    if (leads)
        word.name = cor_names_find(reader->recogniser->options.names, word.word);
    seen->leads |= leads;
    return cor_array_add(&seen->words, word);
}

enum cor_status cor_bodies_end(struct cor_reader *reader, const struct cor_found *found)
{
    struct cor_bodies *seen = &reader->share->seen;
    struct cor_body_seen body = {.name = found->name, .at = found->at, .first = seen->words.count};
    const char *begin = found->target.data;
    while (body.first && seen->words.items[body.first - 1].word.data >= begin)
        body.first--;
    body.count = seen->words.count - body.first;
    return body.count ? cor_array_add(&seen->bodies, body) : COR_OK;
}

static int slice_order(struct cor_slice a, struct cor_slice b)
{
    if (a.size != b.size)
        return a.size < b.size ? -1 : 1;
    return a.size ? memcmp(a.data, b.data, a.size) : 0;
}

static int seen_order(const void *a, const void *b)
{
    const struct cor_body_seen *x = a, *y = b;
    int order = slice_order(x->name, y->name);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

static size_t find_body(const struct cor_bodies *seen, struct cor_slice name)
{
    size_t low = 0, high = seen->bodies.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (slice_order(seen->bodies.items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < seen->bodies.count && cor_slice_same(seen->bodies.items[low].name, name)
               ? low
               : SIZE_MAX;
}

static bool word_leads(const struct cor_bodies *seen, const struct cor_body_word *word)
{
    if (word->name)
        return true;
    for (size_t i = word->target; i < seen->bodies.count; i++) {
        if (!cor_slice_same(seen->bodies.items[i].name, word->word))
            return false;
        if (seen->bodies.items[i].leads)
            return true;
    }
    return false;
}

// A body leads when one of its words does; those that do may make others lead.
static void mark_leading(struct cor_bodies *seen)
{
    for (size_t i = 0; i < seen->words.count; i++)
        if (!seen->words.items[i].name)
            seen->words.items[i].target = find_body(seen, seen->words.items[i].word);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < seen->bodies.count; i++) {
            struct cor_body_seen *body = &seen->bodies.items[i];
            for (size_t k = 0; k < body->count && !body->leads; k++)
                changed |= body->leads = word_leads(seen, &seen->words.items[body->first + k]);
        }
    }
}

static enum cor_status add_step(struct cor_reader *reader, const struct cor_body_word *word)
{
    struct cor_source_step step = {.name = word->name,
                                   .line = cor_text_line(&reader->share->text, word->word.data),
                                   .active = word->active,
                                   .call = word->call};
    enum cor_status status = COR_OK;
    if (!step.name)
        status = cor_names_intern(reader->recogniser->options.names, word->word, &step.name);
    return status == COR_OK ? cor_array_add(&reader->share->steps, step) : status;
}

static enum cor_status add_body(struct cor_reader *reader, const struct cor_body_seen *body)
{
    struct cor_evidence_share *share = reader->share;
    struct cor_source_body made = {.file = reader->file->index,
                                   .line = cor_text_line(&share->text, body->at),
                                   .first = share->steps.count};
    enum cor_status status =
        cor_names_intern(reader->recogniser->options.names, body->name, &made.name);
    for (size_t i = 0; i < body->count && status == COR_OK; i++)
        if (word_leads(&share->seen, &share->seen.words.items[body->first + i]))
            status = add_step(reader, &share->seen.words.items[body->first + i]);
    made.count = share->steps.count - made.first;
    return status == COR_OK ? cor_array_add(&share->bodies, made) : status;
}

enum cor_status cor_bodies_settle(struct cor_reader *reader)
{
    struct cor_bodies *seen = &reader->share->seen;
    enum cor_status status = COR_OK;
    if (seen->leads && seen->bodies.count) {
        qsort(seen->bodies.items, seen->bodies.count, sizeof *seen->bodies.items, seen_order);
        mark_leading(seen);
        for (size_t i = 0; i < seen->bodies.count && status == COR_OK; i++)
            if (seen->bodies.items[i].leads)
                status = add_body(reader, &seen->bodies.items[i]);
    }
    seen->words.count = seen->bodies.count = 0;
    seen->leads = false;
    return status;
}

static bool matters(const struct cor_evidence *evidence, const struct cor_name *name)
{
    uint64_t value;
    return name && (cor_map_get(evidence->wanted, name, &value) ||
                    cor_map_get(&evidence->through, name, &value));
}

static enum cor_status macro_steps(struct cor_recogniser *recogniser, struct cor_evidence *evidence,
                                   const struct cor_macro *macro)
{
    struct cor_evidence_share *share = &evidence->shares[0];
    enum cor_status status = COR_OK;
    struct cor_slice body = macro->body;
    for (size_t i = 0; i < body.size && status == COR_OK;) {
        size_t begin = i;
        while (i < body.size && cor_is_word(body.data[i]))
            i++;
        i += i == begin;
        struct cor_slice word = cor_without_builtin(cor_slice(body.data + begin, i - begin));
        if (!word.size || !cor_is(*word.data, COR_CHAR_LETTER) ||
            !cor_evidence_sieve(evidence, word))
            continue;
        const struct cor_name *name = cor_names_find(recogniser->options.names, word);
        struct cor_source_step step = {.name = name, .line = macro->line, .active = true};
        while (i < body.size && body.data[i] == ' ')
            i++;
        step.call = i < body.size && body.data[i] == '(';
        if (matters(evidence, name))
            status = cor_array_add(&share->steps, step);
    }
    return status;
}

static enum cor_status add_macro(struct cor_recogniser *recogniser, struct cor_evidence *evidence,
                                 const struct cor_macro *macro)
{
    struct cor_evidence_share *share = &evidence->shares[0];
    if (!cor_evidence_sieve(evidence, macro->name))
        return COR_OK;
    struct cor_source_body made = {.name = cor_names_find(recogniser->options.names, macro->name),
                                   .file = macro->file->index,
                                   .line = macro->line,
                                   .first = share->steps.count,
                                   .macro = true};
    if (!matters(evidence, made.name))
        return COR_OK;
    enum cor_status status = macro_steps(recogniser, evidence, macro);
    made.count = share->steps.count - made.first;
    return status == COR_OK && made.count ? cor_array_add(&share->bodies, made) : status;
}

enum cor_status cor_bodies_macros(struct cor_recogniser *recogniser, struct cor_evidence *evidence)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < recogniser->files.count && status == COR_OK; i++) {
        const struct cor_census_file *file = recogniser->files.items[i];
        const struct cor_census *census = &recogniser->censuses[file->worker];
        for (size_t j = 0; j < file->macros.count && status == COR_OK; j++)
            status = add_macro(recogniser, evidence, &census->macros.items[file->macros.first + j]);
    }
    return status;
}
