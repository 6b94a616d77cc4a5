// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The chain of evidence of one finding, in the order of a proof by hand.
#include <inttypes.h>

#include "report/file_licences.h"
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/put.h"
#include "report/text.h"

enum { MOST_COMPONENTS = 12, MOST_ROWS = 24 };

void cor_page_component(const struct cor_case *case_, uint32_t id, FILE *out)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    if (!component) {
        fprintf(out, "component %" PRIu32, id);
        return;
    }
    fprintf(out, "<a href=\"#c%" PRIu32 "\">", id);
    cor_html_text(out, component->name);
    fputs("</a>", out);
}

static void put_verdict(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                        FILE *out)
{
    fputs("<p class=verdict><code>", out);
    cor_html_text(out, symbol->name);
    fprintf(out, "</code> is %s.</p>\n", cor_text_verdict(symbol->class_));
    if (symbol->reason) {
        fputs("<p>Reason: ", out);
        cor_html_text(out, symbol->reason);
        fputs("</p>\n", out);
    }
    if (symbol->finding)
        fprintf(out, "<p>This is a finding: %s.</p>\n",
                symbol->class_ == COR_CLASS_UNRESOLVED ? "released code needs it, and nobody has it"
                                                       : cor_text_direction(symbol->direction));
    const struct cor_case_excuse *excuse = cor_case_excuse_by_number(case_, symbol->excuse);
    if (excuse) {
        fprintf(out, "<p>It does not count for the exit status: %s", excuse->kind);
        if (excuse->reason) {
            fputs(", ", out);
            cor_html_text(out, excuse->reason);
        }
        fputs(".</p>\n", out);
    }
    if (symbol->data)
        fputs("<p>It is data, not a function.</p>\n", out);
    for (unsigned i = 0; i < COR_FLAG_BIT_COUNT; i++)
        if (symbol->flags & 1u << i)
            fprintf(out, "<p>Flag: %s.</p>\n", cor_flag_word((enum cor_flag_bit)i));
}

static void put_code(FILE *out, const char *bytes, const char *text)
{
    fputs("<code>", out);
    if (text && bytes) {
        cor_html_text(out, bytes);
        fputs("<br>", out);
    }
    cor_html_text(out, text);
    fputs("</code>", out);
}

// As it stands in the file, and once linked, where the provider's address shows.
static void put_instruction(FILE *out, const struct cor_case_reference *row)
{
    put_code(out, row->bytes, row->instruction);
    if (row->after) {
        fprintf(out, "<br><span class=soft>linked, at 0x%" PRIx64 ":</span><br>", row->place);
        put_code(out, row->after_bytes, row->after);
    } else if (row->unproved) {
        fputs("<br><span class=soft>not shown linked: ", out);
        cor_html_text(out, row->unproved);
        fputs("</span>", out);
    }
}

static void put_source(FILE *out, const struct cor_case_reference *row)
{
    static const char *const how[COR_LINE_BY_COUNT] = {
        [COR_LINE_BY_DWARF] = "by the debug information",
        [COR_LINE_BY_ONLY] = "the only place that fits",
        [COR_LINE_BY_STRING] = "the only place with its text",
        [COR_LINE_BY_ORDER] = "by the order of the calls",
    };
    if (row->source_file) {
        fputs("<code>", out);
        cor_html_text(out, cor_index_inner_name(row->source_file));
        fprintf(out, ":%" PRIu32 "</code>", row->source_line);
        if (row->source_by < COR_LINE_BY_COUNT && how[row->source_by])
            fprintf(out, "<br><span class=soft>%s</span>", how[row->source_by]);
    } else if (row->source_others) {
        fputs("<span class=soft>one of</span><pre>", out);
        cor_html_lines(out, row->source_others);
        fputs("</pre>", out);
    }
}

static void put_reference(FILE *out, const struct cor_case_reference *row)
{
    fputs("<tr><td><code>", out);
    cor_html_text(out, row->section);
    fprintf(out, "+0x%" PRIx64 "</code></td><td><code>", row->offset);
    cor_html_text(out, row->type);
    fprintf(out, "</code></td><td class=n>%" PRId64 "</td><td>%s", row->addend,
            cor_refkind_word(row->kind));
    if (row->function) {
        fputs(" in <code>", out);
        cor_html_text(out, row->function);
        fputs("</code>", out);
    }
    fputs("</td><td>", out);
    put_instruction(out, row);
    fputs("</td><td>", out);
    put_source(out, row);
    fputs("</td></tr>\n", out);
}

