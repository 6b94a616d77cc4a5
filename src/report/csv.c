// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The symbols as a table for spreadsheets (RFC 4180): one row for one name, class and component
// that needs it. Bytes that are no UTF-8 are written as \xff; a field that a spreadsheet would take
// for a formula begins with an apostrophe.
#include "report/csv.h"

#include <inttypes.h>
#include <string.h>

#include "report/put.h"

static void put_field(FILE *out, const char *before, const char *text)
{
    fprintf(out, "%s\"", before);
    if (text && *text && strchr("=+-@", *text))
        fputc('\'', out);
    while (text && *text) {
        // Quotes are doubled; the rest between them goes out as people read it.
        size_t size = strcspn(text, "\"");
        cor_put_part(out, cor_slice(text, size));
        text += size;
        if (*text == '"') {
            fputs("\"\"", out);
            text++;
        }
    }
    fputc('"', out);
}

static void put_excuse(FILE *out, const struct cor_case_excuse *excuse)
{
    put_field(out, ",", excuse ? excuse->kind : NULL);
    put_field(out, ",", excuse ? excuse->reason : NULL);
    put_field(out, ",", excuse ? excuse->author : NULL);
    put_field(out, ",", excuse ? excuse->expires : NULL);
}

static void put_row(FILE *out, const struct cor_case *case_, const struct cor_case_symbol *symbol,
                    uint32_t needing)
{
    const struct cor_case_component *component = cor_case_component_by_id(case_, needing);
    const struct cor_case_provider *provider =
        symbol->providers.count ? symbol->providers.items : NULL;
    const struct cor_case_component *provides =
        provider ? cor_case_component_by_id(case_, provider->component) : NULL;
    const struct cor_case_place *call = symbol->calls.count ? symbol->calls.items : NULL;
    put_field(out, "", symbol->name);
    put_field(out, ",", cor_class_word(symbol->class_));
    put_field(out, ",", symbol->finding ? "yes" : "no");
    put_field(out, ",", cor_direction_word(symbol->direction));
    put_field(out, ",", component ? component->name : NULL);
    put_field(out, ",", component ? component->path : NULL);
    put_field(out, ",", component ? component->licence : NULL);
    put_field(out, ",", provides ? provides->name : NULL);
    put_field(out, ",", provides ? provides->path : NULL);
    put_field(out, ",", provider ? provider->section : NULL);
    if (provider)
        fprintf(out, ",0x%" PRIx64 ",%" PRIu64, provider->address, provider->size);
    else
        fputs(",,", out);
    put_field(out, ",", call ? call->file : NULL);
    if (call && call->line)
        fprintf(out, ",%" PRIu32, call->line);
    else
        fputc(',', out);
    put_field(out, ",", symbol->reason);
    put_excuse(out, cor_case_excuse_by_number(case_, symbol->excuse));
    fputs("\r\n", out);
}

enum cor_status cor_csv_write(const struct cor_case *case_,
                              const struct cor_report_options *options, FILE *out)
{
    fputs("name,class,finding,direction,needed_by,needed_by_path,needed_by_licence,provider,"
          "provider_path,section,address,size,call_file,call_line,reason,excuse,excuse_reason,"
          "excuse_author,excuse_expires\r\n",
          out);
    for (size_t i = 0; i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        if (!symbol->full && !options->all)
            continue;
        if (symbol->needed_by.count == 0)
            put_row(out, case_, symbol, 0);
        for (size_t k = 0; k < symbol->needed_by.count; k++)
            put_row(out, case_, symbol, symbol->needed_by.items[k].component);
    }
    return cor_put_done(out);
}
