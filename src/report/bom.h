// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What both bills of materials need.
#ifndef COR_REPORT_BOM_H
#define COR_REPORT_BOM_H

#include "base/slice.h"
#include "model/case.h"

// "2026-01-31T12:00:00Z" from SOURCE_DATE_EPOCH; without it, or where it is no number, the first
// second of 1980, which says that no time was told: a report does not depend on the clock.
void cor_bom_time(char time[32]);

// An identifier that is the same for the same inputs, in the form of a random UUID: digits of the
// inputs' hashes, folded.
void cor_bom_uuid(const struct cor_case *case_, char uuid[37]);

// The SPDX identifier of a licence as Linux modules declare it, or NULL.
const char *cor_bom_licence(const char *declared);

// Whether the text is an SPDX expression of identifiers that are on SPDX's list; the rarer ones are
// not known here.
bool cor_bom_is_expression(const char *text);

#endif
