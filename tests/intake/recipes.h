// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One recipe for each format: every test that goes through all formats goes through this list.
#ifndef COR_TESTS_INTAKE_RECIPES_H
#define COR_TESTS_INTAKE_RECIPES_H

#include "support.h"

struct recipe {
    const char *format; // the row's name
    const char *file;   // what is made
    const char *make;   // shell; NULL: by `write`
    void (*write)(const char *file);
    const char *prefix; // of the tree's paths inside, behind the file's name; "=" for a filter
                        // around tree/sub/b.txt
    size_t cuts;        // how many members stand in the file as they are
    bool seam;          // cutting it between two entries or parts cannot be noticed
};

extern const struct recipe recipes[];
extern const size_t recipe_count;

// Makes the file in the current folder; the tree is there.
bool recipe_make(const struct recipe *recipe);

#endif
