// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What is inside a file, at every depth: the inputs and members of a case, nothing else of it.
#ifndef COR_REPORT_TREE_H
#define COR_REPORT_TREE_H

#include <stdio.h>

#include "model/case.h"

// A header line, then one member a line, columns parted by tabs.
COR_MUST_CHECK enum cor_status cor_tree_text(const struct cor_case *case_, FILE *out);

// `correspond-tree/1`.
COR_MUST_CHECK enum cor_status cor_tree_json(const struct cor_case *case_, FILE *out);

#endif
