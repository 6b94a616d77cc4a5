// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Uses of names that a macro puts together: CONCAT(pfx_, VERSION, _start)(x).
#include "source/evidence_reader.h"

#include "source/chars.h"
#include "source/words.h"

enum { ARGUMENTS_LIMIT = 400, LEVELS = 3, SHORTEST = 2 };

// Calls `take` with each part between underscores; stops when it says so.
static bool any_part(struct cor_slice word, bool (*take)(void *context, struct cor_slice part),
                     void *context)
{
    for (size_t i = 0; i < word.size;) {
        size_t begin = i;
        while (i < word.size && word.data[i] != '_' && cor_is_word(word.data[i]))
            i++;
        if (i - begin >= SHORTEST && take(context, cor_slice(word.data + begin, i - begin)))
            return true;
        i++;
    }
    return false;
}

static bool mark(void *context, struct cor_slice part)
{
    struct cor_evidence *evidence = context;
    uint32_t hash = cor_hash_text(part);
    evidence->parts[hash / 64 % 64] |= (uint64_t)1 << hash % 64;
    return false;
}

static bool is_marked(void *context, struct cor_slice part)
{
    const struct cor_evidence *evidence = context;
    uint32_t hash = cor_hash_text(part);
    return evidence->parts[hash / 64 % 64] >> hash % 64 & 1;
}

void cor_pasted_prepare(struct cor_evidence *evidence)
{
    for (size_t i = 0; i < evidence->wanted->slot_count; i++)
        if (evidence->wanted->slots[i].key)
            any_part(cor_name_slice(evidence->wanted->slots[i].key), mark, evidence);
}

static bool pastes(const struct cor_recogniser *recogniser, const struct cor_macro *macro,
                   unsigned level)
{
    for (; macro; macro = macro->next) {
        struct cor_slice body = macro->body;
        if (memmem(body.data, body.size, "##", 2))
            return true;
        for (size_t i = 0; level < LEVELS && i < body.size;) {
            size_t begin = i;
            while (i < body.size && cor_is_word(body.data[i]))
                i++;
            const struct cor_macro *inner =
                i > begin && i < body.size && body.data[i] == '('
                    ? cor_macro_find(&recogniser->macros.own,
                                     cor_slice(body.data + begin, i - begin))
                    : NULL;
            if (inner && inner != macro && pastes(recogniser, inner, level + 1))
                return true;
            i += i == begin;
        }
    }
    return false;
}

static bool does_paste(struct cor_reader *reader, const struct cor_macro *macro)
{
    uint64_t known;
    if (cor_map_get(&reader->share->pasting, macro, &known))
        return known != 0;
    known = pastes(reader->recogniser, macro, 0);
    enum cor_status kept = cor_map_put(&reader->share->pasting, macro, known);
    return kept == COR_OK && known; // without memory the next call fails
}

// "NAME(...)" with both parentheses; empty when it does not close soon.
static struct cor_slice invocation_at(const struct cor_reader *reader, struct cor_slice name)
{
    const char *end = reader->share->text.data + reader->share->text.size;
    const char *at = cor_reader_skip_blanks(reader, name.data + name.size);
    unsigned depth = 0;
    for (; at < end && at - name.data < ARGUMENTS_LIMIT; at++) {
        depth += *at == '(';
        depth -= *at == ')';
        if (!depth || *at == ';')
            break;
    }
    return at < end && *at == ')' ? cor_slice(name.data, (size_t)(at + 1 - name.data))
                                  : cor_slice(name.data, 0);
}

struct pasted {
    struct cor_reader *reader;
    struct cor_slice text;
    const char *place;
    struct cor_use use;
};

static enum cor_status take_result(void *context, struct cor_slice result)
{
    struct pasted *pasted = context;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < result.size && status == COR_OK;) {
        size_t begin = i;
        while (i < result.size && cor_is_word(result.data[i]))
            i++;
        struct cor_slice word = cor_slice(result.data + begin, i - begin);
        const struct cor_through *through;
        const struct cor_name *name =
            word.size ? cor_reader_wanted(pasted->reader, word, &through) : NULL;
        if (name && !memmem(pasted->text.data, pasted->text.size, word.data, word.size)) {
            pasted->use.name = name;
            status = cor_reader_use(pasted->reader, &pasted->use, pasted->text.data);
        }
        i += i == begin;
    }
    return status;
}

enum cor_status cor_pasted_word(struct cor_reader *reader, const struct cor_found *found)
{
    const struct cor_macro *macro = cor_macro_find(&reader->recogniser->macros.own, found->name);
    if (!macro || !macro->function_like || cor_macro_is_opaque(found->name) ||
        cor_word_class(found->name) != COR_WORD_PLAIN || !does_paste(reader, macro))
        return COR_OK;
    struct pasted pasted = {.reader = reader, .text = invocation_at(reader, found->name)};
    if (!pasted.text.size || !any_part(pasted.text, is_marked, reader->evidence))
        return COR_OK;
    const char *behind = cor_reader_skip_blanks(reader, pasted.text.data + pasted.text.size);
    pasted.use = (struct cor_use){.kind = *behind == '(' ? COR_REFKIND_CALL : COR_REFKIND_ADDRESS,
                                  .active = found->active};
    pasted.place = cor_arena_printf(&reader->share->arena, "%.*s (%s:%u)", (int)found->name.size,
                                    found->name.data, macro->file->path, macro->line);
    if (!pasted.place)
        return COR_NOMEM;
    pasted.use.through = pasted.place;
    struct cor_expander expander;
    cor_expander_init(&expander, &reader->recogniser->macros, reader->recogniser->includes_of,
                      &reader->share->arena);
    enum cor_status status =
        cor_expand(&expander, reader->file, pasted.text, false, take_result, &pasted);
    cor_expander_dispose(&expander);
    return status;
}
