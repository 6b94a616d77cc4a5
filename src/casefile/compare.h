// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Two cases compared fact by fact: a fact is a field of a row of the case file.
#ifndef COR_CASEFILE_COMPARE_H
#define COR_CASEFILE_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/array.h"
#include "model/case.h"

enum cor_fact_change { COR_FACT_DIFFERS, COR_FACT_MISSING, COR_FACT_FURTHER };

// A fact of the kept case that the other one does not have so.
struct cor_fact {
    enum cor_fact_change change; // MISSING: only the kept case has the row; FURTHER: only the other
    const char *table;           // "reference"
    const char *column;          // NULL: the whole row
    const char *row;             // what it is about: a path, a name; may be NULL
    const char *kept, *found;    // the values, for people; NULL where there is none
};

struct cor_facts {
    struct cor_arena arena;
    COR_ARRAY(struct cor_fact) list; // by table, row, column
    uint64_t compared, different;    // fields in all; those beyond the most are only counted
};

// Rows are paired by what they are about, in their order. Paths of inputs, of the tool and what it
// was told are no facts and are left out; `excuses` says whether excuses are compared. At most
// `most` facts are listed.
COR_MUST_CHECK enum cor_status cor_case_compare(const struct cor_case *kept,
                                                const struct cor_case *found, bool excuses,
                                                size_t most, struct cor_facts *ret_facts);
void cor_facts_dispose(struct cor_facts *facts);

#endif
