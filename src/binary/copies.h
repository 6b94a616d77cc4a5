// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Copy relocations: room in a program for data that a library defines.
#ifndef COR_BINARY_COPIES_H
#define COR_BINARY_COPIES_H

#include "binary/dynamic.h"

// Sets `copied` in the rows of .dynsym, which must stand in table order.
COR_MUST_CHECK enum cor_status cor_copies_mark(struct cor_image *image,
                                               const struct cor_dynamic *dynamic,
                                               struct cor_component *component);

#endif
