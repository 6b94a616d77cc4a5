// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The parts of the page. Private to html*.c.
#ifndef COR_REPORT_HTML_PAGE_H
#define COR_REPORT_HTML_PAGE_H

#include "report/counts.h"
#include "report/groups.h"
#include "report/index.h"
#include "report/picture.h"

// What folds are for: each may fill so much of the page with what need not be unpacked.
enum cor_budget { COR_BUDGET_PICTURES, COR_BUDGET_EVIDENCE, COR_BUDGET_FUNCTIONS, COR_BUDGETS };

struct cor_page {
    const struct cor_index *index;
    const struct cor_case *case_;
    FILE *out;
    const struct cor_plan *plan;
    struct cor_counts callers, folders;
    size_t open[COR_BUDGETS]; // bytes of folded markup that stand in the page so far
    // What is put in its place when it is opened: the pack that is being filled, and those before.
    struct cor_later {
        FILE *records, *packs;
        char *record_text, *pack_text;
        size_t record_size, pack_size;
        size_t number; // packs so far
    } later;
};

// A part of the page that opens when it is asked for: what stands in its attributes, in the line
// that opens it, in it, and in it while that is not there or where there is no script.
enum cor_fold_part {
    COR_FOLD_ID, // needs no quotes
    COR_FOLD_ATTRIBUTES,
    COR_FOLD_SUMMARY,
    COR_FOLD_WITHOUT,
    COR_FOLD_BODY,
    COR_FOLD_PARTS
};

struct cor_fold {
    FILE *out[COR_FOLD_PARTS]; // write markup to them
    char *text[COR_FOLD_PARTS];
    size_t size[COR_FOLD_PARTS];
};

COR_MUST_CHECK enum cor_status cor_fold_init(struct cor_fold *fold);
void cor_fold_dispose(struct cor_fold *fold);

// Puts a fold into the page, its body at once or later, as much as the page can take.
COR_MUST_CHECK enum cor_status cor_page_fold(struct cor_page *page, struct cor_fold *fold,
                                             enum cor_budget budget);

COR_MUST_CHECK enum cor_status cor_page_later_init(struct cor_page *page);
// Writes the packs.
COR_MUST_CHECK enum cor_status cor_page_later_put(struct cor_page *page);
void cor_page_later_dispose(struct cor_page *page);

// The first screen: the answer, what was compared, the numbers, what is not explained.
COR_MUST_CHECK enum cor_status cor_page_head(const struct cor_page *page);
COR_MUST_CHECK enum cor_status cor_page_unexplained(const struct cor_page *page);
void cor_page_callers(const struct cor_page *page);

// "14 names in k.b00, libx.so": what the names of a group have in common.
void cor_page_group_name(const struct cor_page *page, const struct cor_groups *groups,
                         const struct cor_group *group);

// The picture of the whole, and a fold for each group of components in it and below.
COR_MUST_CHECK enum cor_status cor_page_picture(struct cor_page *page);

// A section for each finding, in groups.
COR_MUST_CHECK enum cor_status cor_page_findings(struct cor_page *page);

// The chain of evidence of one: in short, and in full.
void cor_page_chain(const struct cor_page *page, const struct cor_case_symbol *symbol, FILE *out);
COR_MUST_CHECK enum cor_status cor_page_evidence(const struct cor_page *page,
                                                 const struct cor_case_symbol *symbol, FILE *out);
void cor_page_source(const struct cor_page *page, const struct cor_case_symbol *symbol, FILE *out);
COR_MUST_CHECK enum cor_status cor_page_commands(const struct cor_page *page,
                                                 const struct cor_case_symbol *symbol, FILE *out);

// A component's name, linked to its row.
void cor_page_component(const struct cor_case *case_, uint32_t id, FILE *out);

// What else there is: names that are not findings, functions, components, what was not read.
COR_MUST_CHECK enum cor_status cor_page_names(const struct cor_page *page);
COR_MUST_CHECK enum cor_status cor_page_functions(struct cor_page *page);
void cor_page_components(const struct cor_page *page);
void cor_page_unread(const struct cor_page *page);
COR_MUST_CHECK enum cor_status cor_page_excuses(const struct cor_page *page);
void cor_page_notes(const struct cor_page *page);

#endif
