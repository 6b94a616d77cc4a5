// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Opening and hashing what the user named.
#ifndef COR_INTAKE_INPUT_H
#define COR_INTAKE_INPUT_H

#include "base/arena.h"
#include "base/diag.h"
#include "model/member.h"

// Fills a record for `path` (symbolic links are followed): name, size, and for a regular file both
// hashes. `input->role` and `number` are the caller's. Texts go to `arena`.
// COR_NOT_FOUND, COR_IO (unreadable), COR_UNSUPPORTED (a device, a socket), COR_INTERRUPTED; the
// one line for the user has then gone to `diag` with grade COR_FATAL.
COR_MUST_CHECK enum cor_status cor_input_open(const char *path, struct cor_arena *arena,
                                              struct cor_input *ret_input, struct cor_diag *diag);

#endif