static void put_references(FILE *out, const struct cor_case_symbol *symbol, uint32_t component)
{
    size_t count = 0;
    for (size_t i = 0; i < symbol->references.count; i++) {
        if (symbol->references.items[i].component != component || ++count > MOST_ROWS)
            continue;
        if (count == 1)
            fputs("<div class=wide><table><thead><tr><th>relocation row</th><th>type</th><th "
                  "class=n>addend</th>"
                  "<th>kind</th><th>instruction</th><th>source</th></tr></thead><tbody>\n",
                  out);
        put_reference(out, &symbol->references.items[i]);
    }
    if (count)
        fputs("</tbody></table></div>\n", out);
    if (count > MOST_ROWS)
        fprintf(out, "<p class=soft>and %zu more rows</p>\n", count - MOST_ROWS);
}

static void put_needs(const struct cor_case *case_, const struct cor_case_symbol *symbol, FILE *out)
{
    fputs("<h4>Who needs it in binary form</h4>\n", out);
    if (symbol->needed_by.count == 0)
        fputs("<p>No component: only the released source names it.</p>\n", out);
    for (size_t i = 0; i < symbol->needed_by.count && i < MOST_COMPONENTS; i++) {
        const struct cor_case_need *need = &symbol->needed_by.items[i];
        const struct cor_case_component *component =
            cor_case_component_by_id(case_, need->component);
        fputs("<p>", out);
        cor_page_component(case_, need->component, out);
        fprintf(out, ": *UND* row %" PRIu32 " of ", need->row);
        cor_html_text(out, component ? component->undefined_table : NULL);
        fprintf(out, "%s <span class=soft>", need->weak ? ", weak" : "");
        cor_html_text(out, component ? component->path : NULL);
        fputs("</span></p>\n", out);
        put_references(out, symbol, need->component);
    }
    if (symbol->needed_by.count > MOST_COMPONENTS)
        fprintf(out, "<p class=soft>and %zu more components</p>\n",
                symbol->needed_by.count - MOST_COMPONENTS);
}

static void put_providers(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                          FILE *out)
{
    fputs("<h4>Who has it</h4>\n", out);
    if (symbol->providers.count == 0)
        fputs("<p>No component that was read.</p>\n", out);
    for (size_t i = 0; i < symbol->providers.count && i < MOST_COMPONENTS; i++) {
        const struct cor_case_provider *provider = &symbol->providers.items[i];
        const struct cor_case_component *component =
            cor_case_component_by_id(case_, provider->component);
        fputs("<p>", out);
        cor_page_component(case_, provider->component, out);
        fputs(": section <code>", out);
        cor_html_text(out, provider->section);
        fprintf(out, "</code>, address <code>0x%" PRIx64 "</code>, size 0x%" PRIx64,
                provider->address, provider->size);
        if (provider->how) {
            fputs(", bound by the rule ", out);
            cor_html_text(out, provider->how);
        }
        fputs(" <span class=soft>", out);
        cor_html_text(out, component ? component->path : NULL);
        fputs("</span></p>\n", out);
    }
    if (symbol->providers.count > MOST_COMPONENTS)
        fprintf(out, "<p class=soft>and %zu more</p>\n", symbol->providers.count - MOST_COMPONENTS);
}

static void put_licence(const struct cor_case *case_, const char *part, uint32_t id, FILE *out)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, id);
    if (!component)
        return;
    fprintf(out, "<tr><td>%s</td><td>", part);
    cor_page_component(case_, id, out);
    fputs("</td><td>", out);
    if (component->licence) {
        cor_html_text(out, component->licence);
        fputs(", declared in ", out);
        cor_html_text(out, component->licence_where);
    } else {
        fputs("declares no licence", out);
    }
    fprintf(out, "</td><td>%s</td></tr>\n",
            component->has_source ? "has released source" : "no function has a released body");
}

static void put_file_licence(const struct cor_file_licence *row, FILE *out)
{
    const struct cor_case_source_file *file = row->file;
    fprintf(out, "<tr><td>%s</td><td><code>", row->part);
    cor_html_text(out, cor_index_inner_name(file->path));
    if (file->line)
        fprintf(out, ":%" PRIu32, file->line);
    fputs("</code></td><td>", out);
    if (file->line)
        cor_html_text(out, cor_file_licence_text(file));
    fprintf(out, "</td><td>%s</td></tr>\n", cor_file_licence_how(file));
}

