// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Changes of names, collected over all files and then applied to all definitions.
#ifndef COR_SOURCE_RENAMES_H
#define COR_SOURCE_RENAMES_H

#include "source/finish.h"

// Which definitions of the old name a change is for.
enum cor_reach {
    COR_REACH_SEEN,  // in files that can see the #define, or that the recipe compiles
    COR_REACH_INPUT, // in the same input
    COR_REACH_ANY
};

struct cor_name_change {
    uint64_t hash; // of the old name, as in struct cor_seen
    const struct cor_name *to;
    const struct cor_census_file *file;
    struct cor_slice from;
    enum cor_reach reach;
};

struct cor_rename_list {
    struct cor_name_change *items;
    size_t count, capacity;
};

// Does nothing when nobody asks for the new name.
COR_MUST_CHECK enum cor_status cor_rename_add(struct cor_recogniser *recogniser,
                                              struct cor_rename_list *list, struct cor_slice from,
                                              struct cor_slice to,
                                              const struct cor_census_file *file,
                                              enum cor_reach reach);

// build_renames.c: what recipes do to symbols.
COR_MUST_CHECK enum cor_status cor_collect_build_renames(struct cor_recogniser *recogniser,
                                                         struct cor_rename_list *list);

#endif
