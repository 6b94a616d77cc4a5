// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/recogniser.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/interrupt.h"
#include "source/assembly.h"
#include "source/build_text.h"
#include "source/evidence.h"
#include "source/finish.h"
#include "source/language.h"
#include "source/licence_notice.h"
#include "source/licence_tag.h"

enum { FILES_PER_JOB = 32 };

static const size_t text_limit = (size_t)1 << 31;

struct cor_recogniser *cor_recogniser_new(const struct cor_recogniser_options *options)
{
    struct cor_recogniser *recogniser = cor_alloc_zero(1, sizeof *recogniser);
    unsigned count = options->worker_count ? options->worker_count : 1;
    if (!recogniser)
        return NULL;
    recogniser->options = *options;
    recogniser->options.worker_count = count;
    recogniser->censuses = cor_alloc_zero(count, sizeof *recogniser->censuses);
    recogniser->includes_of = cor_alloc_zero(count, sizeof *recogniser->includes_of);
    if (!recogniser->censuses || !recogniser->includes_of) {
        cor_recogniser_free(recogniser);
        return NULL;
    }
    for (unsigned i = 0; i < count; i++) {
        recogniser->censuses[i].recogniser = recogniser;
        recogniser->censuses[i].worker = i;
    }
    if (options->interest && cor_name_sieve_fill(&recogniser->sieve, options->interest) != COR_OK) {
        cor_recogniser_free(recogniser);
        return NULL;
    }
    return recogniser;
}

static void dispose_census(struct cor_census *census)
{
    cor_arena_dispose(&census->arena);
    cor_array_dispose(&census->files);
    cor_array_dispose(&census->macros);
    cor_array_dispose(&census->invocations);
    cor_array_dispose(&census->seen);
    cor_array_dispose(&census->kept);
    cor_array_dispose(&census->labels);
    cor_array_dispose(&census->includes);
    cor_array_dispose(&census->gaps);
    cor_array_dispose(&census->inlines);
    cor_array_dispose(&census->chunks);
    cor_body_words_dispose(&census->body);
    cor_body_words_dispose(&census->helpers);
    cor_array_dispose(&census->words);
    cor_array_dispose(&census->stated);
    cor_array_dispose(&census->mentioned);
    cor_arena_dispose(&census->prints);
    cor_array_dispose(&census->build_renames);
    cor_array_dispose(&census->downloads);
    cor_text_dispose(&census->text);
}

void cor_recogniser_free(struct cor_recogniser *recogniser)
{
    if (!recogniser)
        return;
    for (unsigned i = 0; recogniser->censuses && i < recogniser->options.worker_count; i++)
        dispose_census(&recogniser->censuses[i]);
    cor_evidence_free(recogniser->evidence);
    cor_gas_table_free(recogniser->gas);
    cor_macro_table_dispose(&recogniser->macros.own);
    cor_macro_table_dispose(&recogniser->macros.known);
    cor_array_dispose(&recogniser->files);
    cor_name_sieve_dispose(&recogniser->sieve);
    cor_free(recogniser->censuses);
    cor_free(recogniser->includes_of);
    cor_array_dispose(&recogniser->by_base);
    cor_free(recogniser);
}

typedef enum cor_status reader_fn(struct cor_census *census);

static reader_fn *const readers[] = {
    [COR_LANGUAGE_OTHER] = NULL,
    [COR_LANGUAGE_C] = cor_census_c,
    [COR_LANGUAGE_CXX] = cor_census_c,
    [COR_LANGUAGE_ASSEMBLY] = cor_census_assembly,
    [COR_LANGUAGE_LINKER_SCRIPT] = cor_census_linker_script,
    [COR_LANGUAGE_MAKE] = NULL,
    [COR_LANGUAGE_PATCH] = cor_census_patch,
    [COR_LANGUAGE_GENERATOR] = cor_census_generator,
    [COR_LANGUAGE_UNKNOWN_CODE] = cor_census_rust, // of the languages not read, in part
};

static enum cor_status read_licence(struct cor_census *census, struct cor_census_file *file,
                                    struct cor_slice content)
{
    struct cor_slice tag = cor_licence_tag(content);
    bool c = file->language == COR_LANGUAGE_C || file->language == COR_LANGUAGE_CXX;
    if (!tag.size)
        return cor_licence_notice(content, c, &census->arena, &file->notice, &file->licence_line);
    file->licence_line = 1;
    for (const char *at = content.data; at < tag.data; at++)
        file->licence_line += *at == '\n';
    file->licence = cor_arena_text(&census->arena, tag);
    return file->licence ? COR_OK : COR_NOMEM;
}

