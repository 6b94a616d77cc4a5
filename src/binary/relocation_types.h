// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What is known of relocation types: names, calls and jumps, addends that stand in place.
#ifndef COR_BINARY_RELOCATION_TYPES_H
#define COR_BINARY_RELOCATION_TYPES_H

#include "base/slice.h"
#include "binary/image.h"
#include "model/terms.h"

// A constant like "R_X86_64_PC32"; NULL for a type that is not in the list.
const char *cor_relocation_name(uint16_t machine, uint32_t type);

// How a row at `at` in the bytes of an executable section uses its symbol: call, tail-call (any
// jump) or address.
enum cor_refkind cor_relocation_kind(const struct cor_image *image, uint32_t type,
                                     struct cor_slice code, uint64_t at);

// The addend that stands in the patched place itself; 0 where the type's field is not known.
int64_t cor_relocation_in_place(const struct cor_image *image, uint32_t type,
                                struct cor_slice bytes, uint64_t at);

#endif
