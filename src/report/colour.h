// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The text report for a terminal: headings bold, classes in colour.
#ifndef COR_REPORT_COLOUR_H
#define COR_REPORT_COLOUR_H

#include <stdio.h>

// Writes the text again, with escape sequences of ECMA-48 around some words and nothing else
// changed.
void cor_colour(const char *text, FILE *out);

#endif
