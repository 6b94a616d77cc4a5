// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What is not explained, in groups: by who has it, by who calls it, by where in the source.
#include <inttypes.h>
#include <string.h>

#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"
#include "report/text.h"

// So many groups stand open; the rest of them, up to the second number, in a fold.
enum { OPEN_GROUPS = 10, MOST_GROUPS = 400, MOST_PROVIDERS = 3 };

static void put_providers(const struct cor_page *page, const struct cor_case_symbol *symbol)
{
    if (symbol->providers.count == 0)
        fputs("no component", page->out);
    for (size_t i = 0; i < symbol->providers.count && i < MOST_PROVIDERS; i++) {
        fputs(i ? ", " : "", page->out);
        cor_page_component(page->case_, symbol->providers.items[i].component, page->out);
    }
    if (symbol->providers.count > MOST_PROVIDERS)
        fprintf(page->out, " and %zu more", symbol->providers.count - MOST_PROVIDERS);
}

void cor_page_group_name(const struct cor_page *page, const struct cor_groups *groups,
                         const struct cor_group *group)
{
    const struct cor_case_symbol *symbol = groups->symbols.items[group->first];
    cor_put_count(page->out, group->count, "name", "names");
    fputs(" in ", page->out);
    put_providers(page, symbol);
    if (symbol->providers.count && symbol->direction != COR_DIRECTION_NONE)
        fprintf(page->out, " <span class=soft>%s</span>", cor_text_direction(symbol->direction));
}

// A row ends with how much of the largest group it is, and one of its names.
static void put_share(const struct cor_page *page, size_t count, size_t most,
                      const struct cor_case_symbol *example)
{
    fputs(" <span class=example>as <a href=\"#", page->out);
    cor_html_id(page->out, page->case_, example);
    fputs("\"><code>", page->out);
    cor_html_text(page->out, example->name);
    fprintf(page->out,
            "</code></a></span><span class=share aria-hidden=true><i style=\"width:%zu%%\"></i>"
            "</span></td></tr>\n",
            most ? count * 100 / most : 0);
}

static void begin_row(const struct cor_page *page, size_t row, size_t rows)
{
    if (row == OPEN_GROUPS)
        fprintf(page->out,
                "</tbody></table>\n<details><summary>%zu with fewer names</summary>\n"
                "<table class=groups><tbody>\n",
                rows - OPEN_GROUPS);
    fputs("<tr><td class=n>", page->out);
}

static void begin_table(const struct cor_page *page, const char *heading)
{
    fprintf(
        page->out,
        "<table class=groups><thead><tr><th class=n>names</th><th>%s</th></tr></thead><tbody>\n",
        heading);
}

static void end_table(const struct cor_page *page, size_t rows)
{
    fputs("</tbody></table>\n", page->out);
    if (rows > MOST_GROUPS)
        fprintf(page->out, "<p class=soft>and %zu more groups</p>\n", rows - MOST_GROUPS);
    fputs(rows > OPEN_GROUPS ? "</details>\n" : "", page->out);
}

static enum cor_status put_by_provider(const struct cor_page *page)
{
    struct cor_groups groups;
    enum cor_status status =
        cor_groups_make(page->case_, cor_group_findings, cor_group_by_provider, &groups);
    if (status != COR_OK)
        return status;
    begin_table(page, "the code is in");
    for (size_t i = 0; i < groups.groups.count && i < MOST_GROUPS; i++) {
        const struct cor_group *group = &groups.groups.items[i];
        const struct cor_case_symbol *symbol = groups.symbols.items[group->first];
        begin_row(page, i, groups.groups.count);
        fprintf(page->out, "<a href=\"#g%zu\">", i + 1);
        cor_put_number(page->out, group->count);
        fputs("</a></td><td>", page->out);
        put_providers(page, symbol);
        put_share(page, group->count, groups.groups.items[0].count, symbol);
    }
    end_table(page, groups.groups.count);
    cor_groups_dispose(&groups);
    return COR_OK;
}

