// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Why a linker would pull a member out of its archive: a symbol of it, and who needs that.
#ifndef COR_REPORT_PULLS_H
#define COR_REPORT_PULLS_H

#include <stdbool.h>

#include "model/case.h"

struct cor_pull {
    bool member;        // of an archive (.a); the rest counts only then
    const char *symbol; // the first of those that pull it; NULL: none does
    uint32_t user;      // the id of a component that needs it, one outside of the archive if any
    uint64_t symbols;   // that pull it
    uint64_t members;   // that have `symbol`: a linker takes the first that it meets
};

// A need that is weak pulls nothing.
struct cor_pull cor_pull_of(const struct cor_case *case_,
                            const struct cor_case_component *component);

#endif
