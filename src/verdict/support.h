// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: from which sources a component's functions come, so that a lone namesake
// can be told from a body.
#ifndef COR_VERDICT_SUPPORT_H
#define COR_VERDICT_SUPPORT_H

#include "verdict/body.h"

struct cor_support {
    size_t functions;       // of the component, without those that tools make
    size_t with_body;       // of those, with a candidate that no namesake rule refuses
    struct cor_map folders; // folder key -> how many functions have a candidate there
};

enum cor_fit {
    COR_FIT_BODY,     // it can be the body
    COR_FIT_DOUBTFUL, // nothing else of the component comes from there
    COR_FIT_NAMESAKE  // the component comes from elsewhere altogether
};

// COR_OK or COR_NOMEM. Disposed of by the caller even on failure.
COR_MUST_CHECK enum cor_status cor_support_build(const struct cor_evidence *evidence,
                                                 const struct cor_component *component,
                                                 struct cor_support *support);
void cor_support_dispose(struct cor_support *support);

// How well a candidate that no namesake rule refuses fits the component that has the symbol.
enum cor_fit cor_support_fit(const struct cor_evidence *evidence, const struct cor_support *support,
                             const struct cor_body_query *query,
                             const struct cor_definition *definition);

#endif
