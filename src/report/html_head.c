// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The first screen.
#include <inttypes.h>

#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"
#include "report/text.h"

static enum cor_status put_answer(const struct cor_page *page)
{
    struct cor_buffer text;
    cor_buffer_init(&text, 4096);
    enum cor_status status = cor_text_answer(page->case_, &text);
    if (status == COR_OK) {
        fprintf(page->out, "<p class=\"answer%s\">", page->case_->findings ? " bad" : "");
        cor_html_text(page->out, text.data);
        fputs("</p>\n", page->out);
    }
    cor_buffer_dispose(&text);
    return status;
}

void cor_page_inputs(const struct cor_page *page)
{
    FILE *out = page->out;
    fputs("<h2>What was compared</h2>\n<dl class=inputs>\n", out);
    for (size_t i = 0; i < page->case_->inputs.count; i++) {
        const struct cor_input *input = &page->case_->inputs.items[i];
        fputs("<dt>", out);
        cor_html_text(out, input->name);
        fprintf(out, "</dt><dd>%s, %s", cor_role_word(input->role),
                input->folder ? "a folder of " : "");
        cor_put_number(out, input->size);
        fputs(" bytes", out);
        if (input->sha1[0])
            fprintf(out, "<br><span class=hash>sha1 %s</span>", input->sha1);
        if (input->sha256[0])
            fprintf(out, "<br><span class=hash>sha256 %s</span>", input->sha256);
        fputs("</dd>\n", out);
    }
    fputs("</dl>\n<p class=soft>Read: ", out);
    cor_put_count(out, page->case_->members.count, "member, ", "members, ");
    cor_put_count(out, page->case_->components.count, "component, ", "components, ");
    cor_put_count(out, page->case_->source.files, "source file with ", "source files with ");
    cor_put_count(out, page->case_->source.definitions, "body", "bodies");
    fputs(".</p>\n", out);
}

static void put_cell(FILE *out, bool known, uint64_t number)
{
    fputs("<td class=n>", out);
    if (known)
        cor_put_number(out, number);
    else
        fputs("unknown", out);
    fputs("</td>", out);
}

// The classes of a tally side by side, each as wide as its part of the whole.
static void put_bar(FILE *out, const char *label, const struct cor_tally *tally)
{
    if (!tally->known || tally->total == 0)
        return;
    fprintf(out, "<p class=soft>%s</p><div class=bar aria-hidden=true>", label);
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++)
        if (tally->of[i])
            fprintf(out, "<i class=%s style=\"flex:%" PRIu64 "\"></i>",
                    cor_class_word((enum cor_class)i), tally->of[i]);
    fputs("</div>\n", out);
}

void cor_page_totals(const struct cor_page *page)
{
    const struct cor_case *case_ = page->case_;
    FILE *out = page->out;
    fputs("<h2>The numbers</h2>\n", out);
    put_bar(out, "Symbols that the binaries need", &case_->undefined);
    put_bar(out, "Functions that they define", &case_->defined);
    fputs("<table><thead><tr><th>symbols</th><th class=n>needed</th><th class=n>defined</th></tr>"
          "</thead><tbody>\n",
          out);
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++) {
        const char *word = cor_class_word((enum cor_class)i);
        fprintf(out, "<tr><td><i class=\"key %s\"></i>%s</td>", word, word);
        put_cell(out, case_->undefined.known, case_->undefined.of[i]);
        if (i == COR_CLASS_UNRESOLVED)
            fputs("<td class=n>-</td>", out);
        else
            put_cell(out, case_->defined.known, case_->defined.of[i]);
        fputs("</tr>\n", out);
    }
    fputs("<tr class=sum><td>total</td>", out);
    put_cell(out, case_->undefined.known, case_->undefined.total);
    put_cell(out, case_->defined.known, case_->defined.total);
    fputs("</tr></tbody></table>\n<p class=soft>In ", out);
    cor_put_count(out, case_->component_total, "component; ", "components; ");
    cor_put_count(out, case_->names, "distinct name is needed. ", "distinct names are needed. ");
    cor_html_text(out, cor_text_released_means);
    fputs("</p>\n", out);
}

enum cor_status cor_page_head(const struct cor_page *page)
{
    fputs("<header><h1>Does the released source correspond to the shipped binaries?</h1>\n",
          page->out);
    enum cor_status status = put_answer(page);
    fputs("<nav><a href=\"#unexplained\">Not explained</a><a href=\"#picture\">Picture</a>"
          "<a href=\"#findings\">Findings</a><a href=\"#components\">Components</a>"
          "<a href=\"#notes\">Notes</a></nav></header>\n<div class=columns>\n<section>\n",
          page->out);
    cor_page_inputs(page);
    fputs("</section>\n<section>\n", page->out);
    cor_page_totals(page);
    fputs("</section>\n</div>\n", page->out);
    return status == COR_OK ? cor_page_unexplained(page) : status;
}
