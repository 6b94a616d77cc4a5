// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: the folders that the configuration of a shipped root file system names for
// its loader, besides the default ones.
#ifndef COR_LINKAGE_LIBRARY_FOLDERS_H
#define COR_LINKAGE_LIBRARY_FOLDERS_H

#include "base/array.h"
#include "base/slice.h"
#include "model/product.h"

struct cor_library_folder {
    struct cor_slice root; // what the paths of the file system's members begin with
    bool musl;             // of /etc/ld-musl-*.path, which replaces the default folders
    struct cor_slice path; // absolute in that file system
};

struct cor_library_preload {
    struct cor_slice root, name; // /etc/ld.so.preload: a file name or a path
};

struct cor_library_folders {
    COR_ARRAY(struct cor_library_folder) items; // in the order of searching
    COR_ARRAY(struct cor_library_preload) preloads;
};

// `folders` must be zeroed; disposed of by the caller even on failure.
COR_MUST_CHECK enum cor_status cor_library_folders_build(struct cor_library_folders *folders,
                                                         const struct cor_product *product);
void cor_library_folders_dispose(struct cor_library_folders *folders);

#endif
