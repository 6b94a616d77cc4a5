// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The source files that call or declare a symbol, and what they say of their own licence.
#ifndef COR_REPORT_FILE_LICENCES_H
#define COR_REPORT_FILE_LICENCES_H

#include "model/case.h"

struct cor_file_licence {
    const char *part; // "called in"
    const struct cor_case_source_file *file;
};

// Each file once, callers first, at most `most` of them; returns how many.
size_t cor_file_licences(const struct cor_case *case_, const struct cor_case_symbol *symbol,
                         struct cor_file_licence *files, size_t most);

// How the file says it: "SPDX tag", "notice", "says nothing of its licence".
const char *cor_file_licence_how(const struct cor_case_source_file *file);
// What it says, or NULL.
const char *cor_file_licence_text(const struct cor_case_source_file *file);

#endif
