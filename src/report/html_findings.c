// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A section for each finding. The evidence of the first stands in the page; that of the rest comes
// as JSON, up to a size that browsers take; what is beyond it is named with the command that shows
// it.
#include <stdlib.h>

#include "base/interrupt.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

enum { MOST_INLINE = 3 << 20, MOST_EVIDENCE = 15 << 20 };

// Markup as a JSON text that cannot end the script element that it stands in.
static void put_json(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++)
        if (*text == '\n')
            fputs("\\n", out);
        else if (*text == '<')
            fputs("\\u003c", out);
        else if (*text == '"' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else
            fputc(*text, out);
    fputc('"', out);
}

static enum cor_status evidence_text(const struct cor_page *page,
                                     const struct cor_case_symbol *symbol, char **ret_text,
                                     size_t *ret_size)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    if (!memory)
        return COR_NOMEM;
    enum cor_status status = cor_page_evidence(page, symbol, memory);
    if (fclose(memory) != 0 && status == COR_OK)
        status = COR_NOMEM;
    if (status == COR_OK) {
        *ret_text = text;
        *ret_size = size;
    } else {
        free(text);
    }
    return status;
}

static void put_summary(const struct cor_page *page, const struct cor_case_symbol *symbol,
                        const char *attributes)
{
    fputs("<details class=row id=\"", page->out);
    cor_html_id(page->out, page->case_, symbol);
    fprintf(page->out, "\"%s><summary><code>", attributes);
    cor_html_text(page->out, symbol->name);
    fprintf(page->out, "</code> <span class=badge>%s</span> <span class=soft>",
            cor_class_word(symbol->class_));
    if (symbol->needed_by.count) {
        fputs("needed by ", page->out);
        cor_put_count(page->out, symbol->needed_by.count, "component", "components");
    } else {
        fputs("no caller in binary", page->out);
    }
    if (symbol->calls.count) {
        fputs(", called at ", page->out);
        cor_html_text(page->out, symbol->calls.items[0].file
                                     ? cor_index_inner_name(symbol->calls.items[0].file)
                                     : NULL);
        fprintf(page->out, ":%u", (unsigned)symbol->calls.items[0].line);
    }
    fputs("</span></summary>\n", page->out);
}

static void put_elsewhere(const struct cor_page *page, const struct cor_case_symbol *symbol,
                          const char *why)
{
    fprintf(page->out, "<div class=evidence><p>%s: <code>correspond show CASE ", why);
    cor_html_text(page->out, symbol->name);
    fputs("</code></p></div></details>\n", page->out);
}

static enum cor_status put_finding(struct cor_page *page, const struct cor_case_symbol *symbol)
{
    char *text = NULL;
    size_t size = 0;
    if (page->evidence >= MOST_EVIDENCE) {
        put_summary(page, symbol, "");
        put_elsewhere(page, symbol, "The page is full");
        return COR_OK;
    }
    enum cor_status status = evidence_text(page, symbol, &text, &size);
    if (status != COR_OK)
        return status;
    bool later = page->evidence >= MOST_INLINE;
    put_summary(page, symbol, later ? " data-more" : "");
    if (later) {
        put_elsewhere(page, symbol, "Without JavaScript this opens only by");
        fputs(page->any_more ? ",\n\"" : "\n\"", page->more);
        cor_html_id(page->more, page->case_, symbol);
        fputs("\":", page->more);
        put_json(page->more, text);
        page->any_more = true;
    } else {
        fprintf(page->out, "<div class=evidence>\n%s</div></details>\n", text);
    }
    page->evidence += size;
    free(text);
    return COR_OK;
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
            status = cor_interrupted() ? COR_INTERRUPTED
                                       : put_finding(page, groups->symbols.items[group->first + k]);
        fputs("</section>\n", page->out);
    }
    return status;
}

static enum cor_status put_all(struct cor_page *page, const struct cor_groups *groups)
{
    char *more = NULL;
    size_t size = 0;
    page->more = open_memstream(&more, &size);
    if (!page->more)
        return COR_NOMEM;
    enum cor_status status = put_groups(page, groups);
    if (fclose(page->more) != 0 && status == COR_OK)
        status = COR_NOMEM;
    if (status == COR_OK && page->any_more)
        fprintf(page->out, "<script type=\"application/json\" id=more>{%s}</script>\n", more);
    free(more);
    page->more = NULL;
    return status;
}

enum cor_status cor_page_findings(struct cor_page *page)
{
    struct cor_groups groups;
    enum cor_status status =
        cor_groups_make(page->case_, cor_group_findings, cor_group_by_provider, &groups);
    if (status != COR_OK)
        return status;
    if (groups.groups.count) {
        fputs("<h2 id=findings>Findings, each with its evidence</h2>\n"
              "<div class=find hidden><input id=search type=search "
              "placeholder=\"Search the findings (press /)\" aria-label=\"Search the findings\">"
              "</div>\n",
              page->out);
        status = put_all(page, &groups);
    }
    cor_groups_dispose(&groups);
    return status;
}
