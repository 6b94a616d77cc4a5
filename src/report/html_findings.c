// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A section for each finding, in groups by who has the code.
#include <inttypes.h>

#include "base/interrupt.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

// A row can be found by so many of the components that need its name.
enum { MOST_NEEDS = 400 };

static void put_summary(const struct cor_page *page, const struct cor_case_symbol *symbol,
                        FILE *out)
{
    const struct cor_case_excuse *excuse = cor_case_excuse_by_number(page->case_, symbol->excuse);
    fputs("<code>", out);
    cor_html_text(out, symbol->name);
    fprintf(out, "</code> <span class=badge>%s</span> ", cor_class_word(symbol->class_));
    if (excuse) {
        fputs("<span class=\"badge excused\">", out);
        cor_html_text(out, excuse->kind);
        fputs("</span> ", out);
    }
    fputs("<span class=soft>", out);
    if (symbol->needed_by.count) {
        fputs("needed by ", out);
        cor_put_count(out, symbol->needed_by.count, "component", "components");
    } else {
        fputs("needed by no component", out);
    }
    if (symbol->calls.count) {
        fputs(", called at ", out);
        cor_html_text(out, symbol->calls.items[0].file
                               ? cor_index_inner_name(symbol->calls.items[0].file)
                               : NULL);
        fprintf(out, ":%" PRIu32, symbol->calls.items[0].line);
    }
    fputs("</span>", out);
}

// What the row is found by: class, components, folders; and put in order by.
static void put_attributes(const struct cor_page *page, const struct cor_case_symbol *symbol,
                           FILE *out)
{
    fprintf(out, "class=row data-c=%s data-k=%zu data-n=\"", cor_class_word(symbol->class_),
            symbol->needed_by.count);
    if (symbol->needed_by.count == 0)
        fputc('0', out);
    for (size_t i = 0; i < symbol->needed_by.count && i < MOST_NEEDS; i++)
        fprintf(out, "%s%" PRIu32, i ? " " : "", symbol->needed_by.items[i].component);
    fputs("\" data-d=\"", out);
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < symbol->calls.count || i == 0; i++) {
        struct cor_slice folder = {NULL, 0};
        if (symbol->calls.count)
            folder = cor_counts_folder(&symbol->calls.items[i]);
        size_t number = cor_counts_find(&page->folders, 0, folder);
        if (number != last)
            fprintf(out, "%s%zu", i ? " " : "", number);
        last = number;
    }
    fputs("\" data-at=\"", out);
    if (symbol->calls.count && symbol->calls.items[0].file) {
        cor_html_text(out, cor_index_inner_name(symbol->calls.items[0].file));
        fprintf(out, ":%09" PRIu32, symbol->calls.items[0].line);
    }
    fputc('"', out);
}

static enum cor_status put_finding(struct cor_page *page, const struct cor_case_symbol *symbol)
{
    struct cor_fold fold;
    enum cor_status status = cor_interrupted() ? COR_INTERRUPTED : cor_fold_init(&fold);
    if (status != COR_OK)
        return status;
    cor_html_id(fold.out[COR_FOLD_ID], page->case_, symbol);
    put_attributes(page, symbol, fold.out[COR_FOLD_ATTRIBUTES]);
    put_summary(page, symbol, fold.out[COR_FOLD_SUMMARY]);
    status = cor_page_evidence(page, symbol, fold.out[COR_FOLD_BODY]);
    if (status == COR_OK)
        status = cor_page_fold(page, &fold, COR_BUDGET_EVIDENCE);
    cor_fold_dispose(&fold);
    return status;
}

static enum cor_status put_groups(struct cor_page *page, const struct cor_groups *groups)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; status == COR_OK && i < groups->groups.count; i++) {
        const struct cor_group *group = &groups->groups.items[i];
        fprintf(page->out, "<section class=group id=g%zu>\n<h3>", i + 1);
        cor_page_group_name(page, groups, group);
        fputs("</h3>\n", page->out);
        for (size_t k = 0; status == COR_OK && k < group->count; k++)
            status = put_finding(page, groups->symbols.items[group->first + k]);
        fputs("</section>\n", page->out);
    }
    return status;
}

enum cor_status cor_page_findings(struct cor_page *page)
{
    struct cor_groups groups;
    enum cor_status status =
        cor_groups_make(page->case_, cor_group_findings, cor_group_by_provider, &groups);
    if (status != COR_OK)
        return status;
    fputs("<h2 id=findings>Findings, each with its evidence</h2>\n", page->out);
    if (groups.groups.count) {
        fputs(
            "<div class=find id=find hidden></div>\n<noscript><p class=soft>Without JavaScript the "
            "first of them open here; the evidence of each is told by <code>correspond show CASE "
            "NAME</code>.</p></noscript>\n<div id=list>\n",
            page->out);
        status = put_groups(page, &groups);
        fputs("</div>\n", page->out);
    } else {
        fputs("<p>There is none among the names that components need.</p>\n", page->out);
    }
    cor_groups_dispose(&groups);
    return status;
}
