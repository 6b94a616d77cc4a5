// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Names in the folder that is extracted to. Every name is made here, out of what the container
// said: never "..", never two that a case-insensitive file system would take for one, never
// through a symbolic link.
#ifndef COR_AUDIT_SPOTS_H
#define COR_AUDIT_SPOTS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/map.h"
#include "base/names.h"

enum { COR_SPOT_ROOT = 0 };

struct cor_spot_folder {
    uint32_t parent;
    uint32_t depth;
    const char *name, *path; // `path` from the root: the root's is empty
};

struct cor_spots {
    struct cor_arena arena;
    struct cor_names *names;
    struct cor_map folders; // by key: what a container called it, and in which folder
    struct cor_map used;    // by key: folded names
    COR_ARRAY(struct cor_spot_folder) items;
    int root;
    uint32_t open; // the folder that `fd` is
    int fd;
};

// A new place for a file or a link.
struct cor_spot {
    uint32_t folder;
    const char *name, *path;
    bool renamed;
};

COR_MUST_CHECK enum cor_status cor_spots_init(struct cor_spots *places, const char *root);
void cor_spots_dispose(struct cor_spots *places);

// The folder of what is inside the file at `spot`: its name with ".d" behind. Made on disk when
// something is put into it.
COR_MUST_CHECK enum cor_status cor_spots_inside(struct cor_spots *places,
                                                const struct cor_spot *spot, uint32_t *ret_folder);

// A free place for `name`, which may have folders in it, below `folder`. Its folders are made.
// COR_IO with errno.
COR_MUST_CHECK enum cor_status cor_spots_find(struct cor_spots *places, uint32_t folder,
                                              const char *name, struct cor_spot *ret_spot);

// The folder itself, as find() would make it.
COR_MUST_CHECK enum cor_status cor_spots_folder(struct cor_spots *places, uint32_t folder,
                                                const char *name, uint32_t *ret_folder);

// Borrowed until the next call; -1 with errno.
int cor_spots_open(struct cor_spots *places, uint32_t folder);

// The file system takes the spot's name for another one that is there: the next free name.
COR_MUST_CHECK enum cor_status cor_spots_next(struct cor_spots *places, struct cor_spot *spot);

#endif
