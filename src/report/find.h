// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a person may have meant by a word.
#ifndef COR_REPORT_FIND_H
#define COR_REPORT_FIND_H

#include "model/case.h"

enum { COR_MOST_SUGGESTIONS = 5 };

struct cor_suggestions {
    const char *items[COR_MOST_SUGGESTIONS]; // texts of the case, the nearest first
    size_t count;
};

// Names of symbols, components and members that are near to `what`: typing errors, another case of
// letters, a part of the name.
struct cor_suggestions cor_suggest(const struct cor_case *case_, const char *what);

// Whether `what` means this path: all of it, or its end behind a slash.
bool cor_means_path(const char *path, const char *what);

// Whether `what` means this component: its id, path or name.
bool cor_means_component(const struct cor_case_component *component, const char *what);

#endif
