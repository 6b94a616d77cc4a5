// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: texts of a case live in its own arena.
#ifndef COR_AUDIT_CASE_TEXT_H
#define COR_AUDIT_CASE_TEXT_H

#include "audit/pipeline.h"

// Replaces the text by a copy in the case's arena; NULL stays NULL.
COR_MUST_CHECK enum cor_status cor_case_text(struct cor_case *case_, const char **text);

// Copies a row of `count` texts, each by address.
COR_MUST_CHECK enum cor_status cor_case_texts(struct cor_case *case_, const char **const *texts,
                                              size_t count);

#endif
