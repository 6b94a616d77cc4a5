// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Values out of a database that may be hostile: their types and ranges are checked.
#ifndef COR_CASEFILE_TAKE_H
#define COR_CASEFILE_TAKE_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/arena.h"
#include "casefile/tables.h"

struct cor_taker {
    struct cor_arena *arena;               // for texts
    uint64_t rows[COR_TABLE_NUMBER_COUNT]; // how many rows each table has: bounds of indexes
};

// Puts the value in column `at` into its field of `record`. COR_MALFORMED, without words, when it
// does not fit; COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_take_field(struct cor_taker *taker, sqlite3_stmt *select, int at,
                                              const struct cor_field *field, char *record);

#endif
