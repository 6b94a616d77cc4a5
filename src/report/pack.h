// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Long markup as short text that can stand in a script element of a page, and that a few lines of
// script unpack. It is ASCII without "<". Characters stand for themselves, but "^" is "<", and "`"
// begins a repetition: two digits of its length less COR_PACK_LEAST, three of how far back it
// stands, in a number system of COR_PACK_BASE whose digits are the characters from "#" to "~"
// without "<", "^" and "`".
#ifndef COR_REPORT_PACK_H
#define COR_REPORT_PACK_H

#include <stdio.h>

#include "base/slice.h"
#include "base/status.h"

enum { COR_PACK_BASE = 89, COR_PACK_LEAST = 8 };

// Markup whose characters outside ASCII, "^" and "`" become character references: what can be
// packed.
void cor_pack_plain(FILE *out, struct cor_slice markup);

// `text` must be what cor_pack_plain() writes. COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_pack(FILE *out, struct cor_slice text);

#endif
