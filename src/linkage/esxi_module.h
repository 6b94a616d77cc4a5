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

// How well the namespace that a module provides fits what another one requires.
enum cor_namespace_fit {
    COR_NAMESPACE_FITS,    // the very version, or the module declares none
    COR_NAMESPACE_VERSION, // another version of it
    COR_NAMESPACE_FOREIGN, // the user does not require it at all
    COR_NAMESPACE_FITS_COUNT
};
enum cor_namespace_fit cor_esxi_namespace_fit(const struct cor_component *user,
                                              const struct cor_component *provider);

// Whether a licence string is one of the GPL's, for the loader's rule.
bool cor_esxi_is_gpl(const struct cor_component *module);

#endif
