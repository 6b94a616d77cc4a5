// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/tree.h"

#include <string.h>

enum { LONGEST_PATH = 16 << 10 };

void cor_tree_init(struct cor_tree *tree)
{
    *tree = (struct cor_tree){.path = ""};
    cor_arena_init(&tree->names);
    cor_map_init(&tree->seen);
}

void cor_tree_dispose(struct cor_tree *tree, void (*release)(void *handle))
{
    for (size_t i = 0; release && i < tree->folders.count; i++)
        release(tree->folders.items[i].handle);
    cor_array_dispose(&tree->folders);
    cor_map_dispose(&tree->seen);
    cor_arena_dispose(&tree->names);
}

bool cor_tree_take(struct cor_tree *tree, struct cor_tree_folder *ret_folder)
{
    if (tree->folders.count == 0)
        return false;
    *ret_folder = tree->folders.items[--tree->folders.count];
    tree->path = ret_folder->path;
    return true;
}

enum cor_status cor_tree_name(struct cor_tree *tree, const char *name, size_t size,
                              const char **ret_path)
{
    size_t above = strlen(tree->path);
    if (size == 0 || memchr(name, '/', size) || above + size > LONGEST_PATH)
        return COR_MALFORMED;
    const char *path =
        cor_arena_printf(&tree->names, "%s%s%.*s", tree->path, above ? "/" : "", (int)size, name);
    if (!path)
        return COR_NOMEM;
    *ret_path = path;
    return COR_OK;
}

// Two name spaces in one map: folders have odd keys.
static const void *key_of(uint64_t id, bool folder)
{
    return (const void *)(uintptr_t)((id + 1) * 2 + folder);
}

enum cor_status cor_tree_add(struct cor_tree *tree, const struct cor_tree_folder *folder,
                             bool *ret_new)
{
    uint64_t before;
    *ret_new = !cor_map_get(&tree->seen, key_of(folder->id, true), &before);
    if (!*ret_new)
        return COR_OK;
    enum cor_status status = cor_map_put(&tree->seen, key_of(folder->id, true), 1);
    return status == COR_OK ? cor_array_add(&tree->folders, *folder) : status;
}

enum cor_status cor_tree_file(struct cor_tree *tree, uint64_t id, const char *path,
                              const char **ret_first)
{
    uint64_t before;
    if (cor_map_get(&tree->seen, key_of(id, false), &before)) {
        *ret_first = (const char *)(uintptr_t)before;
        return COR_OK;
    }
    *ret_first = NULL;
    return cor_map_put(&tree->seen, key_of(id, false), (uint64_t)(uintptr_t)path);
}
