// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Functions that nobody needs by name and that have no released body: a fold for each component,
// the one with the most first.
#include <inttypes.h>
#include <stdlib.h>

#include "base/interrupt.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

enum { NAMES_WITHOUT = 12 };

// A run of the case's functions: those of one component.
struct run {
    size_t first, end, count;
    uint64_t bytes;
};

struct runs {
    COR_ARRAY(struct run) list;
    size_t functions;
};

static int most_first(const void *a, const void *b)
{
    const struct run *left = a, *right = b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return (left->first > right->first) - (left->first < right->first);
}

static enum cor_status find_runs(const struct cor_case *case_, struct runs *runs)
{
    enum cor_status status = COR_OK;
    const struct cor_case_function *all = case_->functions.items;
    for (size_t i = 0; status == COR_OK && i < case_->functions.count;) {
        struct run run = {.first = i};
        for (; i < case_->functions.count && all[i].component == all[run.first].component; i++)
            if (all[i].finding) {
                run.count++;
                run.bytes += all[i].size;
            }
        run.end = i;
        runs->functions += run.count;
        if (run.count)
            status = cor_array_add(&runs->list, run);
    }
    if (runs->list.count > 1)
        qsort(runs->list.items, runs->list.count, sizeof *runs->list.items, most_first);
    return status;
}

static void put_function(const struct cor_case_function *function, FILE *out)
{
    fputs("<tr><td><code>", out);
    cor_html_text(out, function->name);
    fprintf(out, "</code></td><td>%s</td><td>", cor_class_word(function->class_));
    cor_html_text(out, function->reason);
    fputs("</td><td><code>", out);
    cor_html_text(out, function->section);
    fprintf(out, " 0x%" PRIx64 "</code></td><td class=n>", function->address);
    cor_put_number(out, function->size);
    fputs("</td></tr>\n", out);
}

static void put_table(const struct cor_case *case_, const struct run *run, FILE *out)
{
    fputs("<div class=wide><table class=sort><thead><tr><th>function</th><th>class</th>"
          "<th>reason</th><th>place</th><th class=n>bytes</th></tr></thead><tbody>\n",
          out);
    for (size_t i = run->first; i < run->end; i++)
        if (case_->functions.items[i].finding)
            put_function(&case_->functions.items[i], out);
    fputs("</tbody></table></div>\n", out);
}

static void put_without(const struct cor_case *case_, const struct run *run, FILE *out)
{
    size_t count = 0;
    fputs("<p><code>", out);
    for (size_t i = run->first; i < run->end; i++)
        if (case_->functions.items[i].finding && ++count <= NAMES_WITHOUT) {
            cor_html_text(out, case_->functions.items[i].name);
            fputc(' ', out);
        }
    fputs("</code>", out);
    if (count > NAMES_WITHOUT)
        fprintf(out, "and %zu more: <code>correspond report CASE --format json</code>",
                count - NAMES_WITHOUT);
    fputs("</p>\n", out);
}

static enum cor_status put_run(struct cor_page *page, const struct run *run)
{
    uint32_t id = page->case_->functions.items[run->first].component;
    const struct cor_case_component *component = cor_case_component_by_id(page->case_, id);
    struct cor_fold fold;
    enum cor_status status = cor_interrupted() ? COR_INTERRUPTED : cor_fold_init(&fold);
    if (status != COR_OK)
        return status;
    FILE *summary = fold.out[COR_FOLD_SUMMARY];
    fprintf(fold.out[COR_FOLD_ID], "d%" PRIu32, id);
    fputs("class=functions", fold.out[COR_FOLD_ATTRIBUTES]);
    fputs("<strong>", summary);
    cor_html_text(summary, component ? component->name : NULL);
    fputs("</strong> <span class=soft>", summary);
    cor_put_count(summary, run->count, "function, ", "functions, ");
    cor_put_count(summary, run->bytes, "byte", "bytes");
    fputs("</span>", summary);
    put_without(page->case_, run, fold.out[COR_FOLD_WITHOUT]);
    put_table(page->case_, run, fold.out[COR_FOLD_BODY]);
    status = cor_page_fold(page, &fold, COR_BUDGET_FUNCTIONS);
    cor_fold_dispose(&fold);
    return status;
}

enum cor_status cor_page_functions(struct cor_page *page)
{
    struct runs runs = {0};
    enum cor_status status = find_runs(page->case_, &runs);
    if (runs.functions) {
        fputs("<h2 id=functions>Functions without a released body that nobody needs by name</h2>\n"
              "<p>",
              page->out);
        cor_put_count(page->out, runs.functions, "function of ", "functions of ");
        cor_put_count(page->out, runs.list.count, "component", "components");
        fputs(": their components have released source; for these functions none was found.</p>\n",
              page->out);
    }
    for (size_t i = 0; status == COR_OK && i < runs.list.count; i++)
        status = put_run(page, &runs.list.items[i]);
    cor_array_dispose(&runs.list);
    return status;
}
