// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/evidence.h"

#include "base/alloc.h"
#include "source/evidence_reader.h"

enum { LED_PER_TEXT = 16 };

void cor_evidence_free(struct cor_evidence *evidence)
{
    if (!evidence)
        return;
    for (unsigned i = 0; evidence->shares && i < evidence->share_count; i++) {
        struct cor_evidence_share *share = &evidence->shares[i];
        cor_arena_dispose(&share->arena);
        cor_array_dispose(&share->declarations);
        cor_array_dispose(&share->uses);
        cor_array_dispose(&share->excerpts);
        cor_array_dispose(&share->admissions);
        cor_array_dispose(&share->bodies);
        cor_array_dispose(&share->steps);
        cor_bodies_dispose(&share->seen);
        cor_text_dispose(&share->text);
        cor_map_dispose(&share->led);
        cor_map_dispose(&share->pasting);
        cor_outside_dispose(&share->outside);
    }
    pthread_mutex_destroy(&evidence->lock);
    cor_arena_dispose(&evidence->arena);
    cor_map_dispose(&evidence->through);
    cor_array_dispose(&evidence->definitions);
    cor_free(evidence->shares);
    cor_free(evidence);
}

struct cor_evidence *cor_evidence_new(unsigned share_count)
{
    struct cor_evidence *evidence = cor_alloc_zero(1, sizeof *evidence);
    if (!evidence)
        return NULL;
    pthread_mutex_init(&evidence->lock, NULL);
    evidence->shares = cor_alloc_zero(share_count, sizeof *evidence->shares);
    evidence->share_count = share_count;
    if (!evidence->shares) {
        cor_evidence_free(evidence);
        return NULL;
    }
    return evidence;
}

static enum cor_status prepare(struct cor_recogniser *recogniser, const struct cor_map *wanted)
{
    struct cor_evidence *evidence = recogniser->evidence;
    pthread_mutex_lock(&evidence->lock);
    if (!evidence->prepared) {
        evidence->prepared = true;
        evidence->wanted = wanted;
        evidence->prepare_status = cor_evidence_prepare(recogniser, evidence);
    }
    enum cor_status status = evidence->prepare_status;
    pthread_mutex_unlock(&evidence->lock);
    return status;
}

static uint32_t line_of(struct cor_reader *reader, const char *at)
{
    return cor_text_line(&reader->share->text, at);
}

enum cor_status cor_reader_excerpt(struct cor_reader *reader, uint32_t line)
{
    struct cor_evidence_share *share = reader->share;
    size_t count = share->excerpts.count;
    if (count && share->excerpts.items[count - 1].line == line &&
        share->excerpts.items[count - 1].file == reader->file->index)
        return COR_OK;
    struct cor_slice lines;
    struct cor_excerpt made = {.file = reader->file->index, .line = line};
    made.first_line = cor_text_around(&share->text, line, &lines);
    made.text = cor_arena_text(&share->arena, lines);
    return made.text ? cor_array_add(&share->excerpts, made) : COR_NOMEM;
}

const struct cor_name *cor_reader_wanted(const struct cor_reader *reader, struct cor_slice word,
                                         const struct cor_through **ret_through)
{
    *ret_through = NULL;
    uint64_t value;
    if (!cor_evidence_sieve(reader->evidence, word))
        return NULL;
    const struct cor_name *name = cor_names_find(reader->recogniser->options.names, word);
    if (!name)
        return NULL;
    if (cor_map_get(reader->evidence->wanted, name, &value))
        return name;
    if (cor_map_get(&reader->evidence->through, name, &value))
        *ret_through = (const struct cor_through *)(uintptr_t)value;
    return NULL;
}

enum cor_status cor_reader_use(struct cor_reader *reader, const struct cor_use *what,
                               const char *at)
{
    struct cor_use use = *what;
    struct cor_evidence_share *share = reader->share;
    use.file = reader->file->index;
    use.line = line_of(reader, at);
    if (reader->parser.function.size) {
        use.function = cor_arena_text(&share->arena, reader->parser.function);
        if (!use.function)
            return COR_NOMEM;
    }
    if (use.through) {
        use.through = cor_arena_text(&share->arena, cor_slice_text(use.through));
        if (!use.through)
            return COR_NOMEM;
    }
    enum cor_status status = cor_array_add(&share->uses, use);
    if (status == COR_OK && !use.through)
        status = cor_reader_admissions(reader, use.name, at);
    return status == COR_OK ? cor_reader_excerpt(reader, use.line) : status;
}

