// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Writing to people: nothing that came out of a file can steer the terminal.
#ifndef COR_REPORT_PUT_H
#define COR_REPORT_PUT_H

#include <stdint.h>
#include <stdio.h>

#include "base/slice.h"
#include "base/status.h"

// Control and direction characters as \n, \t, \x1b or \u{202e}, bytes that are no UTF-8 as \xff,
// "-" for NULL. One line stays one line.
void cor_put(FILE *out, const char *text);

// The same of a part of a text; it must end where a character does.
void cor_put_part(FILE *out, struct cor_slice part);

// A line of source text: as cor_put(), but a tab goes to the next multiple of eight columns.
void cor_put_source(FILE *out, struct cor_slice line);

// How many columns cor_put() takes, every character counted as one.
size_t cor_put_width(const char *text);

// 1,234,567.
void cor_put_number(FILE *out, uint64_t number);

// "1 row", "2,000 rows".
void cor_put_count(FILE *out, uint64_t count, const char *one, const char *many);

// Words broken at spaces into lines of at most 80 columns, each after `indent` spaces; ends the
// line.
void cor_put_wrapped(FILE *out, unsigned indent, const char *text);

// What every writer returns: COR_IO when something could not be written, COR_INTERRUPTED.
COR_MUST_CHECK enum cor_status cor_put_done(FILE *out);

#endif
