// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What writing and reading share of SQLite. Private to this floor.
#ifndef COR_CASEFILE_DATABASE_H
#define COR_CASEFILE_DATABASE_H

#include <sqlite3.h>

#include "base/diag.h"
#include "casefile/tables.h"

enum { COR_CASEFILE_APPLICATION = 1668248178, COR_CASEFILE_VERSION = 2 };

// Turns the last error of `database` into a status and tells `diag`, but for COR_NOMEM, which the
// callers at the top tell. `doing` is "write" or "read".
enum cor_status cor_database_fail(sqlite3 *database, const char *path, const char *doing,
                                  struct cor_diag *diag);

// Makes the tables and views of schema.sql.
COR_MUST_CHECK enum cor_status cor_database_make(sqlite3 *database, const char *path,
                                                 struct cor_diag *diag);

// "INSERT INTO t (...) VALUES (...)" and "SELECT ... FROM t ORDER BY ...", key columns first: the
// id, or the owner and the ordinal.
COR_MUST_CHECK enum cor_status cor_database_insert(sqlite3 *database, const struct cor_table *table,
                                                   sqlite3_stmt **ret_statement);
COR_MUST_CHECK enum cor_status cor_database_select(sqlite3 *database, const struct cor_table *table,
                                                   sqlite3_stmt **ret_statement);

#endif
