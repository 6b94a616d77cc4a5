// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a person at a terminal gets instead of plain lines.
#ifndef COR_CLI_TERMINAL_H
#define COR_CLI_TERMINAL_H

#include "cli/cli.h"

enum cor_dress { COR_DRESS_COLUMNS, COR_DRESS_COLOUR };

// Whether standard output is a terminal; and whether it is one that is to show colour: NO_COLOR is
// not set, or empty, and TERM is not "dumb".
bool cor_wants_columns(void);
bool cor_wants_colour(void);

// Runs the writer, and writes what it wrote with columns aligned or words coloured.
COR_MUST_CHECK enum cor_status cor_write_dressed(cor_output_writer *writer, void *what,
                                                 enum cor_dress dress, FILE *out);

#endif