// A folder with its last "/"; it may be broken behind each.
static void put_path(FILE *out, const char *at, const char *end)
{
    while (at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        const char *next = slash ? slash : end;
        cor_html_part(out, cor_slice(at, (size_t)(next - at)));
        fputs(next < end ? "/<wbr>" : "/", out);
        at = next + 1;
    }
}

static void put_folder(const struct cor_page *page, struct cor_slice path)
{
    const char *inner = path.data ? cor_index_inner_name(path.data) : NULL;
    if (!inner) {
        fputs("no call in the released source", page->out);
    } else if (path.size == 0 || inner > path.data + path.size) {
        fputs("the top of the release", page->out);
    } else {
        fputs("<code>", page->out);
        put_path(page->out, inner, path.data + path.size);
        fputs("</code>", page->out);
    }
}

static void put_what(const struct cor_page *page, const struct cor_count *count, bool folder)
{
    if (folder)
        put_folder(page, count->folder);
    else if (count->component)
        cor_page_component(page->case_, count->component, page->out);
    else
        fputs("no component: only the source names them", page->out);
}

// The link to the findings of a row says what they are narrowed down to.
static void put_link(const struct cor_page *page, const struct cor_count *count, size_t number,
                     bool folder)
{
    const struct cor_case_component *component =
        folder ? NULL : cor_case_component_by_id(page->case_, count->component);
    fprintf(page->out, "<a href=\"#findings\" data-only=%c%zu data-label=\"", folder ? 'd' : 'n',
            folder ? number : count->component);
    if (component) {
        fputs("needed by ", page->out);
        cor_html_text(page->out, component->name);
    } else if (folder && count->folder.data) {
        fputs("called in ", page->out);
        const char *inner = cor_index_inner_name(count->folder.data);
        const char *end = count->folder.data + count->folder.size;
        cor_html_part(page->out, cor_slice(inner, inner < end ? (size_t)(end - inner) : 0));
        fputc('/', page->out);
    } else {
        fputs(folder ? "without a call" : "needed by no component", page->out);
    }
    fputs("\">", page->out);
    cor_put_number(page->out, count->names);
    fputs("</a></td><td>", page->out);
}

static void put_counts(const struct cor_page *page, const struct cor_counts *counts,
                       const char *heading, bool folder)
{
    begin_table(page, heading);
    for (size_t i = 0; i < counts->largest.count && i < MOST_GROUPS; i++) {
        size_t number = counts->largest.items[i];
        const struct cor_count *count = &counts->list.items[number];
        begin_row(page, i, counts->largest.count);
        put_link(page, count, number, folder);
        put_what(page, count, folder);
        put_share(page, count->names, counts->list.items[counts->largest.items[0]].names,
                  count->first);
    }
    end_table(page, counts->largest.count);
}

enum cor_status cor_page_unexplained(const struct cor_page *page)
{
    fputs("<h2 id=unexplained>What is not explained</h2>\n", page->out);
    if (page->callers.list.count == 0) {
        fputs(page->case_->findings ? "<p>No needed name; see the functions below.</p>\n"
                                    : "<p>Nothing is known to be missing.</p>\n",
              page->out);
        return COR_OK;
    }
    return put_by_provider(page);
}

void cor_page_callers(const struct cor_page *page)
{
    if (page->callers.list.count == 0)
        return;
    fputs("<div class=columns>\n<section>\n<h2>Not explained, by calling component</h2>\n",
          page->out);
    put_counts(page, &page->callers, "needed by", false);
    fputs("</section>\n<section>\n<h2>Not explained, by source folder</h2>\n", page->out);
    put_counts(page, &page->folders, "called in", true);
    fputs("</section>\n</div>\n<p class=soft>By who has the code, each name counts once. Here it "
          "counts with each component that needs it, and with each folder that calls it.</p>\n",
          page->out);
}
