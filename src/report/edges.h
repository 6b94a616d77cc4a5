// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Who needs how many names of whom, component by component.
#ifndef COR_REPORT_EDGES_H
#define COR_REPORT_EDGES_H

#include "base/array.h"
#include "model/case.h"

struct cor_edge {
    uint32_t from, to; // ids of components
    uint32_t names, findings;
    size_t symbol; // the first finding among them, or the first of them
};

struct cor_edges {
    COR_ARRAY(struct cor_edge) list; // by from, to
};

// COR_INTERRUPTED, COR_NOMEM; `ret_edges` is then empty.
COR_MUST_CHECK enum cor_status cor_edges_make(const struct cor_case *case_,
                                              struct cor_edges *ret_edges);
void cor_edges_dispose(struct cor_edges *edges);

#endif
