// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The case file: one SQLite database (schema in schema.sql) that holds a whole case.
#ifndef COR_CASEFILE_CASEFILE_H
#define COR_CASEFILE_CASEFILE_H

#include "base/diag.h"
#include "model/case.h"

// Writes beside `path` under a temporary name and renames at the end: no half-written file ever
// stands under `path`, and the temporary one is removed on failure. COR_IO, COR_NOMEM,
// COR_INTERRUPTED; the reason goes to `diag` with grade COR_FATAL.
COR_MUST_CHECK enum cor_status cor_casefile_write(const struct cor_case *case_, const char *path,
                                                  struct cor_diag *diag);

// Reads a case back, equal in every field. `case_` must be new. COR_NOT_FOUND, COR_MALFORMED (no
// case file, or damaged), COR_UNSUPPORTED (made by a newer version), COR_IO, COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_casefile_read(const char *path, struct cor_case *case_,
                                                 struct cor_diag *diag);

#endif
