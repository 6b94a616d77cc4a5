// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One page, complete in itself: what comes in which order.
#include "report/html.h"

#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

static enum cor_status put_page(struct cor_page *page)
{
    cor_html_begin(page->out, "Does the source correspond?");
    enum cor_status status = cor_page_head(page);
    if (status == COR_OK)
        status = cor_page_picture(page);
    if (status == COR_OK)
        status = cor_page_findings(page);
    if (status == COR_OK)
        status = cor_page_functions(page);
    if (status == COR_OK)
        status = cor_page_names(page);
    cor_page_components(page);
    cor_page_unread(page);
    if (status == COR_OK)
        status = cor_page_excuses(page);
    cor_page_notes(page);
    if (status == COR_OK)
        status = cor_page_later_put(page);
    fputs("</main>\n", page->out);
    cor_html_end(page->out);
    return status;
}

static enum cor_status write_page(struct cor_page *page)
{
    enum cor_status status = cor_counts_callers(page->case_, &page->callers);
    if (status == COR_OK)
        status = cor_counts_folders(page->case_, &page->folders);
    if (status == COR_OK)
        status = cor_page_later_init(page);
    if (status == COR_OK)
        status = put_page(page);
    cor_page_later_dispose(page);
    cor_counts_dispose(&page->callers);
    cor_counts_dispose(&page->folders);
    return status;
}

enum cor_status cor_html_write(const struct cor_case *case_,
                               const struct cor_report_options *options, FILE *out)
{
    struct cor_index index;
    struct cor_plan plan;
    (void)options;
    enum cor_status status = cor_index_init(&index, case_);
    if (status != COR_OK)
        return status;
    status = cor_plan_init(&plan, case_);
    if (status == COR_OK) {
        struct cor_page page = {.index = &index, .case_ = case_, .out = out, .plan = &plan};
        status = write_page(&page);
        cor_plan_dispose(&plan);
    }
    cor_index_dispose(&index);
    return status == COR_OK ? cor_put_done(out) : status;
}
