// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One folder's names in byte order. "." and ".." are left out.
#ifndef COR_INTAKE_FOLDER_H
#define COR_INTAKE_FOLDER_H

#include "base/arena.h"
#include "base/array.h"

struct cor_folder {
    int fd; // to open the names with openat(); -1 when closed
    struct cor_arena arena;
    COR_ARRAY(const char *) names;
};

// Opens `name` below the folder `at` (AT_FDCWD for the current one); follows a symbolic link only
// when `follow`. COR_IO leaves errno set.
COR_MUST_CHECK enum cor_status cor_folder_open(struct cor_folder *folder, int at, const char *name,
                                               bool follow);
void cor_folder_close(struct cor_folder *folder);

#endif
