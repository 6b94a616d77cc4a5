// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The first screen.
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"
#include "report/text.h"

// The word before the colon is the answer; the rest says why.
static enum cor_status put_answer(const struct cor_page *page)
{
    const struct cor_case *case_ = page->case_;
    struct cor_buffer text;
    cor_buffer_init(&text, 4096);
    enum cor_status status = cor_text_answer(case_, &text);
    if (status == COR_OK) {
        const char *rest = strstr(text.data, ": ");
        bool open = !case_->findings && strncmp(text.data, "Yes", 3) != 0;
        fprintf(page->out, "<h1 class=\"answer%s\">",
                case_->findings ? " bad"
                : open          ? " open"
                                : "");
        if (rest) {
            fputs("<b>", page->out);
            cor_html_part(page->out, cor_slice(text.data, (size_t)(rest - text.data)));
            fputs("</b> ", page->out);
        }
        // A sentence of its own begins with a capital.
        char *why = rest ? text.data + (rest - text.data) + 2 : text.data;
        *why = (char)toupper((unsigned char)*why);
        cor_html_text(page->out, why);
        fputs("</h1>\n", page->out);
    }
    cor_buffer_dispose(&text);
    return status;
}

static void put_input(const struct cor_input *input, FILE *out)
{
    fprintf(out, "<div class=input><span class=\"role soft\">%s</span><strong>",
            cor_role_word(input->role));
    cor_html_text(out, input->name);
    fputs(input->folder ? "/</strong>" : "</strong>", out);
    fprintf(out, "<dl><dt>size</dt><dd>%s", input->folder ? "a folder of " : "");
    cor_put_number(out, input->size);
    fputs(" bytes</dd>", out);
    if (input->sha1[0])
        fprintf(out, "<dt>sha1</dt><dd class=hash>%s</dd>", input->sha1);
    if (input->sha256[0])
        fprintf(out, "<dt>sha256</dt><dd class=hash>%s</dd>", input->sha256);
    fputs("</dl></div>\n", out);
}

static void put_inputs(const struct cor_page *page)
{
    FILE *out = page->out;
    fputs("<h2>What was compared</h2>\n", out);
    for (size_t i = 0; i < page->case_->inputs.count; i++)
        put_input(&page->case_->inputs.items[i], out);
    fputs("<p class=soft>Read: ", out);
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
static void put_shares(FILE *out, const char *label, const struct cor_tally *tally)
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

static void put_totals(const struct cor_page *page)
{
    const struct cor_case *case_ = page->case_;
    FILE *out = page->out;
    fputs("<h2>The numbers</h2>\n", out);
    put_shares(out, "Symbols that the binaries need", &case_->undefined);
    put_shares(out, "Functions that they define", &case_->defined);
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

static const struct {
    const char *id, *name;
} sections[] = {
    {"unexplained", "Not explained"}, {"picture", "Picture"}, {"findings", "Findings"},
    {"components", "Components"},     {"notes", "Notes"},
};

static void put_bar(FILE *out)
{
    fputs("<div class=top><div><strong>correspond</strong><nav aria-label=\"Parts of the page\">",
          out);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        fprintf(out, "<a href=\"#%s\">%s</a>", sections[i].id, sections[i].name);
    fputs("</nav><span id=comfort hidden></span></div></div>\n", out);
}

enum cor_status cor_page_head(const struct cor_page *page)
{
    put_bar(page->out);
    fputs("<main>\n<p class=question>Does the released source correspond to the shipped binaries?"
          "</p>\n",
          page->out);
    enum cor_status status = put_answer(page);
    fputs("<div class=\"columns three\">\n<section>\n", page->out);
    put_inputs(page);
    fputs("</section>\n<section>\n", page->out);
    put_totals(page);
    fputs("</section>\n<section>\n", page->out);
    if (status == COR_OK)
        status = cor_page_unexplained(page);
    fputs("</section>\n</div>\n", page->out);
    cor_page_callers(page);
    return status;
}
