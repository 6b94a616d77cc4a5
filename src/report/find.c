// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/find.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LONGEST = 127, NOT_NEAR = 1000, A_PART = 3 };

struct search {
    const char *what;
    size_t size;
    struct cor_suggestions found;
    unsigned distances[COR_MOST_SUGGESTIONS];
};

static unsigned lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
    unsigned least = a < b ? a : b;
    return least < c ? least : c;
}

// Levenshtein's distance, without regard to case.
static unsigned distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    unsigned row[LONGEST + 1];
    for (unsigned i = 0; i <= b_size; i++)
        row[i] = i;
    for (size_t i = 1; i <= a_size; i++) {
        unsigned corner = row[0];
        row[0] = (unsigned)i;
        for (size_t k = 1; k <= b_size; k++) {
            unsigned above = row[k];
            row[k] =
                smallest(above + 1, row[k - 1] + 1, corner + (lower(a[i - 1]) != lower(b[k - 1])));
            corner = above;
        }
    }
    return row[b_size];
}

static unsigned nearness(const struct search *search, const char *name, size_t size)
{
    size_t most = search->size / 3 ? search->size / 3 : 1;
    size_t apart = size > search->size ? size - search->size : search->size - size;
    if (!size || size > LONGEST || !search->size || search->size > LONGEST)
        return NOT_NEAR;
    unsigned near = apart > most ? NOT_NEAR : distance(search->what, search->size, name, size);
    if (near <= most)
        return near;
    return search->size >= A_PART && strcasestr(name, search->what) ? (unsigned)(most + apart)
                                                                    : NOT_NEAR;
}

static void consider(struct search *search, const char *name)
{
    struct cor_suggestions *found = &search->found;
    unsigned near = nearness(search, name, strlen(name));
    size_t at = found->count;
    if (near == NOT_NEAR)
        return;
    for (size_t i = 0; i < found->count; i++)
        if (strcmp(found->items[i], name) == 0)
            return;
    while (at > 0 && (search->distances[at - 1] > near || (search->distances[at - 1] == near &&
                                                           strcmp(found->items[at - 1], name) > 0)))
        at--;
    if (at == COR_MOST_SUGGESTIONS)
        return;
    if (found->count < COR_MOST_SUGGESTIONS)
        found->count++;
    for (size_t i = found->count - 1; i > at; i--) {
        found->items[i] = found->items[i - 1];
        search->distances[i] = search->distances[i - 1];
    }
    found->items[at] = name;
    search->distances[at] = near;
}

struct cor_suggestions cor_suggest(const struct cor_case *case_, const char *what)
{
    struct search search = {.what = what, .size = strlen(what)};
    for (size_t i = 0; i < case_->symbols.count; i++)
        consider(&search, case_->symbols.items[i].name);
    for (size_t i = 0; i < case_->functions.count; i++)
        consider(&search, case_->functions.items[i].name);
    for (size_t i = 0; i < case_->components.count; i++)
        consider(&search, case_->components.items[i].name);
    for (size_t i = 0; i < case_->members.count; i++) {
        const char *slash = strrchr(case_->members.items[i].path, '/');
        consider(&search, slash ? slash + 1 : case_->members.items[i].path);
    }
    return search.found;
}

bool cor_means_path(const char *path, const char *what)
{
    if (!path)
        return false;
    size_t whole = strlen(path), size = strlen(what);
    return size > 0 && size <= whole && strcmp(path + whole - size, what) == 0 &&
           (size == whole || path[whole - size - 1] == '/');
}

bool cor_means_component(const struct cor_case_component *component, const char *what)
{
    char id[16];
    snprintf(id, sizeof id, "%u", (unsigned)component->id);
    return strcmp(id, what) == 0 || strcmp(component->path, what) == 0 ||
           strcmp(component->name, what) == 0;
}