static void put_licences(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                         FILE *out)
{
    struct cor_file_licence files[MOST_COMPONENTS];
    size_t count = cor_file_licences(case_, symbol, files, MOST_COMPONENTS);
    if (symbol->needed_by.count + symbol->providers.count + count == 0)
        return;
    fputs("<h4>Licences</h4>\n<table><tbody>\n", out);
    for (size_t i = 0; i < symbol->needed_by.count && i < MOST_COMPONENTS; i++)
        put_licence(case_, "needed by", symbol->needed_by.items[i].component, out);
    for (size_t i = 0; i < symbol->providers.count && i < MOST_COMPONENTS; i++)
        put_licence(case_, "had by", symbol->providers.items[i].component, out);
    for (size_t i = 0; i < count; i++)
        put_file_licence(&files[i], out);
    fputs("</tbody></table>\n", out);
}

static void put_chain_call(const struct cor_case_symbol *symbol, FILE *out)
{
    const struct cor_case_place *call = symbol->calls.count ? symbol->calls.items : NULL;
    fputs("<li><b>released source calls it</b>", out);
    if (!call) {
        fputs("no call was found</li>", out);
        return;
    }
    fputs("<code>", out);
    cor_html_text(out, call->file ? cor_index_inner_name(call->file) : NULL);
    fprintf(out, ":%" PRIu32 "</code>", call->line);
    if (call->function) {
        fputs(" in <code>", out);
        cor_html_text(out, call->function);
        fputs("</code>", out);
    }
    fputs("</li>", out);
}

static void put_chain_need(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                           FILE *out)
{
    const struct cor_case_reference *row = NULL;
    fputs("<li><b>undefined in the binary</b>", out);
    if (symbol->needed_by.count == 0) {
        fputs("no component needs it</li>", out);
        return;
    }
    uint32_t component = symbol->needed_by.items[0].component;
    for (size_t i = 0; !row && i < symbol->references.count; i++)
        if (symbol->references.items[i].component == component)
            row = &symbol->references.items[i];
    cor_page_component(case_, component, out);
    if (row) {
        fputs(" <code>", out);
        cor_html_text(out, row->section);
        fprintf(out, "+0x%" PRIx64 "</code>", row->offset);
    }
    if (symbol->needed_by.count > 1)
        fprintf(out, " and %zu more", symbol->needed_by.count - 1);
    fputs("</li>", out);
}

static void put_chain_provider(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                               FILE *out)
{
    const struct cor_case_provider *provider =
        symbol->providers.count ? symbol->providers.items : NULL;
    fputs("<li><b>defined in the binary</b>", out);
    if (!provider) {
        fputs("in no component that was read</li>", out);
        return;
    }
    cor_page_component(case_, provider->component, out);
    fputs(" <code>", out);
    cor_html_text(out, provider->section);
    fprintf(out, " 0x%" PRIx64 "</code>, ", provider->address);
    cor_put_count(out, provider->size, "byte", "bytes");
    fputs("</li>", out);
}

void cor_page_chain(const struct cor_page *page, const struct cor_case_symbol *symbol, FILE *out)
{
    fputs("<ul class=chain>", out);
    put_chain_call(symbol, out);
    put_chain_need(page->case_, symbol, out);
    put_chain_provider(page->case_, symbol, out);
    fprintf(out, "<li><b>body in the released source</b>%s</li></ul>\n",
            symbol->class_ == COR_CLASS_PREBUILT ? "only as object code"
            : symbol->definitions.count          ? "see below"
                                                 : "none that can be its own");
}

enum cor_status cor_page_evidence(const struct cor_page *page, const struct cor_case_symbol *symbol,
                                  FILE *out)
{
    put_verdict(page->case_, symbol, out);
    cor_page_chain(page, symbol, out);
    fputs("<div class=steps>\n", out);
    cor_page_source(page, symbol, out);
    put_needs(page->case_, symbol, out);
    put_providers(page->case_, symbol, out);
    put_licences(page->case_, symbol, out);
    enum cor_status status = symbol->full ? cor_page_commands(page, symbol, out) : COR_OK;
    fputs("</div>\n", out);
    return status;
}
