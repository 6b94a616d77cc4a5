// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The components as a table.
#include <inttypes.h>

#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

enum { OPEN_TABLE = 40 };

static void put_cell(FILE *out, bool known, uint64_t number)
{
    fputs("<td class=n>", out);
    if (known)
        cor_put_number(out, number);
    else
        fputc('-', out);
    fputs("</td>", out);
}

static size_t findings_of(const struct cor_page *page, uint32_t component)
{
    const struct cor_counts *counts = &page->callers;
    size_t at = cor_counts_find(counts, component, cor_slice(NULL, 0));
    bool found = at < counts->list.count && counts->list.items[at].component == component;
    return found ? counts->list.items[at].names : 0;
}

static void put_findings(const struct cor_page *page, const struct cor_case_component *component)
{
    size_t count = findings_of(page, component->id);
    if (count == 0) {
        fputs("<td class=n>0</td>", page->out);
        return;
    }
    fprintf(page->out,
            "<td class=n><a href=\"#findings\" data-only=n%" PRIu32 " data-label=\"needed by ",
            component->id);
    cor_html_text(page->out, component->name);
    fputs("\">", page->out);
    cor_put_number(page->out, count);
    fputs("</a></td>", page->out);
}

static void put_component(const struct cor_page *page, const struct cor_case_component *component)
{
    FILE *out = page->out;
    fprintf(out, "<tr id=c%" PRIu32 "><td>", component->id);
    cor_html_text(out, component->name);
    fputs("<small>", out);
    cor_html_text(out, component->path);
    if (component->sha256)
        fprintf(out, " sha256 %s", component->sha256);
    if (component->reason) {
        fputs("; ", out);
        cor_html_text(out, component->reason);
    }
    fprintf(out, "</small></td><td>%s</td><td>%s</td><td>", cor_kind_word(component->kind),
            cor_coverage_word(cor_coverage_of(component)));
    cor_html_text(out, component->licence);
    fputs("</td>", out);
    put_findings(page, component);
    put_cell(out, component->undefined.known, component->undefined.total);
    put_cell(out, component->undefined.known, component->undefined.of[COR_CLASS_RELEASED]);
    put_cell(out, component->defined.known, component->defined.total);
    put_cell(out, component->defined.known, component->defined.of[COR_CLASS_RELEASED]);
    fputs("</tr>\n", out);
}

// A long table is markup for browsers without a script alone; the script puts it into its place
// when it is opened.
void cor_page_components(const struct cor_page *page)
{
    size_t count = page->case_->components.count;
    bool open = count <= OPEN_TABLE;
    fputs("<h2 id=components>Components</h2>\n<details id=all-components", page->out);
    fputs(open ? " open><summary>" : " class=later><summary>", page->out);
    cor_put_count(page->out, count, "component", "components");
    fprintf(page->out, "</summary>\n%s", open ? "" : "<noscript>");
    fputs("<div class=wide><table class=sort><thead><tr><th>component</th><th>kind</th>"
          "<th>coverage</th><th>licence</th><th class=n>findings</th><th class=n>needs</th>"
          "<th class=n>of it released</th><th class=n>defines</th><th class=n>of it released</th>"
          "</tr></thead><tbody>\n",
          page->out);
    for (size_t i = 0; i < count; i++)
        put_component(page, &page->case_->components.items[i]);
    fprintf(page->out, "</tbody></table></div>%s</details>\n", open ? "" : "</noscript>");
}
