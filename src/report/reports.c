// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/report.h"

#include <string.h>

#include "report/csv.h"
#include "report/cyclonedx.h"
#include "report/dot.h"
#include "report/graphml.h"
#include "report/html.h"
#include "report/json.h"
#include "report/junit.h"
#include "report/markdown.h"
#include "report/sarif.h"
#include "report/spdx.h"
#include "report/spdx3.h"
#include "report/text.h"

const struct cor_report_format cor_report_formats[] = {
    {"text", "a summary for the terminal, 80 columns", cor_text_write},
    {"json", "everything, for programs (correspond-report/1)", cor_json_write},
    {"html", "one page, complete in itself, for the browser and for paper", cor_html_write},
    {"csv", "the symbols as a table, one row a component that needs one", cor_csv_write},
    {"dot", "the links between components, for Graphviz", cor_dot_write},
    {"graphml", "the components and their links, for graph programs", cor_graphml_write},
    {"markdown", "the summary with tables, for issue trackers and wikis", cor_markdown_write},
    {"sarif", "the findings at the calling lines, for code hosts (SARIF 2.1.0)", cor_sarif_write},
    {"junit", "the findings as failed tests, for build servers", cor_junit_write},
    {"spdx", "the components, hashes, licences and links as SPDX 2.3", cor_spdx_write},
    {"spdx3", "the same as SPDX 3.0.1 (JSON-LD)", cor_spdx3_write},
    {"cyclonedx", "the same as CycloneDX 1.6", cor_cyclonedx_write},
    {NULL, NULL, NULL},
};

const struct cor_report_format *cor_report_format(const char *name)
{
    for (const struct cor_report_format *format = cor_report_formats; format->name; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}
