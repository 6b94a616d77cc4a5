// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Macros that nothing in the release defines: what they make of their arguments is not known.
#ifndef COR_SOURCE_UNKNOWN_MACROS_H
#define COR_SOURCE_UNKNOWN_MACROS_H

#include "source/finish.h"

// `found`: an invocation left in an expansion. Makes gaps for names that it may make.
COR_MUST_CHECK enum cor_status cor_note_unknown_macro(struct cor_finisher *finisher,
                                                      const struct cor_found *found);

// Trace points of the file come from a header that the release may lack: gaps for their names.
COR_MUST_CHECK enum cor_status cor_note_missing_trace_header(struct cor_finisher *finisher,
                                                             const struct cor_census_file *file);

#endif
