// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which files another one may include, by their base names.
#include <stdlib.h>

#include "source/recogniser_state.h"

static int hash_order(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

typedef COR_ARRAY(uint32_t) hash_list;

// The base names of everything that some file includes, as sorted hashes.
static enum cor_status list_included(const struct cor_recogniser *recogniser, hash_list *list)
{
    for (unsigned i = 0; i < recogniser->options.worker_count; i++) {
        const struct cor_census *census = &recogniser->censuses[i];
        if (cor_array_reserve(list, census->includes.count) != COR_OK)
            return COR_NOMEM;
        for (size_t k = 0; k < census->includes.count; k++)
            list->items[list->count++] = census->includes.items[k].base_hash;
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, hash_order);
    return COR_OK;
}

enum cor_status cor_mark_included(struct cor_recogniser *recogniser)
{
    hash_list included = {0};
    enum cor_status status = list_included(recogniser, &included);
    for (size_t i = 0; status == COR_OK && i < recogniser->files.count; i++) {
        struct cor_census_file *file = recogniser->files.items[i];
        file->included = included.count && bsearch(&file->base_hash, included.items, included.count,
                                                   sizeof *included.items, hash_order);
    }
    cor_array_dispose(&included);
    return status;
}
