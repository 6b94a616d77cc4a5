// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "report/report.h"

#include <string.h>

#include "report/json.h"
#include "report/text.h"

const struct cor_report_format cor_report_formats[] = {
    {"text", "a summary for the terminal, 80 columns", cor_text_write},
    {"json", "everything, for programs (correspond-report/1)", cor_json_write},
    {NULL, NULL, NULL},
};

const struct cor_report_format *cor_report_format(const char *name)
{
    for (const struct cor_report_format *format = cor_report_formats; format->name; format++)
        if (strcmp(format->name, name) == 0)
            return format;
    return NULL;
}
