// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Runs one row of the table of formats over bytes, as a walk would, with small budgets: what the
// fuzz targets and the short seeded runs share.
#ifndef COR_TESTS_INTAKE_ROW_RUN_H
#define COR_TESTS_INTAKE_ROW_RUN_H

#include "intake/format.h"

// NULL when no row has this name.
const struct cor_format *row_named(const char *name);

// Aborts when something is returned that no caller could handle.
void row_run(const struct cor_format *format, const unsigned char *data, size_t size);

#endif
