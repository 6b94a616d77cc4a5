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

static uint64_t count_failures(const struct cor_case *case_, uint32_t component)
{
    uint64_t count = 0;
    for (size_t i = 0; i < case_->symbols.count; i++)
        count += case_->symbols.items[i].finding && needs(&case_->symbols.items[i], component);
    for (size_t i = 0; i < case_->functions.count; i++)
        count +=
            case_->functions.items[i].finding && case_->functions.items[i].component == component;
    return count;
}

static void put_suite(FILE *out, const struct cor_case *case_, uint32_t id, const char *name)
{
    uint64_t failures = count_failures(case_, id);
    if (id == 0 && failures == 0)
        return;
    fputs("<testsuite name=\"", out);
    cor_xml_text(out, name);
    fprintf(out, "\" tests=\"%" PRIu64 "\" failures=\"%" PRIu64 "\" errors=\"0\" skipped=\"0\">\n",
            failures ? failures : 1, failures);
    if (failures == 0)
        fputs("<testcase classname=\"correspond\" name=\"no finding\"/>\n", out);
    for (size_t i = 0; failures && i < case_->symbols.count; i++) {
        const struct cor_case_symbol *symbol = &case_->symbols.items[i];
        if (symbol->finding && needs(symbol, id))
            put_failure(out, symbol->name, symbol->class_, symbol->reason);
    }
    for (size_t i = 0; failures && i < case_->functions.count; i++) {
        const struct cor_case_function *function = &case_->functions.items[i];
        if (function->finding && function->component == id)
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
