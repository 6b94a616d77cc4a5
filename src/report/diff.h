// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Two cases of one product: what the newer candidate adds, still lacks, and lost.
#ifndef COR_REPORT_DIFF_H
#define COR_REPORT_DIFF_H

#include <stdbool.h>
#include <stdio.h>

#include "base/array.h"
#include "model/case.h"

enum cor_change {
#define COR_CHANGE(id, word, regress, heading) COR_CHANGE_##id,
#include "report/diff.def"
#undef COR_CHANGE
    COR_CHANGE_COUNT
};

const char *cor_change_word(enum cor_change change);
const char *cor_change_heading(enum cor_change change);
bool cor_change_is_regress(enum cor_change change);

// One name in one component. `own`: the component defines it; else it needs it.
struct cor_changed_name {
    enum cor_change change;
    bool own;
    const char *name;
    const struct cor_case_component *old, *new_; // NULL: not shipped then, or no binary needs it
    bool was_listed, is_listed;                  // else the class of that time means nothing
    enum cor_class was, is;
};

struct cor_diff {
    const struct cor_case *old, *new_;
    COR_ARRAY(struct cor_changed_name) names;                 // by change, name, component
    COR_ARRAY(const struct cor_case_component *) gone, added; // components
    uint64_t count[COR_CHANGE_COUNT];
    bool regress;
};

// Both cases must outlive the result. Components are the same when their paths within the input
// are; else when their names are, and no other component of that role has it; else when their
// bytes are.
COR_MUST_CHECK enum cor_status
cor_diff_make(const struct cor_case *old, const struct cor_case *new_, struct cor_diff *ret_diff);
void cor_diff_dispose(struct cor_diff *diff);

struct cor_diff_format {
    const char *name; // "text"
    COR_MUST_CHECK enum cor_status (*write)(const struct cor_diff *diff, FILE *out);
};

// NULL when there is none of that name: text, json, html.
const struct cor_diff_format *cor_diff_format(const char *name);

// The answer in one sentence, without a line end.
void cor_diff_answer(const struct cor_diff *diff, FILE *out);

COR_MUST_CHECK enum cor_status cor_diff_text(const struct cor_diff *diff, FILE *out);
COR_MUST_CHECK enum cor_status cor_diff_json(const struct cor_diff *diff, FILE *out);
COR_MUST_CHECK enum cor_status cor_diff_html(const struct cor_diff *diff, FILE *out);

#endif
