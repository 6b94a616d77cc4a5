// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/hash.h"

enum { LARGEST = 8 << 20, MOST_LISTED = 5, LONGEST_LISTED = 60 };

static const struct cor_manifest_kind *const kinds[] = {&cor_manifest_vib, &cor_manifest_depot,
                                                        &cor_manifest_boot_cfg};

static const struct cor_manifest_kind *kind_of(const struct cor_node *node)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i]->is(node))
            return kinds[i];
    return NULL;
}

bool cor_manifest_is(const struct cor_walker *walker, const struct cor_node *node)
{
    return !walker->options->only && walker->input->role == COR_ROLE_SHIPPED && kind_of(node);
}

enum cor_status cor_manifest_keep(struct cor_walker *walker, struct cor_node *node,
                                  const unsigned char *bytes, size_t size)
{
    struct cor_manifest manifest = {.node = node, .kind = kind_of(node), .size = size};
    if (!manifest.kind || size > LARGEST)
        return COR_OK;
    char *copy = cor_arena_alloc(&walker->walk->arena, size + 1, 1);
    if (!copy)
        return COR_NOMEM;
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    manifest.bytes = copy;
    return cor_array_add(&walker->manifests, manifest);
}

static enum cor_status tell_checks(struct cor_walker *walker)
{
    const struct cor_walk_checks *checks = &walker->checks;
    char text[200];
    if (checks->packages == 0)
        return COR_OK;
    snprintf(text, sizeof text,
             "The descriptors of %zu VIB packages were checked: %zu sums agree, %zu files are "
             "named, %zu packages differ from what they state",
             checks->packages, checks->sums, checks->files, checks->wrong);
    return cor_manifest_tell(walker, text);
}

enum cor_status cor_manifests_check(struct cor_walker *walker)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < walker->manifests.count; i++)
        status = walker->manifests.items[i].kind->check(walker, &walker->manifests.items[i]);
    cor_free(walker->folded);
    walker->folded = NULL;
    return status == COR_OK ? tell_checks(walker) : status;
}

struct key {
    uint32_t input;
    const char *path;
};

static int path_order(const void *a, const void *b)
{
    const struct key *key = a;
    const struct cor_member *member = &(*(struct cor_node *const *)b)->member;
    if (key->input != member->input)
        return key->input < member->input ? -1 : 1;
    return strcmp(key->path, member->path);
}

struct cor_node *cor_manifest_find(const struct cor_walker *walker, const struct cor_node *beside,
                                   const char *path)
{
    const struct cor_walk *walk = walker->walk;
    const struct key key = {beside->member.input, path};
    struct cor_node *const *found = walk->nodes.count
                                        ? bsearch(&key, walk->nodes.items, walk->nodes.count,
                                                  sizeof *walk->nodes.items, path_order)
                                        : NULL;
    return found ? *found : NULL;
}

// The user's locale has no say.
static int fold(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static int folded_order(uint32_t input, const char *path, const struct cor_member *member)
{
    const char *other = member->path;
    if (input != member->input)
        return input < member->input ? -1 : 1;
    while (*path && fold((unsigned char)*path) == fold((unsigned char)*other))
        path++, other++;
    return fold((unsigned char)*path) - fold((unsigned char)*other);
}

static int sort_order(const void *a, const void *b)
{
    const struct cor_member *left = &(*(struct cor_node *const *)a)->member;
    const struct cor_member *right = &(*(struct cor_node *const *)b)->member;
    int order = folded_order(left->input, left->path, right);
    return order ? order : strcmp(left->path, right->path);
}

static int key_order(const void *a, const void *b)
{
    const struct key *key = a;
    return folded_order(key->input, key->path, &(*(struct cor_node *const *)b)->member);
}

enum cor_status cor_manifest_find_folded(struct cor_walker *walker, const struct cor_node *beside,
                                         const char *path, struct cor_node **ret_node)
{
    const struct cor_walk *walk = walker->walk;
    size_t count = walk->nodes.count;
    const struct key key = {beside->member.input, path};
    if (!walker->folded) {
        walker->folded = cor_alloc(count * sizeof(struct cor_node *));
        if (!walker->folded)
            return COR_NOMEM;
        memcpy(walker->folded, walk->nodes.items, count * sizeof(struct cor_node *));
        qsort(walker->folded, count, sizeof(struct cor_node *), sort_order);
    }
    struct cor_node *const *found =
        bsearch(&key, walker->folded, count, sizeof(struct cor_node *), key_order);
    *ret_node = found ? *found : NULL;
    return COR_OK;
}

enum cor_status cor_manifest_note(struct cor_walker *walker, struct cor_node *node,
                                  const char *text)
{
    const char *before = node->member.note;
    const char *note = cor_arena_printf(&walker->walk->arena, "%s%s%s", before ? before : "",
                                        before ? "; " : "", text);
    if (!note)
        return COR_NOMEM;
    node->member.note = note;
    return COR_OK;
}

enum cor_status cor_manifest_tell(struct cor_walker *walker, const char *text)
{
    const char *copy = cor_arena_text(&walker->walk->arena, cor_slice_text(text));
    return copy ? cor_array_add(&walker->walk->notes, copy) : COR_NOMEM;
}

bool cor_manifest_agrees(const struct cor_node *node, const char *hex, bool *ret_known)
{
    char own[65];
    *ret_known = node->member.hashed;
    if (!node->member.hashed)
        return false;
    cor_hex(node->member.sha256, sizeof node->member.sha256, own);
    size_t i = 0;
    while (own[i] && own[i] == fold((unsigned char)hex[i]))
        i++;
    return !own[i] && !hex[i];
}

void cor_name_list_add(struct cor_name_list *list, const char *name)
{
    size_t used = strlen(list->text);
    list->count++;
    if (list->listed == MOST_LISTED || used + LONGEST_LISTED + 3 > sizeof list->text - 30)
        return;
    size_t size = strlen(name);
    // The end of a long name tells more than its beginning.
    const char *shown = size > LONGEST_LISTED ? name + size - LONGEST_LISTED : name;
    snprintf(list->text + used, sizeof list->text - used, "%s%s", used ? ", " : "", shown);
    list->listed++;
}

const char *cor_name_list_end(struct cor_name_list *list)
{
    size_t used = strlen(list->text);
    if (list->count > list->listed)
        snprintf(list->text + used, sizeof list->text - used, " and %zu more",
                 list->count - list->listed);
    return list->text;
}
