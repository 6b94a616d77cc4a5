// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The evidence of a case in one file, that a stranger can check without the inputs.
#ifndef COR_AUDIT_BUNDLE_H
#define COR_AUDIT_BUNDLE_H

#include <stdio.h>

#include "audit/again.h"

struct cor_bundle_options {
    struct cor_again_options again; // where the inputs are now
    const char *casefile;           // path of the case file itself
    const char *version;            // text of the file VERSION
};

// Writes the zip file to `out`. COR_MISMATCH when a cited file is not what the case says, and as
// cor_audit() fails; one line has then gone to the options' sink.
COR_MUST_CHECK enum cor_status
cor_bundle_write(const struct cor_case *case_, const struct cor_bundle_options *options, FILE *out);

#endif
