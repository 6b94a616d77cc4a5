// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/bundle_files.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "intake/hash.h"
#include "intake/input.h"
#include "intake/walk.h"
#include "report/index.h"

struct reader {
    struct cor_visitor visitor;
    const struct cor_case *case_;
    const struct cor_again_options *options;
    struct cor_cited *cited;
    struct cor_index index;
    struct cor_arena arena;
    struct cor_input input; // being walked
    uint32_t input_index;   // of it in the case
    struct cor_workers *workers;
    pthread_mutex_t lock;
};

// The hash that the case has for a file, as a member or as a component; NULL when it has none.
static const char *kept_hash(const struct reader *reader, const struct cor_cited_file *file,
                             char hex[65])
{
    const struct cor_case *case_ = reader->case_;
    const struct cor_member *member =
        cor_index_member(&reader->index, file->input, cor_slice_text(file->path));
    if (member && member->hashed) {
        cor_hex(member->sha256, sizeof member->sha256, hex);
        return hex;
    }
    for (size_t i = 0; i < case_->components.count; i++)
        if (case_->components.items[i].input == file->input &&
            strcmp(case_->components.items[i].path, file->path) == 0)
            return case_->components.items[i].sha256;
    return NULL;
}

static enum cor_status keep(struct reader *reader, struct cor_cited_file *file,
                            const struct cor_leaf *leaf)
{
    char kept_hex[65], found[65];
    const char *kept = kept_hash(reader, file, kept_hex);
    cor_hex(leaf->member->sha256, sizeof leaf->member->sha256, found);
    if (kept && strcmp(kept, found) != 0)
        return cor_fail(reader->options->diag, COR_FATAL, COR_MISMATCH, file->path,
                        "is not the file of the case: sha256 %s, the case says %s", found, kept);
    // One byte more, so that an empty file has bytes too.
    char *copy = cor_arena_alloc(&reader->cited->arena, leaf->size + 1, 1);
    if (!copy)
        return COR_NOMEM;
    if (leaf->size)
        memcpy(copy, leaf->bytes, leaf->size);
    file->bytes = copy;
    file->size = leaf->size;
    return COR_OK;
}

static enum cor_status visit(struct cor_visitor *visitor, const struct cor_leaf *leaf,
                             unsigned worker)
{
    struct reader *reader = (struct reader *)visitor;
    enum cor_status status = COR_OK;
    (void)worker;
    pthread_mutex_lock(&reader->lock);
    for (size_t i = 0; status == COR_OK && i < reader->cited->files.count; i++) {
        struct cor_cited_file *file = &reader->cited->files.items[i];
        if (file->input == reader->input_index && !file->bytes &&
            strcmp(file->path, leaf->member->path) == 0)
            status = keep(reader, file, leaf);
    }
    pthread_mutex_unlock(&reader->lock);
    return status;
}

static int path_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum cor_status walk(struct reader *reader, const char **paths, size_t count)
{
    struct cor_walk *walk = NULL;
    const struct cor_walk_options options = {.workers = reader->workers,
                                             .limits = cor_default_limits,
                                             .progress = reader->options->progress,
                                             .only = paths,
                                             .only_count = count};
    qsort(paths, count, sizeof *paths, path_order);
    enum cor_status status = cor_walk_inputs(&reader->input, 1, &options, &reader->visitor, &walk);
    cor_walk_free(walk);
    return status;
}

// What of one input is cited.
static enum cor_status read_input(struct reader *reader, uint32_t index)
{
    const struct cor_input *input = &reader->case_->inputs.items[index];
    COR_ARRAY(const char *) paths = {0};
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < reader->cited->files.count; i++)
        if (reader->cited->files.items[i].input == index)
            status = cor_array_add(&paths, reader->cited->files.items[i].path);
    reader->input_index = index;
    reader->input = (struct cor_input){.role = input->role, .number = input->number};
    if (status == COR_OK && paths.count)
        status = cor_input_open(cor_again_path(reader->options, input), &reader->arena,
                                &reader->input, reader->options->diag);
    reader->input.name = input->name;
    if (status == COR_OK && paths.count && strcmp(reader->input.sha256, input->sha256) != 0)
        status = cor_fail(reader->options->diag, COR_FATAL, COR_MISMATCH, reader->input.path,
                          "is not the file of the case: sha256 %s, the case says %s",
                          reader->input.sha256, input->sha256);
    if (status == COR_OK && paths.count)
        status = walk(reader, paths.items, paths.count);
    cor_array_dispose(&paths);
    return status;
}

enum cor_status cor_bundle_read_files(const struct cor_case *case_,
                                      const struct cor_again_options *options,
                                      struct cor_cited *cited)
{
    struct reader reader = {
        .visitor = {visit, NULL}, .case_ = case_, .options = options, .cited = cited};
    enum cor_status status = cor_index_init(&reader.index, case_);
    if (status != COR_OK)
        return status;
    pthread_mutex_init(&reader.lock, NULL);
    cor_arena_init(&reader.arena);
    reader.workers = cor_workers_new(options->workers ? options->workers : cor_processors(),
                                     (size_t)cor_default_limits.held_bytes);
    status = reader.workers ? COR_OK : COR_NOMEM;
    for (uint32_t i = 0; status == COR_OK && i < case_->inputs.count; i++)
        status = read_input(&reader, i);
    cited->complete = status == COR_OK;
    cor_workers_free(reader.workers);
    cor_index_dispose(&reader.index);
    cor_arena_dispose(&reader.arena);
    pthread_mutex_destroy(&reader.lock);
    return status;
}
