// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One table of options makes the parser and the help.
#ifndef COR_CLI_OPTIONS_H
#define COR_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/array.h"

typedef COR_ARRAY(const char *) cor_texts;

enum cor_option_kind {
    COR_OPTION_FLAG,   // bool
    COR_OPTION_TEXT,   // const char *; the last one counts
    COR_OPTION_LIST,   // cor_texts; may repeat
    COR_OPTION_NUMBER, // unsigned; 1 to 1024
    COR_OPTION_AMOUNT  // uint64_t; at least 1, with K, M, G or T for powers of 1024
};

struct cor_option {
    const char *name;     // "source", without dashes
    char letter;          // 'o', or 0
    const char *argument; // "PATH"; NULL for a flag
    const char *help;     // one line of at most 48 columns
    enum cor_option_kind kind;
    size_t offset; // of the value in the command's own struct
};

struct cor_command {
    const char *name;
    const char *usage;                // what follows the name: "SHIPPED... --source PATH..."
    const char *help;                 // a sentence or two, lines of at most 80 columns
    const struct cor_option *options; // ends with a row whose name is NULL
    int (*run)(int count, char **words);
};

// Fills `values` and puts the other words into `operands`. False after one line on stderr: exit
// with COR_EXIT_USAGE. `ret_help` becomes true for --help, which is then printed already.
bool cor_options_parse(const struct cor_command *command, int count, char **words, void *values,
                       cor_texts *operands, bool *ret_help);

void cor_command_help(const struct cor_command *command, FILE *out);

#endif
