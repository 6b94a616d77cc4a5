// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One page, complete in itself. The whole evidence of each finding is in it, folded, until the
// page would get too large for a browser; the rest is named with the command that shows it.
#include "report/html.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "report/groups.h"
#include "report/html_frame.h"
#include "report/put.h"
#include "report/show.h"
#include "report/text.h"

enum { MOST_EVIDENCE = 14 << 20, MOST_UNREAD = 1000, MOST_NAMES = 2000 };

struct page {
    const struct cor_index *index;
    const struct cor_case *case_;
    FILE *out;
    size_t evidence; // bytes so far
};

static void put_inputs(const struct page *page)
{
    fputs("<h2>Compared</h2>\n<table><thead><tr><th>role<th>name<th class=n>bytes<th>hashes"
          "<tbody>\n",
          page->out);
    for (size_t i = 0; i < page->case_->inputs.count; i++) {
        const struct cor_input *input = &page->case_->inputs.items[i];
        fprintf(page->out, "<tr><td>%s<td>", cor_role_word(input->role));
        cor_html_text(page->out, input->name);
        fputs("<td class=n>", page->out);
        cor_put_number(page->out, input->size);
        if (input->folder)
            fputs("<td>a folder\n", page->out);
        else
            fprintf(page->out, "<td><code>sha1 %s<br>sha256 %s</code>\n", input->sha1,
                    input->sha256);
    }
    fputs("</table>\n<p>", page->out);
    cor_put_count(page->out, page->case_->members.count, "member", "members");
    fputs(" read or named as unread, ", page->out);
    cor_put_count(page->out, page->case_->source.files, "source file with ", "source files with ");
    cor_put_count(page->out, page->case_->source.definitions, "body", "bodies");
    fputs(".</p>\n", page->out);
}

static void put_cell(FILE *out, bool known, uint64_t number)
{
    fputs("<td class=n>", out);
    if (known)
        cor_put_number(out, number);
    else
        fputs("unknown", out);
}

static void put_totals(const struct page *page)
{
    const struct cor_case *case_ = page->case_;
    fputs("<table><thead><tr><th>symbols<th class=n>needed<th class=n>defined<tbody>\n", page->out);
    for (unsigned i = 0; i < COR_CLASS_COUNT; i++) {
        fprintf(page->out, "<tr><td>%s", cor_class_word((enum cor_class)i));
        put_cell(page->out, case_->undefined.known, case_->undefined.of[i]);
        put_cell(page->out, case_->defined.known, case_->defined.of[i]);
        fputc('\n', page->out);
    }
    fputs("<tr><th>total", page->out);
    put_cell(page->out, case_->undefined.known, case_->undefined.total);
    put_cell(page->out, case_->defined.known, case_->defined.total);
    fputs("\n</table>\n", page->out);
}

static enum cor_status put_answer(const struct page *page)
{
    struct cor_buffer text;
    cor_buffer_init(&text, 4096);
    enum cor_status status = cor_text_answer(page->case_, &text);
    if (status == COR_OK) {
        fprintf(page->out, "<p class=\"answer%s\">", page->case_->findings ? " bad" : "");
        cor_html_text(page->out, text.data);
        fputs("</p>\n<p>", page->out);
        cor_html_text(page->out, cor_text_released_means);
        fputs("</p>\n<input id=search type=search hidden placeholder=\"Search names\" "
              "aria-label=\"Search names\">\n",
              page->out);
    }
    cor_buffer_dispose(&text);
    return status;
}

static enum cor_status put_narrative(struct page *page, const struct cor_case_symbol *symbol)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (!memory)
        return COR_NOMEM;
    enum cor_status status = cor_show_symbol(page->index, symbol, false, memory);
    if (fclose(memory) != 0 && status == COR_OK)
        status = COR_NOMEM;
    if (status == COR_OK) {
        fputs("<pre>", page->out);
        cor_html_lines(page->out, text);
        fputs("</pre>", page->out);
        page->evidence += size;
    }
    free(text);
    return status;
}

static enum cor_status put_symbol(struct page *page, const struct cor_case_symbol *symbol)
{
    enum cor_status status = COR_OK;
    fprintf(page->out, "<details class=row id=s%zu><summary><code>",
            (size_t)(symbol - page->case_->symbols.items) + 1);
    cor_html_text(page->out, symbol->name);
    fprintf(page->out, "</code> <span class=class>%s</span>, needed by ",
            cor_class_word(symbol->class_));
    cor_put_count(page->out, symbol->needed_by.count, "component", "components");
    fputs("</summary>\n", page->out);
    if (page->evidence < MOST_EVIDENCE) {
        status = put_narrative(page, symbol);
    } else {
        fputs("<p>The page is full: <code>correspond show CASE ", page->out);
        cor_html_text(page->out, symbol->name);
        fputs("</code></p>", page->out);
    }
    fputs("</details>\n", page->out);
    return status;
}

static void put_group_heading(const struct page *page, const struct cor_groups *groups,
                              const struct cor_group *group)
{
    const struct cor_case_symbol *symbol = groups->symbols.items[group->first];
    fputs("<h3>", page->out);
    cor_put_count(page->out, group->count, "name", "names");
    fputs(symbol->providers.count ? " in " : " that no component has", page->out);
    for (size_t i = 0; i < symbol->providers.count && i < 5; i++) {
        const struct cor_case_component *provider =
            cor_case_component_by_id(page->case_, symbol->providers.items[i].component);
        fputs(i ? ", " : "", page->out);
        cor_html_text(page->out, provider ? provider->name : NULL);
    }
    fprintf(page->out, ", %s</h3>\n", cor_direction_word(symbol->direction));
}