static enum cor_status new_file(struct cor_census *census, const struct cor_source_text *text)
{
    struct cor_census_file *file = cor_arena_alloc(&census->arena, 1, sizeof *file);
    const char *path = cor_arena_text(&census->arena, cor_slice_text(text->path));
    if (!file || !path)
        return COR_NOMEM;
    file->input = text->input;
    file->path = path;
    file->path_size = strlen(path);
    file->base = cor_path_base(path);
    file->base_hash = cor_hash_text(file->base);
    file->size = text->size;
    file->language = cor_source_language(path, text->bytes, text->size);
    file->header = cor_path_is_header(path);
    file->worker = census->worker;
    file->macros.first = census->macros.count;
    file->invocations.first = census->invocations.count;
    file->seen.first = census->seen.count;
    file->labels.first = census->labels.count;
    file->includes.first = census->includes.count;
    file->inlines.first = census->inlines.count;
    file->chunks.first = census->chunks.count;
    struct cor_slice content = cor_slice(text->bytes, text->size);
    if (read_licence(census, file, content) != COR_OK)
        return COR_NOMEM;
    if (file->language == COR_LANGUAGE_ASSEMBLY)
        file->compiler_output = cor_is_compiler_output(content);
    census->file = file;
    return cor_array_add(&census->files, file);
}

static void close_file(struct cor_census *census)
{
    struct cor_census_file *file = census->file;
    file->macros.count = census->macros.count - file->macros.first;
    file->invocations.count = census->invocations.count - file->invocations.first;
    file->seen.count = census->seen.count - file->seen.first;
    file->labels.count = census->labels.count - file->labels.first;
    file->includes.count = census->includes.count - file->includes.first;
    file->inlines.count = census->inlines.count - file->inlines.first;
    file->chunks.count = census->chunks.count - file->chunks.first;
}

// Beside what else it is: a shell script may both print source and call objcopy.
static enum cor_status read_recipe(struct cor_census *census, struct cor_slice text)
{
    census->through = NULL;
    census->how = COR_HOW_PLAIN;
    if (cor_is_build_text(census->file)) {
        enum cor_status status = cor_census_recipe_words(census, text);
        return status == COR_OK ? cor_census_build(census, text) : status;
    }
    return census->file->language == COR_LANGUAGE_OTHER ? cor_census_name_pairs(census, text)
                                                        : COR_OK;
}

enum cor_status cor_recogniser_census(struct cor_recogniser *recogniser,
                                      const struct cor_source_text *text, unsigned worker)
{
    if (worker >= recogniser->options.worker_count || recogniser->finished)
        return COR_USAGE;
    if (text->size > text_limit)
        return COR_LIMIT;
    struct cor_census *census = &recogniser->censuses[worker];
    enum cor_status status = new_file(census, text);
    if (status != COR_OK)
        return status;
    census->through = NULL;
    census->how = COR_HOW_PLAIN;
    census->line_base = 0;
    reader_fn *reader = readers[census->file->language];
    if (reader) {
        status = cor_text_set(&census->text, text->bytes, text->size);
        if (status == COR_OK)
            status = reader(census);
    }
    if (status == COR_OK)
        status = read_recipe(census, cor_slice(text->bytes, text->size));
    if (status == COR_OK)
        status = cor_census_stated(census, cor_slice(text->bytes, text->size));
    close_file(census);
    return status == COR_OK ? cor_census_print_end(census) : status;
}

static int file_order(const void *a, const void *b)
{
    const struct cor_census_file *const *x = a, *const *y = b;
    if ((*x)->input != (*y)->input)
        return (*x)->input < (*y)->input ? -1 : 1;
    return strcmp((*x)->path, (*y)->path);
}

static enum cor_status gather_files(struct cor_recogniser *recogniser)
{
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        struct cor_census *census = &recogniser->censuses[i];
        recogniser->includes_of[i] = census->includes.items;
        if (cor_array_reserve(&recogniser->files, census->files.count) != COR_OK)
            return COR_NOMEM;
        for (size_t j = 0; j < census->files.count; j++)
            recogniser->files.items[recogniser->files.count++] = census->files.items[j];
    }
    if (recogniser->files.count)
        qsort(recogniser->files.items, recogniser->files.count, sizeof *recogniser->files.items,
              file_order);
    for (size_t i = 0; i < recogniser->files.count; i++)
        recogniser->files.items[i]->index = cor_u32_clamp(i);
    return COR_OK;
}

