// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The parts of `show`. Private to this floor.
#ifndef COR_REPORT_SHOW_H
#define COR_REPORT_SHOW_H

#include "report/index.h"
#include "report/report.h"

// The narrative of one row. Without `assign` the paths of the user's inputs are left out.
COR_MUST_CHECK enum cor_status cor_show_symbol(const struct cor_index *index,
                                               const struct cor_case_symbol *symbol, bool assign,
                                               FILE *out);

// Where released code calls a symbol, where it is declared, what bodies and namesakes there are,
// and what was searched.
void cor_show_source(const struct cor_index *index, const struct cor_case_symbol *symbol,
                     FILE *out);

// "How to verify by hand".
COR_MUST_CHECK enum cor_status cor_show_commands(const struct cor_index *index,
                                                 const struct cor_case_symbol *symbol, bool assign,
                                                 FILE *out);

void cor_show_component(const struct cor_case *case_, const struct cor_case_component *component,
                        FILE *out);

// The members whose path is `what`, or ends with it behind a slash.
COR_MUST_CHECK enum cor_status cor_show_members(const struct cor_index *index, const char *what,
                                                FILE *out, bool *ret_found);

// What the case holds of one source file; false, and nothing written, when it holds nothing.
bool cor_show_file(const struct cor_index *index, const char *file, FILE *out);

#endif
