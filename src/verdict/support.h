// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: from which sources a component's functions come, so that a namesake can be
// told from a body.
#ifndef COR_VERDICT_SUPPORT_H
#define COR_VERDICT_SUPPORT_H

#include "verdict/body.h"
#include "verdict/layout.h"
#include "verdict/likeness.h"

enum { COR_SEVERAL = UINT32_MAX - 1 }; // more than one file

struct cor_count {
    uint32_t file;
    uint32_t all, sole; // functions with a candidate there; with candidates nowhere else
    uint32_t external;  // of all: the candidate there is a global function
};

struct cor_file_row {
    uint32_t file, row;
};

struct cor_unit_count {
    uint32_t functions; // of the component that are known to be of this unit
    uint32_t with_body; // of those, with a candidate anywhere
    uint32_t at_home;   // of those, with a candidate in a file of the unit's name
};

struct cor_support {
    size_t functions; // of the component, without those that tools make
    size_t with_body; // of those, with a candidate that no namesake rule refuses
    bool has_main;
    struct cor_layout layout;
    uint32_t *sole;               // by row of `defined`: a file, COR_SEVERAL or COR_NONE
    struct cor_unit_count *units; // by index in component->files
    struct cor_map index;         // file key -> index in `counts`
    struct cor_map folders;       // folder key -> functions with candidates nowhere else
    struct cor_map stems;         // hash of a file's stem -> most functions in one such file
    COR_ARRAY(struct cor_count) counts;
    const struct cor_owners *owners;
    const struct cor_usage *usage;
    const struct cor_print *needed;      // names that the component needs from others
    COR_ARRAY(struct cor_file_row) rows; // by file: functions with a candidate there
    _Atomic(uint64_t) *shares;           // by index in `counts`: see fit_print.c; 0: not known yet
    struct cor_arena arena;
};

// Over all components: which of them a source file serves best.
struct cor_owners {
    size_t count;
    uint32_t *best;         // by source file: the most functions one component has there alone
    uint32_t *owner;        // whose that are: index in the product
    struct cor_map folders; // folder key -> the most functions of one component
    struct cor_map mains;   // file and folder keys of programs' main files
};

enum cor_fit {
    COR_FIT_BODY,     // it can be the body
    COR_FIT_DOUBTFUL, // it may be, or not
    COR_FIT_NAMESAKE  // it is none
};

// COR_OK or COR_NOMEM. `support` must be zeroed; disposed of by the caller even on failure.
COR_MUST_CHECK enum cor_status cor_support_build(const struct cor_evidence *evidence,
                                                 const struct cor_usage *usage,
                                                 const struct cor_component *component,
                                                 struct cor_support *support);
void cor_support_dispose(struct cor_support *support);

// `supports` by index in the product; components without one are zeroed.
COR_MUST_CHECK enum cor_status cor_owners_build(const struct cor_evidence *evidence,
                                                struct cor_support *supports,
                                                struct cor_owners *owners);
void cor_owners_dispose(struct cor_owners *owners);

// How many functions the component has in a source file.
struct cor_count cor_support_count(const struct cor_support *support, uint32_t file);

// Keys for the maps: numbers that are never NULL as pointers.
const void *cor_file_key(uint32_t file);
const void *cor_folder_key(const char *path);
const void *cor_stem_key(const char *path);

// fit.c: how well a candidate that no namesake rule refuses fits the component that has the symbol,
// and why not.
enum cor_fit cor_support_fit(const struct cor_evidence *evidence, const struct cor_support *support,
                             const struct cor_body_query *query,
                             const struct cor_definition *definition, const char **ret_why);

#endif
