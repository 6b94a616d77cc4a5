// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Prints (model/print.h) of the functions that a component defines.
#ifndef COR_BINARY_PRINTS_H
#define COR_BINARY_PRINTS_H

#include "base/names.h"
#include "model/component.h"

// Sets `print` of the functions whose code can be looked at: by the relocation rows of relocatable
// objects, and by decoding calls and loads of linked x86-64, i386 and aarch64 code. `bytes` are
// those that cor_elf_read() was given. COR_OK or COR_NOMEM; without prints where there are none.
COR_MUST_CHECK enum cor_status cor_prints_read(struct cor_component *component,
                                               struct cor_names *names, const void *bytes,
                                               size_t size);

#endif
