// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What can be known of an #if condition without a configuration.
#ifndef COR_SOURCE_CONDITIONS_H
#define COR_SOURCE_CONDITIONS_H

#include "base/slice.h"

enum cor_truth { COR_TRUTH_UNKNOWN, COR_TRUTH_NEVER, COR_TRUTH_ALWAYS };

// `expression` is what follows #if or #elif. Only constants decide: "0 && X" is never true.
enum cor_truth cor_condition_truth(struct cor_slice expression);

#endif
