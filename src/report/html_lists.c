// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What there is beside the findings.
#include <inttypes.h>

#include "report/excuses.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

enum { MOST_UNREAD = 1000, MOST_NAMES = 2000 };

static enum cor_status put_names(const struct cor_page *page, const char *heading,
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
        fputs(group->count > MOST_NAMES ? "...</code></p></details>\n" : "</code></p></details>\n",
              page->out);
    }
    cor_groups_dispose(&groups);
    return COR_OK;
}

enum cor_status cor_page_names(const struct cor_page *page)
{
    enum cor_status status = put_names(page, "Not decided", cor_group_open, cor_group_by_reason);
    if (status == COR_OK)
        status = put_names(page, "Between components without released source",
                           cor_group_between_binaries, cor_group_by_provider);
    return status;
}

void cor_page_unread(const struct cor_page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->case_->members.count; i++) {
        const struct cor_member *member = &page->case_->members.items[i];
        if (member->state != COR_STATE_UNREAD || ++count > MOST_UNREAD)
            continue;
        if (count == 1)
            fputs("<h2>Not read</h2>\n<table class=sort><thead><tr><th>member</th><th>reason</th>"
                  "<th>could hide</th></tr></thead><tbody>\n",
                  page->out);
        fputs("<tr><td>", page->out);
        cor_html_text(page->out, member->path);
        fputs("</td><td>", page->out);
        cor_html_text(page->out, member->reason);
        fprintf(page->out, "</td><td>%s%s%s</td></tr>\n", member->may_hide_source ? "source" : "",
                member->may_hide_source && member->may_hide_code ? ", " : "",
                member->may_hide_code ? "code" : "");
    }
    if (count)
        fputs("</tbody></table>\n", page->out);
    if (count > MOST_UNREAD)
        fprintf(page->out, "<p>and %zu more (<code>correspond list CASE unread</code>)</p>\n",
                count - MOST_UNREAD);
}

// What does not count for the exit status, and by whose decision.
enum cor_status cor_page_excuses(const struct cor_page *page)
{
    struct cor_arena arena;
    enum cor_status status = COR_OK;
    size_t count = page->case_->excuses.count;
    cor_arena_init(&arena);
    fputs(count ? "<h2 id=excuses>What does not count for the exit status</h2>\n<ul>\n" : "",
          page->out);
    for (size_t i = 0; status == COR_OK && i < count; i++) {
        const char *text = cor_excuse_sentence(&arena, &page->case_->excuses.items[i]);
        fputs("<li>", page->out);
        cor_html_text(page->out, text);
        fputs("</li>\n", page->out);
        status = text ? COR_OK : COR_NOMEM;
    }
    fputs(count ? "</ul>\n" : "", page->out);
    cor_arena_dispose(&arena);
    return status;
}

void cor_page_notes(const struct cor_page *page)
{
    fputs("<h2 id=notes>Notes</h2>\n<ul>\n", page->out);
    for (size_t i = 0; i < page->case_->notes.count; i++) {
        fputs("<li>", page->out);
        cor_html_text(page->out, page->case_->notes.items[i]);
        fputs("</li>\n", page->out);
    }
    fputs("<li>Made by ", page->out);
    cor_html_text(page->out, page->case_->tool_name);
    fputc(' ', page->out);
    cor_html_text(page->out, page->case_->tool_version);
    fputs(" from the case file alone: the same case gives the same page.</li>\n</ul>\n", page->out);
}
