// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which files a file includes, itself and through others.
#include <stdlib.h>

#include "source/recogniser_state.h"

struct spread {
    const struct cor_recogniser *recogniser;
    bool (*accepts)(void *context, uint32_t file);
    void *context;
    uint64_t *bits;
    COR_ARRAY(uint32_t) waiting;
};

static int base_order(const void *a, const void *b)
{
    const struct cor_census_file *const *x = a, *const *y = b;
    if ((*x)->base_hash != (*y)->base_hash)
        return (*x)->base_hash < (*y)->base_hash ? -1 : 1;
    return ((*x)->index > (*y)->index) - ((*x)->index < (*y)->index);
}

static enum cor_status order_files(struct cor_recogniser *recogniser)
{
    if (recogniser->by_base.count || !recogniser->files.count)
        return COR_OK;
    if (cor_array_reserve(&recogniser->by_base, recogniser->files.count) != COR_OK)
        return COR_NOMEM;
    for (size_t i = 0; i < recogniser->files.count; i++)
        recogniser->by_base.items[recogniser->by_base.count++] = recogniser->files.items[i];
    qsort(recogniser->by_base.items, recogniser->by_base.count, sizeof *recogniser->by_base.items,
          base_order);
    return COR_OK;
}

static size_t first_of(const struct cor_recogniser *recogniser, uint32_t base_hash)
{
    size_t low = 0, high = recogniser->by_base.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (recogniser->by_base.items[middle]->base_hash < base_hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool same_folder(const struct cor_census_file *file, const struct cor_census_file *other)
{
    size_t folder = file->path_size - file->base.size;
    return other->path_size - other->base.size == folder &&
           memcmp(file->path, other->path, folder) == 0;
}

// The file beside the includer, else the one with the shortest path.
static const struct cor_census_file *resolve(const struct spread *spread,
                                             const struct cor_census_file *from,
                                             const struct cor_include *include)
{
    const struct cor_recogniser *recogniser = spread->recogniser;
    const struct cor_census_file *best = NULL;
    for (size_t i = first_of(recogniser, include->base_hash); i < recogniser->by_base.count; i++) {
        const struct cor_census_file *file = recogniser->by_base.items[i];
        if (file->base_hash != include->base_hash)
            break;
        if (!cor_path_ends_so(cor_slice(file->path, file->path_size), include->spelled) ||
            !spread->accepts(spread->context, file->index))
            continue;
        if (same_folder(from, file))
            return file;
        if (!best || file->path_size < best->path_size)
            best = file;
    }
    return best;
}

static enum cor_status reach(struct spread *spread, uint32_t file)
{
    uint64_t bit = (uint64_t)1 << file % 64;
    if (spread->bits[file / 64] & bit)
        return COR_OK;
    spread->bits[file / 64] |= bit;
    return cor_array_add(&spread->waiting, file);
}

static enum cor_status spread_from(struct spread *spread, const struct cor_census_file *file)
{
    const struct cor_include *includes =
        spread->recogniser->includes_of[file->worker] + file->includes.first;
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < file->includes.count && status == COR_OK; i++) {
        const struct cor_census_file *found = resolve(spread, file, &includes[i]);
        if (found)
            status = reach(spread, found->index);
    }
    return status;
}

enum cor_status cor_recogniser_visible(struct cor_recogniser *recogniser, uint32_t file,
                                       bool (*accepts)(void *context, uint32_t file), void *context,
                                       uint64_t *bits)
{
    struct spread spread = {recogniser, accepts, context, bits, {0}};
    enum cor_status status = order_files(recogniser);
    if (status == COR_OK)
        status = reach(&spread, file);
    while (status == COR_OK && spread.waiting.count)
        status = spread_from(&spread,
                             recogniser->files.items[spread.waiting.items[--spread.waiting.count]]);
    cor_array_dispose(&spread.waiting);
    return status;
}
