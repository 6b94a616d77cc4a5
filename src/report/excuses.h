// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What does not count for the exit status, in sentences, for reports without a place of their own.
#ifndef COR_REPORT_EXCUSES_H
#define COR_REPORT_EXCUSES_H

#include "model/case.h"

// One excuse in one sentence; NULL when memory is out.
const char *cor_excuse_sentence(struct cor_arena *arena, const struct cor_case_excuse *excuse);

// All of them, one behind the other; empty when there is none, NULL when memory is out.
const char *cor_excuse_sentences(struct cor_arena *arena, const struct cor_case *case_);

#endif
