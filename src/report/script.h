// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A shell script with the verification commands of all symbols that a case lists in full.
#ifndef COR_REPORT_SCRIPT_H
#define COR_REPORT_SCRIPT_H

#include <stdio.h>

#include "model/case.h"
#include "report/cited.h"

// Commands read the files of `cited`, below the script's own folder, in place of the inputs.
// Called before `cited->complete` is set it finds out which files they cite.
COR_MUST_CHECK enum cor_status cor_script_write(const struct cor_case *case_,
                                                struct cor_cited *cited, FILE *out);

#endif
