// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The parts of the page. Private to html*.c.
#ifndef COR_REPORT_HTML_PAGE_H
#define COR_REPORT_HTML_PAGE_H

#include "report/groups.h"
#include "report/index.h"
#include "report/picture.h"

struct cor_page {
    const struct cor_index *index;
    const struct cor_case *case_;
    FILE *out;
    const struct cor_picture *picture;
    size_t evidence; // bytes of it that stand in the page so far
    FILE *more;      // the evidence that is put in its place when it is opened: JSON
    bool any_more;
};

// The first screen: the answer, what was compared, the numbers, what is not explained.
COR_MUST_CHECK enum cor_status cor_page_head(const struct cor_page *page);
void cor_page_inputs(const struct cor_page *page);
void cor_page_totals(const struct cor_page *page);
COR_MUST_CHECK enum cor_status cor_page_unexplained(const struct cor_page *page);

// "14 names in k.b00, libx.so": what the names of a group have in common.
void cor_page_group_name(const struct cor_page *page, const struct cor_groups *groups,
                         const struct cor_group *group);

COR_MUST_CHECK enum cor_status cor_page_picture(const struct cor_page *page);

// A section for each finding, in groups.
COR_MUST_CHECK enum cor_status cor_page_findings(struct cor_page *page);

// The chain of evidence of one.
COR_MUST_CHECK enum cor_status cor_page_evidence(const struct cor_page *page,
                                                 const struct cor_case_symbol *symbol, FILE *out);
void cor_page_source(const struct cor_page *page, const struct cor_case_symbol *symbol, FILE *out);
COR_MUST_CHECK enum cor_status cor_page_commands(const struct cor_page *page,
                                                 const struct cor_case_symbol *symbol, FILE *out);

// A component's name, linked to its row.
void cor_page_component(const struct cor_case *case_, uint32_t id, FILE *out);

// What else there is: names that are not findings, functions, components, what was not read.
COR_MUST_CHECK enum cor_status cor_page_names(const struct cor_page *page);
void cor_page_functions(const struct cor_page *page);
void cor_page_components(const struct cor_page *page);
void cor_page_boxes(const struct cor_page *page);
void cor_page_unread(const struct cor_page *page);
void cor_page_notes(const struct cor_page *page);

#endif
