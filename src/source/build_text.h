// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Recipes of the build (make, CMake, meson, configure, shell, spec files, ...) as far as names and
// downloads go.
#ifndef COR_SOURCE_BUILD_TEXT_H
#define COR_SOURCE_BUILD_TEXT_H

#include "source/finish.h"

struct cor_build_variable {
    struct cor_slice name, value;
};

// One recipe being read, line by line; lines that go on are one.
struct cor_build_reader {
    struct cor_census *census;
    struct cor_slice text;
    size_t at;
    uint32_t line, next_line; // of `now`, and behind it
    struct cor_buffer now;    // the line without its comment, variables of the same text put in
    COR_ARRAY(struct cor_build_variable) variables;
    bool is_make, is_macro_text; // m4 comments with dnl
};

bool cor_is_build_text(const struct cor_census_file *file);

// Reads the recipe: options that rename symbols (build_names.c), downloads (downloads.c).
COR_MUST_CHECK enum cor_status cor_census_build(struct cor_census *census, struct cor_slice text);

COR_MUST_CHECK enum cor_status cor_build_names(struct cor_build_reader *reader);
COR_MUST_CHECK enum cor_status cor_build_downloads(struct cor_build_reader *reader);

// A text of lines "old new", which objcopy may be told to take its renames from.
COR_MUST_CHECK enum cor_status cor_census_name_pairs(struct cor_census *census,
                                                     struct cor_slice text);

// After the census: downloads of what the release does not hold become gaps.
COR_MUST_CHECK enum cor_status cor_finish_downloads(struct cor_recogniser *recogniser);

#endif
