// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#ifndef COR_SOURCE_LICENCE_NOTICE_H
#define COR_SOURCE_LICENCE_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

// The sentence of a comment in the first 4 KiB that puts the file under a well-known licence, as
// it stands there but on one line and cut when long; else, where `c` says that the file is
// preprocessed as C, its MODULE_LICENSE(). A text that merely names a licence is none.
// *ret_words is NULL when there is no notice; *ret_line is where the quoted words begin.
COR_MUST_CHECK enum cor_status cor_licence_notice(struct cor_slice text, bool c,
                                                  struct cor_arena *arena, const char **ret_words,
                                                  uint32_t *ret_line);

#endif
