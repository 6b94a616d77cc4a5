// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what a module for ESXi's kernel declares of its links.
#ifndef COR_LINKAGE_ESXI_MODULE_H
#define COR_LINKAGE_ESXI_MODULE_H

#include "linkage/rule.h"

// Notes the namespaces that the module requires (nsRequired=NAME#VERSION) and no component of the
// product provides (nsProvides). How the kernel declares its own is not known, so that this never
// unbinds anything.
COR_MUST_CHECK enum cor_status cor_esxi_note_namespaces(struct cor_linking *linking,
                                                        const struct cor_component *module);

#endif