static enum cor_status put_findings(struct page *page)
{
    struct cor_groups groups;
    enum cor_status status =
        cor_groups_make(page->case_, cor_group_findings, cor_group_by_provider, &groups);
    if (status != COR_OK)
        return status;
    if (groups.groups.count)
        fputs("<h2>Findings</h2>\n", page->out);
    for (size_t i = 0; status == COR_OK && i < groups.groups.count; i++) {
        const struct cor_group *group = &groups.groups.items[i];
        put_group_heading(page, &groups, group);
        for (size_t k = 0; status == COR_OK && k < group->count; k++)
            status = cor_interrupted() ? COR_INTERRUPTED
                                       : put_symbol(page, groups.symbols.items[group->first + k]);
    }
    cor_groups_dispose(&groups);
    return status;
}

// Names alone, folded, under what they have in common.
static enum cor_status put_names(const struct page *page, const char *heading,
                                 cor_group_filter *filter, cor_group_order *order)
{
    struct cor_groups groups;
    enum cor_status status = cor_groups_make(page->case_, filter, order, &groups);
    if (status != COR_OK)
        return status;
    if (groups.groups.count)
        fprintf(page->out, "<h2>%s</h2>\n", heading);
    for (size_t i = 0; i < groups.groups.count; i++) {
        const struct cor_group *group = &groups.groups.items[i];
        const struct cor_case_symbol *const *symbols = groups.symbols.items + group->first;
        fputs("<details><summary>", page->out);
        cor_put_count(page->out, group->count, "name", "names");
        fprintf(page->out, ", %s: ", cor_class_word(symbols[0]->class_));
        cor_html_text(page->out, symbols[0]->reason);
        fputs("</summary><p><code>", page->out);
        for (size_t k = 0; k < group->count && k < MOST_NAMES; k++) {
            cor_html_text(page->out, symbols[k]->name);
            fputc(' ', page->out);
        }
        fputs(group->count > MOST_NAMES ? "...</code></details>\n" : "</code></details>\n",
              page->out);
    }
    cor_groups_dispose(&groups);
    return COR_OK;
}

static void put_components(const struct page *page)
{
    fputs("<h2>Components</h2>\n<details><summary>", page->out);
    cor_put_count(page->out, page->case_->components.count, "component", "components");
    fputs("</summary><table><thead><tr><th class=n>id<th>kind<th>path<th>licence<th class=n>needs"
          "<th class=n>released<th class=n>defines<th class=n>released<tbody>\n",
          page->out);
    for (size_t i = 0; i < page->case_->components.count; i++) {
        const struct cor_case_component *component = &page->case_->components.items[i];
        fprintf(page->out, "<tr><td class=n>%" PRIu32 "<td>%s<td>", component->id,
                cor_kind_word(component->kind));
        cor_html_text(page->out, component->path);
        fputs("<td>", page->out);
        cor_html_text(page->out, component->licence);
        put_cell(page->out, component->undefined.known, component->undefined.total);
        put_cell(page->out, component->undefined.known,
                 component->undefined.of[COR_CLASS_RELEASED]);
        put_cell(page->out, component->defined.known, component->defined.total);
        put_cell(page->out, component->defined.known, component->defined.of[COR_CLASS_RELEASED]);
        fputc('\n', page->out);
    }
    fputs("</table></details>\n", page->out);
}

static void put_unread(const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->case_->members.count; i++) {
        const struct cor_member *member = &page->case_->members.items[i];
        if (member->state != COR_STATE_UNREAD || ++count > MOST_UNREAD)
            continue;
        if (count == 1)
            fputs("<h2>Unread</h2>\n<table><thead><tr><th>member<th>reason<tbody>\n", page->out);
        fputs("<tr><td>", page->out);
        cor_html_text(page->out, member->path);
        fputs("<td>", page->out);
        cor_html_text(page->out, member->reason);
        fputc('\n', page->out);
    }
    if (count)
        fputs("</table>\n", page->out);
    if (count > MOST_UNREAD)
        fprintf(page->out, "<p>and %zu more (<code>correspond list CASE unread</code>)</p>\n",
                count - MOST_UNREAD);
}

static void put_notes(const struct page *page)
{
    if (page->case_->notes.count)
        fputs("<h2>Notes</h2>\n<ul>\n", page->out);
    for (size_t i = 0; i < page->case_->notes.count; i++) {
        fputs("<li>", page->out);
        cor_html_text(page->out, page->case_->notes.items[i]);
        fputc('\n', page->out);
    }
    if (page->case_->notes.count)
        fputs("</ul>\n", page->out);
}

static enum cor_status put_page(struct page *page)
{
    cor_html_begin(page->out, "Does the source correspond?");
    fputs("<h1>Does the released source correspond to the shipped binaries?</h1>\n", page->out);
    enum cor_status status = put_answer(page);
    put_inputs(page);
    put_totals(page);
    if (status == COR_OK)
        status = put_findings(page);
    if (status == COR_OK)
        status = put_names(page, "Not decided", cor_group_open, cor_group_by_reason);
    if (status == COR_OK)
        status = put_names(page, "Between components without released source",
                           cor_group_between_binaries, cor_group_by_provider);
    put_components(page);
    put_unread(page);
    put_notes(page);
    cor_html_end(page->out);
    return status;
}

enum cor_status cor_html_write(const struct cor_case *case_,
                               const struct cor_report_options *options, FILE *out)
{
    struct cor_index index;
    (void)options;
    enum cor_status status = cor_index_init(&index, case_);
    if (status != COR_OK)
        return status;
    struct page page = {&index, case_, out, 0};
    status = put_page(&page);
    cor_index_dispose(&index);
    return status == COR_OK ? cor_put_done(out) : status;
}
