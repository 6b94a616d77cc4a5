// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which component of one case is which of another.
#ifndef COR_REPORT_DIFF_MATCH_H
#define COR_REPORT_DIFF_MATCH_H

#include "base/array.h"
#include "model/case.h"

struct cor_matches {
    COR_ARRAY(uint32_t) new_of; // by index of the old component: the id of the new one, or 0
    COR_ARRAY(uint32_t) old_of; // the other way round
};

COR_MUST_CHECK enum cor_status cor_match_components(const struct cor_case *old,
                                                    const struct cor_case *new_,
                                                    struct cor_matches *ret_matches);
void cor_matches_dispose(struct cor_matches *matches);

// What of a component's path is below its input: "/k.b00!gzip"; empty for the input itself.
const char *cor_match_inner_path(const struct cor_case *case_,
                                 const struct cor_case_component *component);

#endif
