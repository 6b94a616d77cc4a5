// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which kernel a Linux module was built for.
#ifndef COR_BINARY_MODVERSIONS_H
#define COR_BINARY_MODVERSIONS_H

#include "binary/symbols.h"
#include "model/component.h"

// Fills `imports` from __versions and the checksums of `exports`, which must have been read and be
// sorted, from __crc_ symbols. `rows` is .symtab.
COR_MUST_CHECK enum cor_status cor_modversions_read(struct cor_image *image,
                                                    const struct cor_symbol_rows *rows,
                                                    struct cor_names *names,
                                                    struct cor_component *component);

#endif
