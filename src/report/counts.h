// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// How many findings each component calls for, and how many are called in each folder of the
// source. A name that several call counts with each of them.
#ifndef COR_REPORT_COUNTS_H
#define COR_REPORT_COUNTS_H

#include "base/array.h"
#include "base/slice.h"
#include "model/case.h"

struct cor_count {
    uint32_t component;      // 0: no component, or a folder
    struct cor_slice folder; // `data` is NULL where no call is known
    size_t names;
    const struct cor_case_symbol *first;
};

struct cor_counts {
    COR_ARRAY(struct cor_count) list; // by component or folder
    COR_ARRAY(size_t) largest;        // indexes into `list`, the largest count first
};

COR_MUST_CHECK enum cor_status cor_counts_callers(const struct cor_case *case_,
                                                  struct cor_counts *ret_counts);
COR_MUST_CHECK enum cor_status cor_counts_folders(const struct cor_case *case_,
                                                  struct cor_counts *ret_counts);
void cor_counts_dispose(struct cor_counts *counts);

// The folder of a place, whole; and where a component or a folder stands in the list.
struct cor_slice cor_counts_folder(const struct cor_case_place *place);
size_t cor_counts_find(const struct cor_counts *counts, uint32_t component,
                       struct cor_slice folder);

#endif
