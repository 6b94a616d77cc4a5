// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: from which source files and folders a component's functions come.
#ifndef COR_AUDIT_HOMES_H
#define COR_AUDIT_HOMES_H

#include "audit/pipeline.h"

// How many functions have a body there and nowhere else.
struct cor_home {
    uint32_t file; // index of the file, or of one in the folder
    uint32_t count;
};

struct cor_homes {
    COR_ARRAY(struct cor_home) files;   // by index
    COR_ARRAY(struct cor_home) folders; // most functions first
};

COR_MUST_CHECK enum cor_status cor_homes_find(const struct cor_pipeline *pipeline,
                                              const struct cor_component *component,
                                              struct cor_homes *homes);
void cor_homes_dispose(struct cor_homes *homes);

// How well a file suits the component: functions of it in the file, then in its folder.
uint32_t cor_homes_weight(const struct cor_homes *homes, const struct cor_source_facts *source,
                          uint32_t file);

// A path up to its last slash.
struct cor_slice cor_folder_of(const char *path);

// Whether a body's file is the one that the linker's table names before the symbol, as far as it
// names one.
bool cor_home_fits(const struct cor_component *component, const struct cor_symbol *symbol,
                   const struct cor_source_file *file);

#endif
