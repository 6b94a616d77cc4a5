// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The files that commands cite, when these are made for a bundle that holds them.
#ifndef COR_REPORT_CITED_H
#define COR_REPORT_CITED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/map.h"
#include "base/names.h"

struct cor_cited_file {
    uint32_t input;
    const char *path;  // the member's
    const char *name;  // in the bundle: "members/0001-k.b00"
    const void *bytes; // NULL: the bundle does not hold it
    size_t size;
};

struct cor_cited {
    struct cor_arena arena;
    COR_ARRAY(struct cor_cited_file) files; // in the order of their first citation
    struct cor_names *names;
    struct cor_map known; // "input path" -> index
    bool complete;        // the bundle's files are known: those without bytes are cited no more
};

COR_MUST_CHECK enum cor_status cor_cited_init(struct cor_cited *cited);
void cor_cited_dispose(struct cor_cited *cited);

// The file's record; while `complete` is not set, a new one for a file that was not cited before.
// *ret_file is NULL when the bundle does not hold it.
COR_MUST_CHECK enum cor_status cor_cite(struct cor_cited *cited, uint32_t input, const char *path,
                                        bool source, const struct cor_cited_file **ret_file);

#endif
