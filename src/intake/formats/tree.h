// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What readers of file systems share: which folders are still to be read, full names, and which
// file was met under another name before.
#ifndef COR_INTAKE_FORMATS_TREE_H
#define COR_INTAKE_FORMATS_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/map.h"

struct cor_tree_folder {
    const char *path; // empty for the root
    uint64_t id;
    void *handle; // the reader's own; freed by whoever takes the folder
};

struct cor_tree {
    struct cor_arena names;
    struct cor_map seen;
    COR_ARRAY(struct cor_tree_folder) folders;
    const char *path; // of the folder that is being read
};

void cor_tree_init(struct cor_tree *tree);

// `release` is called for the handles of folders that nobody took.
void cor_tree_dispose(struct cor_tree *tree, void (*release)(void *handle));

// The next folder, or false when there is none.
bool cor_tree_take(struct cor_tree *tree, struct cor_tree_folder *ret_folder);

// `name` in the current folder, with the folders above. COR_NOMEM; COR_MALFORMED when it is no name
// for an entry, or the path becomes longer than any honest one.
COR_MUST_CHECK enum cor_status cor_tree_name(struct cor_tree *tree, const char *name, size_t size,
                                             const char **ret_path);

// A folder is read once: false in *ret_new when one with this `id` was added before.
COR_MUST_CHECK enum cor_status cor_tree_add(struct cor_tree *tree,
                                            const struct cor_tree_folder *folder, bool *ret_new);

// The name under which the file `id` was met first; NULL in *ret_first the first time.
COR_MUST_CHECK enum cor_status cor_tree_file(struct cor_tree *tree, uint64_t id, const char *path,
                                             const char **ret_first);

#endif
