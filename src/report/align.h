// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Lists for people: columns that are parted by tabs, one below the other.
#ifndef COR_REPORT_ALIGN_H
#define COR_REPORT_ALIGN_H

#include <stdio.h>

#include "base/status.h"

// Writes lines of cells with spaces instead of tabs. COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_align(const char *text, FILE *out);

#endif