// A name that is at the bottom of a much-used macro must not drown the rest.
static enum cor_status has_room(struct cor_reader *reader, const struct cor_name *name,
                                bool *ret_room)
{
    struct cor_map *led = &reader->share->led;
    uint64_t text = ((uint64_t)reader->file->index + 1) << 32, count = 0;
    if (!cor_map_get(led, name, &count) || count < text || count >> 32 != text >> 32)
        count = text;
    *ret_room = count - text < LED_PER_TEXT;
    reader->share->left_out += !*ret_room;
    return *ret_room ? cor_map_put(led, name, count + 1) : COR_OK;
}

enum cor_status cor_reader_uses(struct cor_reader *reader, const struct cor_name *name,
                                const struct cor_through *through, const char *at,
                                struct cor_use use)
{
    use.name = name;
    if (name)
        return cor_reader_use(reader, &use, at);
    enum cor_status status = COR_OK;
    for (; through && status == COR_OK; through = through->next) {
        use.name = through->wanted;
        use.through = through->place;
        bool room;
        status = has_room(reader, use.name, &room);
        if (status == COR_OK && room)
            status = cor_reader_use(reader, &use, at);
    }
    return status;
}

enum cor_status cor_reader_declaration(struct cor_reader *reader, const struct cor_name *name,
                                       const char *at, bool data)
{
    struct cor_declaration declaration = {
        .name = name, .file = reader->file->index, .line = line_of(reader, at), .data = data};
    enum cor_status status = cor_array_add(&reader->share->declarations, declaration);
    if (status == COR_OK)
        status = cor_reader_admissions(reader, name, at);
    return status == COR_OK ? cor_reader_excerpt(reader, declaration.line) : status;
}

static const struct cor_census_file *find_file(const struct cor_recogniser *recogniser,
                                               const struct cor_source_text *text)
{
    size_t low = 0, high = recogniser->files.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cor_census_file *file = recogniser->files.items[middle];
        int order = file->input != text->input ? (file->input < text->input ? -1 : 1)
                                               : strcmp(file->path, text->path);
        if (order == 0)
            return file;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static enum cor_status definition_excerpts(struct cor_reader *reader)
{
    const struct cor_evidence *evidence = reader->evidence;
    size_t low = 0, high = evidence->definitions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (evidence->definitions.items[middle].file->index < reader->file->index)
            low = middle + 1;
        else
            high = middle;
    }
    enum cor_status status = COR_OK;
    for (; low < evidence->definitions.count && status == COR_OK; low++) {
        if (evidence->definitions.items[low].file != reader->file)
            break;
        status = cor_reader_excerpt(reader, evidence->definitions.items[low].line);
    }
    return status;
}

enum cor_status cor_recogniser_evidence(struct cor_recogniser *recogniser,
                                        const struct cor_map *wanted,
                                        const struct cor_source_text *text, unsigned worker)
{
    if (!recogniser->evidence || worker >= recogniser->options.worker_count)
        return COR_USAGE;
    enum cor_status status = prepare(recogniser, wanted);
    if (status != COR_OK)
        return status;
    struct cor_reader reader = {.recogniser = recogniser,
                                .evidence = recogniser->evidence,
                                .share = &recogniser->evidence->shares[worker]};
    reader.file = find_file(recogniser, text);
    if (!reader.file)
        return COR_NOT_FOUND;
    status = cor_text_set(&reader.share->text, text->bytes, text->size);
    if (status == COR_OK)
        status = definition_excerpts(&reader);
    if (status != COR_OK)
        return status;
    if (reader.file->language == COR_LANGUAGE_C || reader.file->language == COR_LANGUAGE_CXX)
        return cor_evidence_c(&reader);
    return reader.file->language == COR_LANGUAGE_ASSEMBLY ? cor_evidence_assembly(&reader) : COR_OK;
}
