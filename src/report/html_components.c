// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The picture with its legend, and the components as a table.
#include <inttypes.h>

#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

enum cor_status cor_page_picture(const struct cor_page *page)
{
    fputs("<h2 id=picture>The picture</h2>\n", page->out);
    if (page->picture->boxes.count == 0) {
        fputs("<p>There is no component to draw.</p>\n", page->out);
        return COR_OK;
    }
    fputs("<div class=tools id=tools hidden></div>\n<div class=drawing tabindex=0>\n", page->out);
    enum cor_status status = cor_picture_write(page->picture, page->out);
    fputs(
        "</div>\n<p class=legend><span>Blue: all functions released.</span> <span>Yellow, dotted: "
        "partly released.</span> <span>Orange, hatched: no source.</span> <span>Grey, dashed: not "
        "judged.</span> <span>Higher: more functions.</span> <span>An arrow goes from who needs "
        "to who has, with the number of names; orange where findings are among them.</span> "
        "<span>Boxes and orange arrows are links.</span></p>\n",
        page->out);
    return status;
}

static void put_cell(FILE *out, bool known, uint64_t number)
{
    fputs("<td class=n>", out);
    if (known)
        cor_put_number(out, number);
    else
        fputc('-', out);
    fputs("</td>", out);
}

static void put_component(const struct cor_case_component *component, FILE *out)
{
    fprintf(out, "<tr id=c%" PRIu32 "><td><strong>", component->id);
    cor_html_text(out, component->name);
    fputs("</strong><br><span class=soft>", out);
    cor_html_text(out, component->path);
    fputs("</span>", out);
    if (component->reason) {
        fputs("<br>", out);
        cor_html_text(out, component->reason);
    }
    fprintf(out, "</td><td>%s</td><td>%s</td><td>", cor_kind_word(component->kind),
            cor_coverage_word(cor_coverage_of(component)));
    cor_html_text(out, component->licence);
    fputs("</td>", out);
    put_cell(out, component->undefined.known, component->undefined.total);
    put_cell(out, component->undefined.known, component->undefined.of[COR_CLASS_RELEASED]);
    put_cell(out, component->defined.known, component->defined.total);
    put_cell(out, component->defined.known, component->defined.of[COR_CLASS_RELEASED]);
    fputs("</tr>\n", out);
}

void cor_page_components(const struct cor_page *page)
{
    fputs("<h2 id=components>Components</h2>\n<details><summary>", page->out);
    cor_put_count(page->out, page->case_->components.count, "component", "components");
    fputs(
        "</summary>\n<table class=sort><thead><tr><th>component</th><th>kind</th><th>coverage</th>"
        "<th>licence</th><th class=n>needs</th><th class=n>of it released</th>"
        "<th class=n>defines</th><th class=n>of it released</th></tr></thead><tbody>\n",
        page->out);
    for (size_t i = 0; i < page->case_->components.count; i++)
        put_component(&page->case_->components.items[i], page->out);
    fputs("</tbody></table></details>\n", page->out);
}

// What stands in the boxes that are groups.
void cor_page_boxes(const struct cor_page *page)
{
    bool any = false;
    for (size_t i = 0; i < page->picture->boxes.count; i++) {
        const struct cor_picture_box *box = &page->picture->boxes.items[i];
        const struct cor_case_component *const *components =
            page->picture->order.items + box->first;
        if (box->count == 1)
            continue;
        fputs(any ? "" : "<h3>The boxes of the picture</h3>\n", page->out);
        any = true;
        fprintf(page->out, "<details id=b%zu><summary><code>", i + 1);
        cor_html_part(page->out, cor_slice(components[0]->path, box->shared));
        fputs("</code> <span class=soft>", page->out);
        cor_put_count(page->out, box->count, "component, ", "components, ");
        fprintf(page->out, "%s</span></summary>\n<p>", cor_coverage_word(box->coverage));
        for (size_t k = 0; k < box->count; k++) {
            fputs(k ? ", " : "", page->out);
            cor_page_component(page->case_, components[k]->id, page->out);
        }
        fputs("</p></details>\n", page->out);
    }
}