static enum cor_status gather_macros(struct cor_recogniser *recogniser)
{
    for (size_t i = recogniser->files.count; i-- > 0;) {
        const struct cor_census_file *file = recogniser->files.items[i];
        struct cor_macro *macros =
            recogniser->censuses[file->worker].macros.items + file->macros.first;
        for (size_t j = file->macros.count; j-- > 0;)
            if (cor_macro_table_add(&recogniser->macros.own, &macros[j]) != COR_OK)
                return COR_NOMEM;
    }
    return cor_macro_table_add_known(&recogniser->macros.known, &recogniser->censuses[0].arena);
}

struct batch {
    struct cor_recogniser *recogniser;
    struct cor_finisher *finishers;
    unsigned finisher_count;
    size_t first, end;
};

static enum cor_status run_batch(void *job, unsigned worker)
{
    struct batch *batch = job;
    enum cor_status status = worker < batch->finisher_count ? COR_OK : COR_USAGE;
    for (size_t i = batch->first; i < batch->end && status == COR_OK; i++) {
        struct cor_census_file *file = batch->recogniser->files.items[i];
        status =
            cor_interrupted() ? COR_INTERRUPTED : cor_finish_file(&batch->finishers[worker], file);
    }
    cor_free(batch);
    return status;
}

static enum cor_status run_batches(struct cor_recogniser *recogniser, struct cor_workers *workers,
                                   struct cor_finisher *finishers)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < recogniser->files.count && status == COR_OK; i += FILES_PER_JOB) {
        struct batch *batch = cor_alloc(sizeof *batch);
        if (!batch) {
            status = COR_NOMEM;
            break;
        }
        size_t end = i + FILES_PER_JOB;
        if (end > recogniser->files.count)
            end = recogniser->files.count;
        *batch = (struct batch){recogniser, finishers, recogniser->options.worker_count, i, end};
        status = cor_workers_submit(workers, run_batch, batch, 1);
        if (status != COR_OK)
            cor_free(batch);
    }
    enum cor_status ended = cor_workers_wait(workers);
    return status == COR_OK ? ended : status;
}

static enum cor_status expand_everything(struct cor_recogniser *recogniser,
                                         struct cor_workers *workers)
{
    unsigned count = recogniser->options.worker_count;
    struct cor_finisher *finishers = cor_alloc_zero(count, sizeof *finishers);
    if (!finishers)
        return COR_NOMEM;
    for (unsigned i = 0; i < count; i++) {
        finishers[i].census = &recogniser->censuses[i];
        cor_expander_init(&finishers[i].expander, &recogniser->macros, recogniser->includes_of,
                          &recogniser->censuses[i].arena);
        cor_buffer_init(&finishers[i].assembly, (size_t)1 << 24);
        cor_forms_init(&finishers[i].forms);
        cor_map_init(&finishers[i].inert);
    }
    enum cor_status status = run_batches(recogniser, workers, finishers);
    for (unsigned i = 0; i < count; i++) {
        cor_expander_dispose(&finishers[i].expander);
        cor_text_dispose(&finishers[i].text);
        cor_buffer_dispose(&finishers[i].assembly);
        cor_forms_dispose(&finishers[i].forms);
        cor_map_dispose(&finishers[i].inert);
        cor_array_dispose(&finishers[i].results);
        cor_array_dispose(&finishers[i].gas_calls);
    }
    cor_free(finishers);
    return status;
}

enum cor_status cor_recogniser_finish(struct cor_recogniser *recogniser,
                                      struct cor_workers *workers, struct cor_source_facts *facts)
{
    if (recogniser->finished)
        return COR_USAGE;
    recogniser->finished = true;
    enum cor_status status = gather_files(recogniser);
    if (status == COR_OK)
        status = cor_mark_included(recogniser);
    if (status == COR_OK)
        status = gather_macros(recogniser);
    if (status == COR_OK)
        status = cor_gas_table_fill(recogniser);
    if (status == COR_OK)
        status = expand_everything(recogniser, workers);
    if (status == COR_OK)
        status = cor_apply_renames(recogniser);
    if (status == COR_OK)
        status = cor_finish_downloads(recogniser);
    if (status == COR_OK)
        status = cor_fill_facts(recogniser, facts);
    if (status == COR_OK &&
        !(recogniser->evidence = cor_evidence_new(recogniser->options.worker_count)))
        status = COR_NOMEM;
    return status;
}
