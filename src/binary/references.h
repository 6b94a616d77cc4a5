// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Every relocation row of an ELF object that refers to a name of interest, with the enclosing
// function and the instruction.
#ifndef COR_BINARY_REFERENCES_H
#define COR_BINARY_REFERENCES_H

#include <stddef.h>

#include "base/array.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/names.h"
#include "model/component.h"

// Values in the map of wanted names.
enum cor_wanted { COR_WANTED = 1, COR_WANTED_INSIDE = 2 };

struct cor_references {
    COR_ARRAY(struct cor_reference) items; // by name, section, offset
};

// Calls that a linked x86-64, i386 or aarch64 object makes through its procedure linkage table or
// global offset table have no row; they are decoded and added with the type "PLT" or "GOT", and
// their offset is the instruction's address. Likewise, in linked x86-64, i386, aarch64 and arm
// objects, the calls, jumps and address loads of own definitions whose name's value in `wanted` is
// COR_WANTED_INSIDE: types "CALL", "JMP" and "LEA". Local symbols are nobody's namesakes: rows that
// refer to one are left out.
//
// Adds the rows of `component`'s bytes whose symbol's name is a key of `wanted`. Texts go to
// `arena`. What cannot be decoded has a NULL instruction.
COR_MUST_CHECK enum cor_status cor_references_read(const struct cor_component *component,
                                                   struct cor_names *names, const void *bytes,
                                                   size_t size, const struct cor_map *wanted,
                                                   struct cor_arena *arena,
                                                   struct cor_references *references,
                                                   struct cor_diag *diag);

void cor_references_dispose(struct cor_references *references);

#endif
