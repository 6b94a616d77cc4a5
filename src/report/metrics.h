// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// How wide a text is, near enough, in a sans-serif face that we do not choose.
#ifndef COR_REPORT_METRICS_H
#define COR_REPORT_METRICS_H

#include <stdio.h>

#include "base/slice.h"

// In thousandths of the size of the face.
int cor_metrics_width(struct cor_slice text);

// Writes as much of a text as fits into `width` (in the same unit), escaped for HTML; the middle is
// left out where it does not.
void cor_metrics_fit(FILE *out, struct cor_slice text, int width);

#endif
