// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: reads the files that a bundle cites.
#ifndef COR_AUDIT_BUNDLE_FILES_H
#define COR_AUDIT_BUNDLE_FILES_H

#include "audit/again.h"
#include "report/cited.h"

// Fills the bytes of the cited files from the inputs, as far as these have them as leaves, and sets
// `cited->complete`. COR_MISMATCH when one's hash is not that of the case.
COR_MUST_CHECK enum cor_status cor_bundle_read_files(const struct cor_case *case_,
                                                     const struct cor_again_options *options,
                                                     struct cor_cited *cited);

#endif
