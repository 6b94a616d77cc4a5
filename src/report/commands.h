// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The commands by which anyone can see the facts of a symbol with stock tools. Each runs alone, in
// an empty folder, ends with status 0 and prints the fact.
#ifndef COR_REPORT_COMMANDS_H
#define COR_REPORT_COMMANDS_H

#include "report/index.h"

struct cor_command {
    const char *about; // a heading
    const char *text;  // the command, "\n" where it may be broken into lines; NULL: `about` says
                       // why there is none
};

struct cor_commands {
    struct cor_arena arena;
    COR_ARRAY(struct cor_command) list;
};

COR_MUST_CHECK enum cor_status cor_commands_symbol(const struct cor_index *index,
                                                   const struct cor_case_symbol *symbol,
                                                   struct cor_commands *ret_commands);
void cor_commands_dispose(struct cor_commands *commands);

#endif
