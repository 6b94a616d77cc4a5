// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Macros whose headers a release of a mere driver does not hold.
#ifndef COR_SOURCE_KNOWN_MACROS_H
#define COR_SOURCE_KNOWN_MACROS_H

#include <stddef.h>

struct cor_known_macro {
    const char *name, *parameters, *body;
};

const struct cor_known_macro *cor_known_macros(size_t *ret_count);

#endif
