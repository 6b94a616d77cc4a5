// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Completion for shells, written from the tables of commands and options.
#ifndef COR_CLI_COMPLETION_H
#define COR_CLI_COMPLETION_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/options.h"

struct cor_command_row {
    const struct cor_command *command;
    const char *summary;
};

// main.c: ends with a row whose command is NULL.
extern const struct cor_command_row cor_commands[];

// "bash", "zsh" or "fish"; false for another word.
bool cor_write_completion(const char *shell, FILE *out);

#endif
