// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What became of a case's facts when its inputs were read again.
#ifndef COR_REPORT_VERIFY_H
#define COR_REPORT_VERIFY_H

#include <stdio.h>

#include "casefile/compare.h"

struct cor_verification {
    const struct cor_case *kept, *found;
    const struct cor_facts *facts;
    bool excuses; // they were compared
};

COR_MUST_CHECK enum cor_status cor_verify_text(const struct cor_verification *verification,
                                               FILE *out);
COR_MUST_CHECK enum cor_status cor_verify_json(const struct cor_verification *verification,
                                               FILE *out);

#endif
