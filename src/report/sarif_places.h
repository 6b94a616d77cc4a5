// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to sarif*.c.
#ifndef COR_REPORT_SARIF_PLACES_H
#define COR_REPORT_SARIF_PLACES_H

#include "model/case.h"
#include "report/json_out.h"

// A location: a whole file, and a function in it where one is given.
void cor_sarif_file(struct cor_json *json, const char *path, const char *function);

// "locations": the lines that call a symbol, or else where it is declared, or who needs it.
void cor_sarif_locations(struct cor_json *json, const struct cor_case *case_,
                         const struct cor_case_symbol *symbol);

// "relatedLocations": the rows that refer to it, and where it is defined.
void cor_sarif_related(struct cor_json *json, const struct cor_case *case_,
                       const struct cor_case_symbol *symbol);

#endif
