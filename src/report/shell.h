// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Putting texts from files into shell commands. What is appended is printable ASCII, whatever the
// text: nothing in it can break out of its quotes, and a command stays on one line.
#ifndef COR_REPORT_SHELL_H
#define COR_REPORT_SHELL_H

#include "base/buffer.h"
#include "model/member.h"

// Whether a text needs no care at all: letters, digits and _ . / + - , : = @ %.
bool cor_shell_plain(const char *text);

// Whether cor_shell_word() can say it: printable ASCII only.
bool cor_shell_sayable(const char *text);

// A word in quotes. The text must be sayable.
COR_MUST_CHECK enum cor_status cor_shell_word(struct cor_buffer *command, const char *text);

// The file `rest` ("" for none) below an input: "$SHIPPED1/x/y". A character that cannot be said
// is a wildcard: the word must stand where the shell expands those.
COR_MUST_CHECK enum cor_status cor_shell_file(struct cor_buffer *command,
                                              const struct cor_input *input, const char *rest);

// The name of an entry as a pattern of bsdtar that matches it alone, but for characters that
// cannot be said.
COR_MUST_CHECK enum cor_status cor_shell_entry(struct cor_buffer *command, const char *entry);

// A name as part of a quoted extended regular expression (without the quotes).
COR_MUST_CHECK enum cor_status cor_shell_regex(struct cor_buffer *command, const char *name);

// "NAME=value" for an input, as the user gave it or as an absolute path.
COR_MUST_CHECK enum cor_status
cor_shell_assignment(struct cor_buffer *command, const struct cor_input *input, const char *path);

// "SHIPPED1".
COR_MUST_CHECK enum cor_status cor_shell_variable(struct cor_buffer *command,
                                                  const struct cor_input *input);

#endif
