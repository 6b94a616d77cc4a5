// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The parts of the JSON report. Private to this floor.
#ifndef COR_REPORT_JSON_H
#define COR_REPORT_JSON_H

#include "report/index.h"
#include "report/json_out.h"
#include "report/report.h"

COR_MUST_CHECK enum cor_status cor_json_write(const struct cor_case *case_,
                                              const struct cor_report_options *options, FILE *out);

// One row of `symbols`, with the commands of a full one.
COR_MUST_CHECK enum cor_status cor_json_symbol(struct cor_json *json, const struct cor_index *index,
                                               const struct cor_case_symbol *symbol);

void cor_json_component(struct cor_json *json, const struct cor_case *case_,
                        const struct cor_case_component *component);

// "excuse": an id of `excuses`, or null.
void cor_json_excuse(struct cor_json *json, uint32_t number);

// NULL when there is no such input.
// A source file with what it says of its licence.
void cor_json_source_file(struct cor_json *json, const struct cor_case *case_,
                          const struct cor_case_source_file *file);
const char *cor_json_input_name(const struct cor_case *case_, uint32_t input);

#endif
