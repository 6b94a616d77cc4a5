// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What surrounds the page's content: style and script, both part of the page. Without the script
// everything can still be read.
#ifndef COR_REPORT_HTML_FRAME_H
#define COR_REPORT_HTML_FRAME_H

#include <stdio.h>

#include "model/case.h"

void cor_html_begin(FILE *out, const char *title);
void cor_html_end(FILE *out);

// Text with the characters of markup escaped, and nothing in it that steers; "-" for NULL.
void cor_html_text(FILE *out, const char *text);

// The same of a part of a text; it must end where a character does.
void cor_html_part(FILE *out, struct cor_slice part);

// A line of source text: a tab goes to the next multiple of eight columns.
void cor_html_source(FILE *out, struct cor_slice line);

// The same for text of several lines, which keeps its line ends.
void cor_html_lines(FILE *out, const char *text);

// The name under which links reach a symbol's section: "f-name", "f-name-2" for the second of that
// name. Bytes other than letters, digits, "_", "." and "$" become "~2f".
void cor_html_id(FILE *out, const struct cor_case *case_, const struct cor_case_symbol *symbol);

#endif
