// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What is not explained, in groups: by who has it, by who calls it, by where in the source.
#include <string.h>

#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

enum { MOST_GROUPS = 24 };

typedef void put_what(const struct cor_page *page, const struct cor_case_symbol *symbol);

static int by_caller(const struct cor_case_symbol *a, const struct cor_case_symbol *b)
{
    uint32_t left = a->needed_by.count ? a->needed_by.items[0].component : 0;
    uint32_t right = b->needed_by.count ? b->needed_by.items[0].component : 0;
    return (left > right) - (left < right);
}

static struct cor_slice folder(const struct cor_case_symbol *symbol)
{
    const char *file = symbol->calls.count ? symbol->calls.items[0].file : NULL;
    const char *slash = file ? strrchr(file, '/') : NULL;
    return cor_slice(file ? file : "", slash ? (size_t)(slash - file) : 0);
}

static int by_folder(const struct cor_case_symbol *a, const struct cor_case_symbol *b)
{
    int result = (b->calls.count > 0) - (a->calls.count > 0);
    return result ? result : cor_slice_order(folder(a), folder(b));
}

static void put_providers(const struct cor_page *page, const struct cor_case_symbol *symbol)
{
    enum { MOST = 3 };
    if (symbol->providers.count == 0)
        fputs("no component", page->out);
    for (size_t i = 0; i < symbol->providers.count && i < MOST; i++) {
        fputs(i ? ", " : "", page->out);
        cor_page_component(page->case_, symbol->providers.items[i].component, page->out);
    }
    if (symbol->providers.count > MOST)
        fprintf(page->out, " and %zu more", symbol->providers.count - MOST);
}

static void put_caller(const struct cor_page *page, const struct cor_case_symbol *symbol)
{
    if (symbol->needed_by.count)
        cor_page_component(page->case_, symbol->needed_by.items[0].component, page->out);
    else
        fputs("no component: only the source names them", page->out);
}

static void put_folder(const struct cor_page *page, const struct cor_case_symbol *symbol)
{
    struct cor_slice path = folder(symbol);
    const char *inner = cor_index_inner_name(path.data);
    if (symbol->calls.count == 0) {
        fputs("no call in the released source", page->out);
    } else if (path.size == 0 || inner > path.data + path.size) {
        fputs("the top of the release", page->out);
    } else {
        fputs("<code>", page->out);
        cor_html_part(page->out, cor_slice(inner, (size_t)(path.data + path.size - inner)));
        fputs("/</code>", page->out);
    }
}

void cor_page_group_name(const struct cor_page *page, const struct cor_groups *groups,
                         const struct cor_group *group)
{
    const struct cor_case_symbol *symbol = groups->symbols.items[group->first];
    cor_put_count(page->out, group->count, "name", "names");
    fputs(" in ", page->out);
    put_providers(page, symbol);
    fprintf(page->out, " <span class=soft>%s</span>", cor_direction_word(symbol->direction));
}

static enum cor_status put_table(const struct cor_page *page, const char *heading,
                                 cor_group_order *order, put_what *what, bool linked)
{
    struct cor_groups groups;
    enum cor_status status = cor_groups_make(page->case_, cor_group_findings, order, &groups);
    if (status != COR_OK)
        return status;
    fprintf(page->out,
            "<table><thead><tr><th>%s</th><th>as</th><th class=n>names</th></tr>"
            "</thead><tbody>\n",
            heading);
    for (size_t i = 0; i < groups.groups.count && i < MOST_GROUPS; i++) {
        const struct cor_group *group = &groups.groups.items[i];
        const struct cor_case_symbol *symbol = groups.symbols.items[group->first];
        fputs("<tr><td>", page->out);
        what(page, symbol);
        fputs("</td><td><a href=\"#", page->out);
        cor_html_id(page->out, page->case_, symbol);
        fputs("\"><code>", page->out);
        cor_html_text(page->out, symbol->name);
        fputs("</code></a></td><td class=n>", page->out);
        if (linked)
            fprintf(page->out, "<a href=\"#g%zu\">", i + 1);
        cor_put_number(page->out, group->count);
        fputs(linked ? "</a></td></tr>\n" : "</td></tr>\n", page->out);
    }
    fputs("</tbody></table>\n", page->out);
    if (groups.groups.count > MOST_GROUPS)
        fprintf(page->out, "<p class=soft>and %zu smaller groups</p>\n",
                groups.groups.count - MOST_GROUPS);
    cor_groups_dispose(&groups);
    return COR_OK;
}

static bool has_findings(const struct cor_case *case_)
{
    for (size_t i = 0; i < case_->symbols.count; i++)
        if (case_->symbols.items[i].finding)
            return true;
    return false;
}

enum cor_status cor_page_unexplained(const struct cor_page *page)
{
    fputs("<h2 id=unexplained>What is not explained</h2>\n", page->out);
    if (!has_findings(page->case_)) {
        fputs(page->case_->findings ? "<p>No needed name; see the functions below.</p>\n"
                                    : "<p>Nothing is known to be missing.</p>\n",
              page->out);
        return COR_OK;
    }
    enum cor_status status =
        put_table(page, "the code is in", cor_group_by_provider, put_providers, true);
    fputs("<div class=columns><section>\n", page->out);
    if (status == COR_OK)
        status = put_table(page, "first needed by", by_caller, put_caller, false);
    fputs("</section><section>\n", page->out);
    if (status == COR_OK)
        status = put_table(page, "first called in the folder", by_folder, put_folder, false);
    fputs("</section></div>\n", page->out);
    return status;
}
