// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what stands beside a listed row.
#ifndef COR_AUDIT_CASE_EVIDENCE_H
#define COR_AUDIT_CASE_EVIDENCE_H

#include "audit/pipeline.h"

// Adds the definitions and namesakes of a symbol. `provider` is the one that the loader takes, or
// NULL. A compact row gets its first definition alone.
COR_MUST_CHECK enum cor_status
cor_case_add_bodies(struct cor_pipeline *pipeline, struct cor_case *case_,
                    const struct cor_symbol *symbol, const struct cor_component *component,
                    const struct cor_provider *provider, struct cor_case_symbol *row);

// Adds declarations, calls and the needing components' references.
COR_MUST_CHECK enum cor_status cor_case_add_evidence(struct cor_pipeline *pipeline,
                                                     struct cor_case *case_,
                                                     const struct cor_name *name,
                                                     struct cor_case_symbol *row);

// Adds the comments that say where the body is; references come first.
COR_MUST_CHECK enum cor_status cor_case_add_admissions(struct cor_pipeline *pipeline,
                                                       struct cor_case *case_,
                                                       const struct cor_name *name,
                                                       struct cor_case_symbol *row);

// Adds the references of those who need the name, then of its first provider, whose own code may
// use it too.
COR_MUST_CHECK enum cor_status cor_case_add_references(struct cor_pipeline *pipeline,
                                                       struct cor_case *case_,
                                                       const struct cor_name *name,
                                                       struct cor_case_symbol *row);

#endif
