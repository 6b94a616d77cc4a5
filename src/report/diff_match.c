// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/diff_match.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct candidate {
    enum cor_role role;
    const char *key;
    uint32_t id;
};

typedef const char *key_of(const struct cor_case *case_,
                           const struct cor_case_component *component);

const char *cor_match_inner_path(const struct cor_case *case_,
                                 const struct cor_case_component *component)
{
    const char *name =
        component->input < case_->inputs.count ? case_->inputs.items[component->input].name : "";
    size_t size = strlen(name);
    return strncmp(component->path, name, size) == 0 ? component->path + size : component->path;
}

static const char *whole_path(const struct cor_case *case_,
                              const struct cor_case_component *component)
{
    (void)case_;
    return component->path;
}

// An input that is itself a component says nothing by its place.
static const char *inner_path(const struct cor_case *case_,
                              const struct cor_case_component *component)
{
    const char *path = cor_match_inner_path(case_, component);
    return *path ? path : NULL;
}

static const char *own_name(const struct cor_case *case_,
                            const struct cor_case_component *component)
{
    (void)case_;
    return component->name;
}

static const char *own_bytes(const struct cor_case *case_,
                             const struct cor_case_component *component)
{
    (void)case_;
    return component->sha256;
}

static int by_key(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    int order = strcmp(a->key, b->key);
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

static size_t collect(const struct cor_case *case_, const uint32_t *matched, key_of *key,
                      struct candidate *candidates)
{
    size_t count = 0;
    for (size_t i = 0; i < case_->components.count; i++) {
        const struct cor_case_component *component = &case_->components.items[i];
        const char *text = matched[i] ? NULL : key(case_, component);
        if (text)
            candidates[count++] = (struct candidate){component->role, text, component->id};
    }
    if (count > 1)
        qsort(candidates, count, sizeof *candidates, by_key);
    return count;
}

static bool same(const struct candidate *a, const struct candidate *b)
{
    return a->role == b->role && strcmp(a->key, b->key) == 0;
}

static bool is_alone(const struct candidate *list, size_t count, size_t at)
{
    return (at == 0 || !same(&list[at - 1], &list[at])) &&
           (at + 1 == count || !same(&list[at], &list[at + 1]));
}

static void pair(struct cor_matches *matches, const struct candidate *old, size_t old_count,
                 const struct candidate *new_, size_t new_count)
{
    for (size_t i = 0, k = 0; i < old_count && k < new_count;) {
        int order = old[i].role != new_[k].role ? (old[i].role < new_[k].role ? -1 : 1)
                                                : strcmp(old[i].key, new_[k].key);
        if (order == 0 && is_alone(old, old_count, i) && is_alone(new_, new_count, k)) {
            matches->new_of.items[old[i].id - 1] = new_[k].id;
            matches->old_of.items[new_[k].id - 1] = old[i].id;
        }
        i += order <= 0;
        k += order >= 0;
    }
}

static enum cor_status zeros(size_t count, struct cor_matches *matches, bool old)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < count; i++)
        status = old ? cor_array_add(&matches->new_of, 0) : cor_array_add(&matches->old_of, 0);
    return status;
}

enum cor_status cor_match_components(const struct cor_case *old, const struct cor_case *new_,
                                     struct cor_matches *ret_matches)
{
    static key_of *const keys[] = {whole_path, inner_path, own_name, own_bytes};
    struct cor_matches matches = {0};
    struct candidate *left = cor_alloc_zero(old->components.count + 1, sizeof *left);
    struct candidate *right = cor_alloc_zero(new_->components.count + 1, sizeof *right);
    enum cor_status status = left && right ? COR_OK : COR_NOMEM;
    if (status == COR_OK)
        status = zeros(old->components.count, &matches, true);
    if (status == COR_OK)
        status = zeros(new_->components.count, &matches, false);
    for (size_t i = 0; status == COR_OK && i < sizeof keys / sizeof *keys; i++) {
        size_t old_count = collect(old, matches.new_of.items, keys[i], left);
        size_t new_count = collect(new_, matches.old_of.items, keys[i], right);
        pair(&matches, left, old_count, right, new_count);
    }
    cor_free(left);
    cor_free(right);
    if (status == COR_OK)
        *ret_matches = matches;
    else
        cor_matches_dispose(&matches);
    return status;
}

void cor_matches_dispose(struct cor_matches *matches)
{
    cor_array_dispose(&matches->new_of);
    cor_array_dispose(&matches->old_of);
}
