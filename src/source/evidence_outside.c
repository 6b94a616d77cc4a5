// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Names that bodies of C call and that no text of the release defines: a release alone.
#include <stdlib.h>

#include "source/chars.h"
#include "source/evidence_reader.h"
#include "source/words.h"

void cor_outside_dispose(struct cor_outside *outside)
{
    cor_map_dispose(&outside->called);
    cor_map_dispose(&outside->macros);
    cor_map_dispose(&outside->locals);
    cor_array_dispose(&outside->calls);
}

static enum cor_status intern(struct cor_reader *reader, struct cor_slice word,
                              const struct cor_name **ret_name)
{
    return cor_names_intern(reader->recogniser->options.names, word, ret_name);
}

// "handler_t word," or "(*word)": a parameter or a variable, of whatever type.
static bool declares(const struct cor_reader *reader, const struct cor_found *found, char next)
{
    const char *last = cor_reader_before(reader, found->at);
    if (!last || !memchr(",);=[", next, 5))
        return false;
    if (*last == '*')
        return next == ')';
    if (!cor_is_word(*last))
        return false;
    const char *word = last;
    while (word > reader->share->text.data && cor_is_word(word[-1]))
        word--;
    return cor_word_class(cor_slice(word, (size_t)(last - word + 1))) != COR_WORD_CONTROL;
}

static bool calls(struct cor_reader *reader, const struct cor_found *found, char next)
{
    return next == '(' && found->in_block && found->active &&
           cor_word_class(found->name) == COR_WORD_PLAIN &&
           !cor_slice_starts(found->name, COR_SLICE("__builtin_")) &&
           !cor_reader_is_member(reader, found->at) && !cor_reader_is_prototype(reader, found->at);
}

enum cor_status cor_outside_word(struct cor_reader *reader, const struct cor_found *found)
{
    struct cor_outside *outside = &reader->share->outside;
    const struct cor_name *name;
    const char *end = reader->share->text.data + reader->share->text.size;
    const char *after = cor_reader_skip_blanks(reader, found->name.data + found->name.size);
    if (found->in_string || reader->parser.cxx || after >= end)
        return COR_OK;
    bool call = calls(reader, found, *after);
    if (!call && !declares(reader, found, *after))
        return COR_OK;
    enum cor_status status = intern(reader, found->name, &name);
    if (status != COR_OK)
        return status;
    return call ? cor_array_add(&outside->calls, name)
                : cor_map_put(&outside->locals, name, (uint64_t)reader->file->index + 1);
}

enum cor_status cor_outside_define(struct cor_reader *reader, const struct cor_found *found)
{
    const struct cor_name *name;
    enum cor_status status = intern(reader, found->name, &name);
    return status == COR_OK ? cor_map_put(&reader->share->outside.macros, name, 1) : status;
}

enum cor_status cor_outside_settle(struct cor_reader *reader)
{
    struct cor_outside *outside = &reader->share->outside;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < outside->calls.count && status == COR_OK; i++) {
        const struct cor_name *name = outside->calls.items[i];
        uint64_t text = 0;
        if (!cor_map_get(&outside->locals, name, &text) ||
            text != (uint64_t)reader->file->index + 1)
            status = cor_map_put(&outside->called, name, 1);
    }
    outside->calls.count = 0;
    return status;
}

static bool is_known(const struct cor_evidence *evidence, const struct cor_source_facts *facts,
                     const struct cor_name *name)
{
    uint64_t value;
    for (unsigned i = 0; i < evidence->share_count; i++)
        if (cor_map_get(&evidence->shares[i].outside.macros, name, &value))
            return true;
    return cor_source_definitions(facts, name).count != 0;
}

static int order(const void *a, const void *b)
{
    const struct cor_name *const *x = a, *const *y = b;
    return cor_name_order(*x, *y);
}

enum cor_status cor_outside_finish(const struct cor_evidence *evidence,
                                   struct cor_source_facts *facts)
{
    for (unsigned i = 0; i < evidence->share_count; i++) {
        const struct cor_map *called = &evidence->shares[i].outside.called;
        for (size_t j = 0; j < called->slot_count; j++) {
            const struct cor_name *name = called->slots[j].key;
            if (name && !is_known(evidence, facts, name) &&
                cor_array_add(&facts->outside, name) != COR_OK)
                return COR_NOMEM;
        }
    }
    size_t kept = 0;
    if (facts->outside.count)
        qsort(facts->outside.items, facts->outside.count, sizeof *facts->outside.items, order);
    for (size_t i = 0; i < facts->outside.count; i++)
        if (!kept || facts->outside.items[kept - 1] != facts->outside.items[i])
            facts->outside.items[kept++] = facts->outside.items[i];
    facts->outside.count = kept;
    return COR_OK;
}
