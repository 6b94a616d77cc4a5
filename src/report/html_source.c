// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What of a finding's evidence stands in the released source.
#include <inttypes.h>
#include <string.h>

#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"

enum { MOST_PLACES = 20, MOST_UNREAD = 10 };

static void put_excerpt(FILE *out, const struct cor_case_place *place)
{
    uint32_t line = place->excerpt_line;
    if (!place->excerpt || !*place->excerpt)
        return;
    fputs("<pre>", out);
    for (const char *text = place->excerpt; *text; line++) {
        size_t size = strcspn(text, "\n");
        bool marked = line == place->line;
        struct cor_slice shown = cor_slice(text, size);
        if (cor_slice_ends(shown, COR_SLICE("\r")))
            shown.size--;
        fprintf(out, "%s%6" PRIu32 "  ", marked ? "<mark>" : "", line);
        cor_html_source(out, shown);
        fputs(marked ? "</mark>\n" : "\n", out);
        text += size + (text[size] == '\n');
    }
    fputs("</pre>\n", out);
}

static void put_detail(FILE *out, const char *before, const char *text)
{
    if (!text)
        return;
    fprintf(out, ", %s", before);
    cor_html_text(out, text);
}

static void put_place(const struct cor_page *page, const struct cor_case_place *place, bool call,
                      FILE *out)
{
    const struct cor_case *case_ = page->case_;
    const char *path = place->file ? place->file : "";
    const char *name = cor_index_inner_name(path);
    fputs("<p class=place><code>", out);
    cor_html_text(out, name);
    if (place->line)
        fprintf(out, ":%" PRIu32, place->line);
    fputs("</code>", out);
    put_detail(out, call ? "in the function " : "", place->function);
    if (call && place->kind != COR_REFKIND_CALL)
        put_detail(out, "kind: ", cor_refkind_word(place->kind));
    put_detail(out, "", place->how);
    put_detail(out, "through ", place->through);
    if (!place->active)
        fputs(", in a dead branch: this line is not compiled", out);
    fputs(" <span class=soft>in ", out);
    if (name - path > 2)
        cor_html_part(out, cor_slice(path, (size_t)(name - path) - 2));
    else
        cor_html_text(out, place->input < case_->inputs.count
                               ? case_->inputs.items[place->input].name
                               : "the release");
    fputs("</span></p>\n", out);
    put_excerpt(out, place);
}

static void put_places(const struct cor_page *page, const char *heading,
                       const struct cor_case_place *places, size_t count, bool calls, FILE *out)
{
    if (count)
        fprintf(out, "<h4>%s</h4>\n", heading);
    for (size_t i = 0; i < count && i < MOST_PLACES; i++)
        put_place(page, &places[i], calls, out);
    if (count > MOST_PLACES)
        fprintf(out, "<p class=soft>and %zu more</p>\n", count - MOST_PLACES);
}

static void put_unread(const struct cor_case *case_, FILE *out)
{
    size_t unread = 0;
    for (size_t i = 0; i < case_->members.count; i++) {
        const struct cor_member *member = &case_->members.items[i];
        if (member->state == COR_STATE_READ || !member->may_hide_source || ++unread > MOST_UNREAD)
            continue;
        fputs(unread == 1 ? "<p>Not read, and a body could stand there:</p>\n<ul>\n<li>" : "<li>",
              out);
        cor_html_text(out, member->path);
        fputs(": ", out);
        cor_html_text(out, member->reason);
        fputs("</li>\n", out);
    }
    if (unread > MOST_UNREAD)
        fprintf(out, "<li>and %zu more</li>\n", unread - MOST_UNREAD);
    fputs(unread ? "</ul>\n" : "<p>Every member that could hold source was read.</p>\n", out);
}

static void put_absence(const struct cor_page *page, const struct cor_case_symbol *symbol,
                        FILE *out)
{
    const struct cor_case_source *source = &page->case_->source;
    put_places(page, "Its body", symbol->definitions.items, symbol->definitions.count, false, out);
    if (symbol->definitions.count == 0)
        fputs("<h4>Its body</h4>\n<p>No body that can be its own stands in the released "
              "source.</p>\n",
              out);
    fputs("<p>Searched: ", out);
    cor_put_count(out, source->files, "source file (", "source files (");
    cor_put_number(out, source->c_files);
    fputs(" C, ", out);
    cor_put_number(out, source->assembly_files);
    fputs(" assembly, ", out);
    cor_put_number(out, source->other_files);
    fputs(" other), ", out);
    cor_put_number(out, source->bytes);
    fputs(" bytes, ", out);
    cor_put_count(out, source->definitions, "body.</p>\n", "bodies.</p>\n");
    put_unread(page->case_, out);
    put_places(page, "Namesakes, and why each is not its body", symbol->namesakes.items,
               symbol->namesakes.count, false, out);
}

void cor_page_source(const struct cor_page *page, const struct cor_case_symbol *symbol, FILE *out)
{
    put_places(page, "Where released code calls it", symbol->calls.items, symbol->calls.count, true,
               out);
    if (symbol->full && symbol->calls.count == 0)
        fputs("<h4>Where released code calls it</h4>\n<p>No call was found in the released "
              "source.</p>\n",
              out);
    put_places(page, "Where it is declared", symbol->declarations.items, symbol->declarations.count,
               false, out);
    put_absence(page, symbol, out);
}
