// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// From a member's path to the stock tools that unpack it.
#ifndef COR_REPORT_UNPACK_COMMAND_H
#define COR_REPORT_UNPACK_COMMAND_H

#include "base/buffer.h"
#include "report/index.h"

// Appends a command that writes the member's bytes to its output ("bsdtar -xOf ... | gzip -dc").
// With `entries`, the bytes of all its entries instead. Its last part may end with a status other
// than 0 although all bytes came (a trailer behind a compressed stream): let a hash decide.
//
// COR_UNSUPPORTED when a layer has no stock tool; *ret_why is then a text in `arena`, and what was
// appended is to be thrown away.
COR_MUST_CHECK enum cor_status cor_unpack_command(struct cor_buffer *command,
                                                  const struct cor_index *index, uint32_t input,
                                                  const char *path, bool entries,
                                                  struct cor_arena *arena, const char **ret_why);

#endif
