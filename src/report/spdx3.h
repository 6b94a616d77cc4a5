// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#ifndef COR_REPORT_SPDX3_H
#define COR_REPORT_SPDX3_H

#include "report/report.h"

COR_MUST_CHECK enum cor_status cor_spdx3_write(const struct cor_case *case_,
                                               const struct cor_report_options *options, FILE *out);

#endif
