// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What an ELF file is: its processor's word and the kind of component.
#ifndef COR_BINARY_KINDS_H
#define COR_BINARY_KINDS_H

#include "binary/dynamic.h"
#include "model/component.h"

// A constant, or text of the component's arena for a number without a word; NULL when memory is
// out.
const char *cor_machine_word(struct cor_component *component, uint16_t machine);

// Sets `kind`, and `unsupported` where the symbols cannot be judged. The symbols must be read.
COR_MUST_CHECK enum cor_status cor_kind_set(const struct cor_image *image,
                                            const struct cor_dynamic *dynamic,
                                            struct cor_component *component);

#endif
