// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// JUnit XML for build servers: a suite for each component with a case for each finding that it
// needs or defines, or one passed case; findings that no component needs are a suite of their own.
#include "report/junit.h"

#include <inttypes.h>

#include "base/interrupt.h"
#include "report/put.h"
#include "report/text.h"
#include "report/xml_out.h"

static bool needs(const struct cor_case_symbol *symbol, uint32_t component)
{
    for (size_t i = 0; i < symbol->needed_by.count; i++)
        if (symbol->needed_by.items[i].component == component)
            return true;
    return component == 0 && symbol->needed_by.count == 0;
}

static void put_skipped(FILE *out, const char *name, const struct cor_case_excuse *excuse)
{
    fputs("<testcase classname=\"correspond\" name=\"", out);
    cor_xml_text(out, name);
    fputs("\"><skipped message=\"", out);
    cor_xml_text(out, excuse->kind);
    if (excuse->reason) {
        fputs(": ", out);
        cor_xml_text(out, excuse->reason);
        fputs(" (", out);
        cor_xml_text(out, excuse->author);
        fputs(", until ", out);
        cor_xml_text(out, excuse->expires);
        fputs(")", out);
    }
    fputs("\"/></testcase>\n", out);
}

static void put_failure(FILE *out, const char *name, enum cor_class class_, const char *reason)
{
    fputs("<testcase classname=\"correspond\" name=\"", out);
    cor_xml_text(out, name);
    fprintf(out, "\"><failure type=\"%s\" message=\"", cor_class_word(class_));
    cor_xml_text(out, cor_text_verdict(class_));
    fputs("\">", out);
    cor_xml_text(out, reason);
    fputs("</failure></testcase>\n", out);
}

static uint64_t count_findings(const struct cor_case *case_, uint32_t component, bool excused)
{
    uint64_t count = 0;
    for (size_t i = 0; i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        count += symbol->finding && (symbol->excuse != 0) == excused && needs(symbol, component);
    }
    for (size_t i = 0; i < case_->functions.count; i++) {
        const struct cor_case_function *function = &case_->functions.items[i];
        count += function->finding && (function->excuse != 0) == excused &&
                 function->component == component;
    }
    return count;
}

static void put_suite(FILE *out, const struct cor_case *case_, uint32_t id, const char *name)
{
    uint64_t failures = count_findings(case_, id, false), skipped = count_findings(case_, id, true);
    uint64_t all = failures + skipped;
    if (id == 0 && all == 0)
        return;
    fputs("<testsuite name=\"", out);
    cor_xml_text(out, name);
    fprintf(out,
            "\" tests=\"%" PRIu64 "\" failures=\"%" PRIu64 "\" errors=\"0\" skipped=\"%" PRIu64
            "\">\n",
            all ? all : 1, failures, skipped);
    if (all == 0)
        fputs("<testcase classname=\"correspond\" name=\"no finding\"/>\n", out);
    for (size_t i = 0; all && i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        const struct cor_case_excuse *excuse = cor_case_excuse_by_number(case_, symbol->excuse);
        if (symbol->finding && needs(symbol, id) && excuse)
            put_skipped(out, symbol->name, excuse);
        else if (symbol->finding && needs(symbol, id))
            put_failure(out, symbol->name, symbol->class_, symbol->reason);
    }
    for (size_t i = 0; all && i < case_->functions.count; i++) {
        const struct cor_case_function *function = &case_->functions.items[i];
        const struct cor_case_excuse *excuse = cor_case_excuse_by_number(case_, function->excuse);
        if (function->finding && function->component == id && excuse)
            put_skipped(out, function->name, excuse);
        else if (function->finding && function->component == id)
            put_failure(out, function->name, function->class_, function->reason);
    }
    fputs("</testsuite>\n", out);
}

enum cor_status cor_junit_write(const struct cor_case *case_,
                                const struct cor_report_options *options, FILE *out)
{
    (void)options;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"correspond\">\n", out);
    for (size_t i = 0; i < case_->components.count && !cor_interrupted(); i++)
        put_suite(out, case_, case_->components.items[i].id, case_->components.items[i].path);
    put_suite(out, case_, 0, "needed by no component");
    fputs("</testsuites>\n", out);
    return cor_put_done(out);
}
