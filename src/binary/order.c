// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/order.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/map.h"
#include "binary/bytes.h"

// The first eight bytes of a name decide most comparisons without touching the name.
struct key {
    uint64_t head;
    uint32_t index;
};

struct sorting {
    const struct cor_symbol *items;
};

static uint64_t head_of(const struct cor_name *name)
{
    char head[8] = {0};
    memcpy(head, name->text, name->size < sizeof head ? name->size : sizeof head);
    return cor_get64(head, true);
}

static int key_order(const void *a, const void *b, void *data)
{
    const struct key *x = a, *y = b;
    const struct sorting *sorting = data;
    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    int order = cor_name_order(sorting->items[x->index].name, sorting->items[y->index].name);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static enum cor_status sort_run(struct cor_symbol *items, size_t count)
{
    enum cor_status status = COR_NOMEM;
    if (count < 2)
        return COR_OK;
    struct key *keys = cor_alloc_zero(count, sizeof *keys);
    struct cor_symbol *sorted = cor_alloc_zero(count, sizeof *sorted);
    if (!keys || !sorted)
        goto done;
    for (size_t i = 0; i < count; i++)
        keys[i] = (struct key){head_of(items[i].name), (uint32_t)i};
    qsort_r(keys, count, sizeof *keys, key_order, &(struct sorting){items});
    for (size_t i = 0; i < count; i++)
        sorted[i] = items[keys[i].index];
    memcpy(items, sorted, count * sizeof *items);
    status = COR_OK;
done:
    cor_free(keys);
    cor_free(sorted);
    return status;
}

// Rows are in table order before, so the index is the order of rows.
enum cor_status cor_symbols_sort(struct cor_component *component)
{
    enum cor_status status = sort_run(component->undefined.items, component->undefined.count);
    if (status == COR_OK)
        status = sort_run(component->defined.items, component->defined.count);
    if (status == COR_OK)
        status = sort_run(component->dynamic.items, component->dynamic.count);
    if (status == COR_OK)
        component->sorted = true;
    return status;
}

void cor_symbols_join_versions(struct cor_component *component)
{
    enum { MOST_NAMESAKES = 64 }; // no linker writes that many; a hostile file may
    size_t first = 0;
    for (size_t i = 0; i < component->undefined.count; i++) {
        struct cor_symbol *need = &component->undefined.items[i];
        while (first < component->dynamic.count &&
               cor_name_order(component->dynamic.items[first].name, need->name) < 0)
            first++;
        for (size_t k = first; k < component->dynamic.count && k - first < MOST_NAMESAKES; k++) {
            const struct cor_symbol *row = &component->dynamic.items[k];
            if (row->name != need->name)
                break;
            if (!row->from || (need->version && strcmp(need->version, row->version) != 0))
                continue;
            need->version = row->version;
            need->from = row->from;
            break;
        }
    }
}

static enum cor_status put_names(struct cor_map *map, const struct cor_component *component)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < component->exports.count && status == COR_OK; i++)
        status = cor_map_put(map, component->exports.items[i].name, 1);
    for (size_t i = 0; i < component->dynamic.count && status == COR_OK; i++)
        if (component->dynamic.items[i].exported)
            status = cor_map_put(map, component->dynamic.items[i].name, 1);
    return status;
}

enum cor_status cor_symbols_mark_exported(struct cor_component *component)
{
    struct cor_map map;
    uint64_t value;
    cor_map_init(&map);
    enum cor_status status = put_names(&map, component);
    for (size_t i = 0; i < component->defined.count && status == COR_OK && map.count; i++) {
        struct cor_symbol *symbol = &component->defined.items[i];
        if (symbol->binding != COR_BIND_LOCAL && cor_map_get(&map, symbol->name, &value))
            symbol->exported = true;
    }
    cor_map_dispose(&map);
    return status;
}
