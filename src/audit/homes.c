// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/homes.h"

#include <stdlib.h>
#include <string.h>

#include "verdict/body.h"

struct search {
    const struct cor_pipeline *pipeline;
    const struct cor_component *component;
    const struct cor_symbol *symbol;
    uint32_t file;
    bool several;
};

struct cor_slice cor_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return cor_slice(path, slash ? (size_t)(slash - path) : 0);
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool cor_home_fits(const struct cor_component *component, const struct cor_symbol *symbol,
                   const struct cor_source_file *file)
{
    if (symbol->file >= component->files.count || file->header || file->included)
        return true;
    const char *wanted = base_of(component->files.items[symbol->file]);
    return !strchr(wanted, '.') || strcmp(wanted, base_of(file->path)) == 0;
}

static bool take(void *context, const struct cor_body_candidate *candidate)
{
    struct search *search = context;
    uint32_t file = candidate->definition->file;
    if (candidate->why_not || file == search->file ||
        !cor_home_fits(search->component, search->symbol,
                       &search->pipeline->source.files.items[file]))
        return true;
    search->several = search->file != COR_NONE;
    search->file = file;
    return !search->several;
}

static int file_order(const void *a, const void *b)
{
    const struct cor_home *x = a, *y = b;
    return (x->file > y->file) - (x->file < y->file);
}

static int count_order(const void *a, const void *b)
{
    const struct cor_home *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return file_order(a, b);
}

static void merge_files(struct cor_homes *homes)
{
    size_t kept = 0;
    if (homes->files.count)
        qsort(homes->files.items, homes->files.count, sizeof *homes->files.items, file_order);
    for (size_t i = 0; i < homes->files.count; i++) {
        if (kept && homes->files.items[kept - 1].file == homes->files.items[i].file)
            homes->files.items[kept - 1].count++;
        else
            homes->files.items[kept++] = homes->files.items[i];
    }
    homes->files.count = kept;
}

// Files stand in path order, so that those of a folder are neighbours but for its subfolders.
static enum cor_status add_folders(const struct cor_source_facts *source, struct cor_homes *homes)
{
    for (size_t i = 0; i < homes->files.count; i++) {
        const struct cor_home *home = &homes->files.items[i];
        struct cor_slice folder = cor_folder_of(source->files.items[home->file].path);
        size_t k = 0;
        while (k < homes->folders.count &&
               !cor_slice_same(
                   folder, cor_folder_of(source->files.items[homes->folders.items[k].file].path)))
            k++;
        if (k < homes->folders.count)
            homes->folders.items[k].count += home->count;
        else if (cor_array_add(&homes->folders, *home) != COR_OK)
            return COR_NOMEM;
    }
    if (homes->folders.count)
        qsort(homes->folders.items, homes->folders.count, sizeof *homes->folders.items,
              count_order);
    return COR_OK;
}

enum cor_status cor_homes_find(const struct cor_pipeline *pipeline,
                               const struct cor_component *component, struct cor_homes *homes)
{
    const struct cor_evidence evidence = {
        .product = &pipeline->product, .source = &pipeline->source, .names = pipeline->names};
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < component->defined.count; i++) {
        const struct cor_symbol *symbol = &component->defined.items[i];
        const struct cor_body_query query = {symbol->name, component, symbol};
        struct search search = {pipeline, component, symbol, COR_NONE, false};
        if (!cor_symbol_is_function(symbol))
            continue;
        cor_body_candidates(&evidence, &query, take, &search);
        if (search.file != COR_NONE && !search.several)
            status = cor_array_add(&homes->files, (struct cor_home){search.file, 1});
    }
    merge_files(homes);
    return status == COR_OK ? add_folders(&pipeline->source, homes) : status;
}

void cor_homes_dispose(struct cor_homes *homes)
{
    cor_array_dispose(&homes->files);
    cor_array_dispose(&homes->folders);
}

uint32_t cor_homes_weight(const struct cor_homes *homes, const struct cor_source_facts *source,
                          uint32_t file)
{
    enum { IN_FILE = 1 << 16 };
    uint32_t weight = 0;
    struct cor_slice folder = cor_folder_of(source->files.items[file].path);
    for (size_t i = 0; i < homes->files.count; i++)
        if (homes->files.items[i].file == file)
            weight = IN_FILE *
                     (homes->files.items[i].count < 0x3fff ? homes->files.items[i].count : 0x3fff);
    for (size_t i = 0; i < homes->folders.count; i++)
        if (cor_slice_same(folder,
                           cor_folder_of(source->files.items[homes->folders.items[i].file].path)))
            weight += homes->folders.items[i].count < IN_FILE - 1 ? homes->folders.items[i].count
                                                                  : IN_FILE - 1;
    return weight;
}
