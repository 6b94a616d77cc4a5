// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Looking for what stands somewhere inside: a magic number alone is no evidence, so a candidate
// counts only when its structure holds.
#ifndef COR_INTAKE_FORMATS_PAYLOAD_H
#define COR_INTAKE_FORMATS_PAYLOAD_H

#include "intake/format.h"

// The first offset in [from, to) where a compressed stream that decodes, or an ELF file whose
// tables lie within [offset, to), begins. False when there is none, or `stream` failed.
bool cor_payload_find(struct cor_stream *stream, uint64_t from, uint64_t to, uint64_t *ret_offset);

#endif
