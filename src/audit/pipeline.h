// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what the stages hand on.
#ifndef COR_AUDIT_PIPELINE_H
#define COR_AUDIT_PIPELINE_H

#include <pthread.h>

#include "audit/audit.h"
#include "base/map.h"
#include "base/names.h"
#include "base/workers.h"
#include "binary/references.h"
#include "intake/walk.h"
#include "linkage/linkage.h"
#include "source/recogniser.h"
#include "verdict/verdict.h"

struct cor_source_lines;

// A separate debug file with a table of lines.
struct cor_debug_file {
    const struct cor_component *component;
    const char *path;
};

struct cor_pipeline {
    const struct cor_audit_options *options;
    struct cor_arena arena;
    struct cor_names *names;
    struct cor_workers *workers;
    unsigned worker_count;
    COR_ARRAY(struct cor_input) inputs;
    COR_ARRAY(struct cor_walk *) walks; // owned; members that the case lists are borrowed from them
    struct cor_walk *shipped_walk, *source_walk; // the ones whose members count
    struct cor_product product;
    pthread_mutex_t product_lock;
    struct cor_map interest; // names whose bodies matter
    struct cor_recogniser *recogniser;
    struct cor_source_facts source;
    struct cor_links links;
    COR_ARRAY(struct cor_unread) unread_source;
    COR_ARRAY(struct cor_unread) unread_shipped;
    struct cor_verdicts verdicts;
    struct cor_map wanted;             // names that the case lists in full
    struct cor_references *references; // by index in the product; items of subjects alone
    struct cor_source_lines *lines;    // by index in the product; opened when first wanted
    uint32_t *bodies_by_place;         // indexes of source.bodies, by file and line
    bool *cited;                       // by index in source.files: the case names it
    COR_ARRAY(struct cor_debug_file) debug_files;
    struct cor_map line_files; // paths of debug information to source files, or COR_NONE
    bool second_reading;       // walks now repeat what was reported already
    bool release_alone;        // nothing was shipped: the release's objects are judged
};

// inputs.c: opens, hashes and checks them.
COR_MUST_CHECK enum cor_status cor_pipeline_inputs(struct cor_pipeline *pipeline);

// walks.c: walks the inputs of one role and keeps the walk. `only` as in struct cor_walk_options.
COR_MUST_CHECK enum cor_status cor_pipeline_walk(struct cor_pipeline *pipeline, enum cor_role role,
                                                 struct cor_visitor *visitor,
                                                 const char *const *only, size_t only_count,
                                                 struct cor_walk **ret_walk);

// A walk counts inputs from the first of its role: what to add for the index in `inputs`.
uint32_t cor_pipeline_first_input(const struct cor_pipeline *pipeline, enum cor_role role);

// binaries.c: reads the components of one role, and joins separate debug files.
COR_MUST_CHECK enum cor_status cor_pipeline_binaries(struct cor_pipeline *pipeline,
                                                     enum cor_role role,
                                                     struct cor_walk **ret_walk);
COR_MUST_CHECK enum cor_status cor_pipeline_debug(struct cor_pipeline *pipeline);
// Makes a component of a leaf, if it is one. Thread-safe.
COR_MUST_CHECK enum cor_status cor_pipeline_add_component(struct cor_pipeline *pipeline,
                                                          const struct cor_leaf *leaf);
// An archive is a component of its own, for the list alone: its members are the ones that count.
COR_MUST_CHECK enum cor_status cor_pipeline_add_archives(struct cor_pipeline *pipeline,
                                                         enum cor_role role,
                                                         const struct cor_walk *walk);

// settings.c: whether a file tells loaders what is where, and keeps its text.
bool cor_pipeline_is_setting(const char *path, enum cor_setting_kind *ret_kind);
COR_MUST_CHECK enum cor_status cor_pipeline_keep_setting(struct cor_pipeline *pipeline,
                                                         const struct cor_leaf *leaf);

// boot.c: takes the kernel's name from a boot.cfg.
COR_MUST_CHECK enum cor_status cor_pipeline_read_boot(struct cor_pipeline *pipeline,
                                                      const struct cor_leaf *leaf);

// sources.c: the census and the evidence pass over the released source.
COR_MUST_CHECK enum cor_status cor_pipeline_interest(struct cor_pipeline *pipeline);
COR_MUST_CHECK enum cor_status cor_pipeline_census(struct cor_pipeline *pipeline);
COR_MUST_CHECK enum cor_status cor_pipeline_evidence(struct cor_pipeline *pipeline);

// references.c: the rows of the subjects that refer to a wanted name, with their source lines where
// debug information says them.
COR_MUST_CHECK enum cor_status cor_pipeline_references(struct cor_pipeline *pipeline);

// wanted.c: the names that the case lists in full.
COR_MUST_CHECK enum cor_status cor_pipeline_wanted(struct cor_pipeline *pipeline);

// case_*.c: from verdicts to the case.
COR_MUST_CHECK enum cor_status cor_case_add_inputs(struct cor_pipeline *pipeline,
                                                   struct cor_case *case_);
COR_MUST_CHECK enum cor_status cor_case_add_components(struct cor_pipeline *pipeline,
                                                       struct cor_case *case_);
// Adds the source files that the rows before it name.
COR_MUST_CHECK enum cor_status cor_case_add_source_files(struct cor_pipeline *pipeline,
                                                         struct cor_case *case_);
COR_MUST_CHECK enum cor_status cor_case_add_symbols(struct cor_pipeline *pipeline,
                                                    struct cor_case *case_);
// A release alone: adds the source's own calls to `outside`, a set of the names that the objects
// need, and counts those that no component defines.
COR_MUST_CHECK enum cor_status cor_case_count_outside(const struct cor_pipeline *pipeline,
                                                      struct cor_case *case_,
                                                      struct cor_map *outside);
COR_MUST_CHECK enum cor_status cor_case_add_functions(struct cor_pipeline *pipeline,
                                                      struct cor_case *case_);
COR_MUST_CHECK enum cor_status cor_case_add_works(struct cor_pipeline *pipeline,
                                                  struct cor_case *case_);
COR_MUST_CHECK enum cor_status cor_case_add_crossings(struct cor_pipeline *pipeline,
                                                      struct cor_case *case_);
COR_MUST_CHECK enum cor_status cor_case_add_notes(struct cor_pipeline *pipeline,
                                                  struct cor_case *case_);

// Whether a component is judged: shipped, or of the release where nothing was shipped.
bool cor_pipeline_is_subject(const struct cor_pipeline *pipeline,
                             const struct cor_component *component);
// Whether the case lists a symbol of this class and name in full.
bool cor_pipeline_lists(const struct cor_pipeline *pipeline, enum cor_class class_,
                        const struct cor_name *name);

#endif
