// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What surrounds the page's content: style and script, both part of the page. Without the script
// everything can still be read.
#ifndef COR_REPORT_HTML_FRAME_H
#define COR_REPORT_HTML_FRAME_H

#include <stdio.h>

void cor_html_begin(FILE *out, const char *title);
void cor_html_end(FILE *out);

// Text with the characters of markup escaped, and nothing in it that steers; "-" for NULL.
void cor_html_text(FILE *out, const char *text);

// The same for text of several lines, which keeps its line ends.
void cor_html_lines(FILE *out, const char *text);

#endif
