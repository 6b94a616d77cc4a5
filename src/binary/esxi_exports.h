// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a module for ESXi's kernel exports, and the namespaces that it requires.
#ifndef COR_BINARY_ESXI_EXPORTS_H
#define COR_BINARY_ESXI_EXPORTS_H

#include "base/names.h"
#include "binary/symbols.h"
#include "model/component.h"

// Adds to `exports` from .vmksymbolexports and .vmksymbolaliases, and to `modinfo`, as nsRequired,
// what .vmkrequiredns alone says. `modinfo` must have been read.
COR_MUST_CHECK enum cor_status cor_esxi_exports_read(struct cor_image *image,
                                                     struct cor_names *names,
                                                     struct cor_component *component);

#endif
