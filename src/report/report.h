// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Writers of reports. A report needs the case alone.
#ifndef COR_REPORT_REPORT_H
#define COR_REPORT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "model/case.h"

struct cor_report_options {
    bool all; // released and toolchain symbols too, as far as the case holds them
};

struct cor_report_format {
    const char *name;        // "json"
    const char *description; // for --help
    COR_MUST_CHECK enum cor_status (*write)(const struct cor_case *case_,
                                            const struct cor_report_options *options, FILE *out);
};

// Ends with a row whose name is NULL.
extern const struct cor_report_format cor_report_formats[];

// NULL when there is none of that name.
const struct cor_report_format *cor_report_format(const char *name);

// The narrative for one symbol, component, source file or member; COR_NOT_FOUND when the case has
// none, after writing nothing.
COR_MUST_CHECK enum cor_status cor_show(const struct cor_case *case_, const char *what, FILE *out);

// The same as JSON (correspond-show/1).
COR_MUST_CHECK enum cor_status cor_show_json(const struct cor_case *case_, const char *what,
                                             FILE *out);

// What there is to list, for people.
#define COR_LIST_WORDS                                                                             \
    "components, symbols, findings, functions, members, unread, sources, inputs, works, notes, "   \
    "options, excuses"

// One of these words; COR_NOT_FOUND for another.
COR_MUST_CHECK enum cor_status cor_list(const struct cor_case *case_, const char *what, FILE *out);

#endif
