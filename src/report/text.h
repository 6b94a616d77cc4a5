// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The parts of the text summary. Private to this floor.
#ifndef COR_REPORT_TEXT_H
#define COR_REPORT_TEXT_H

#include "base/buffer.h"
#include "report/report.h"

COR_MUST_CHECK enum cor_status cor_text_write(const struct cor_case *case_,
                                              const struct cor_report_options *options, FILE *out);

// The symbols that are not explained, in groups, the largest first.
COR_MUST_CHECK enum cor_status cor_text_findings(const struct cor_case *case_, FILE *out);
COR_MUST_CHECK enum cor_status cor_text_open_questions(const struct cor_case *case_, FILE *out);

// The answer in one sentence.
COR_MUST_CHECK enum cor_status cor_text_answer(const struct cor_case *case_,
                                               struct cor_buffer *text);

// "binary-only: a shipped component has it, and ...", and who needs whose code.
const char *cor_text_verdict(enum cor_class class_);
const char *cor_text_direction(enum cor_direction direction);

// The sentence that tells what `released` does not mean.
extern const char cor_text_released_means[];

#endif
