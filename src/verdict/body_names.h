// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Under which names a body of a binary's symbol may stand in the source.
#ifndef COR_VERDICT_BODY_NAMES_H
#define COR_VERDICT_BODY_NAMES_H

#include "base/names.h"

enum { COR_BODY_NAMES_MAX = 10 };

struct cor_body_names {
    const struct cor_name *items[COR_BODY_NAMES_MAX]; // the symbol's own name first
    unsigned count;
};

// The name itself; without what compilers add (".isra.0", ".cold", "__pfx_", ...); a mangled C++
// or Rust name as its qualified name. With `intern` false only names that were interned already.
COR_MUST_CHECK enum cor_status cor_body_names(struct cor_names *names, const struct cor_name *name,
                                              bool intern, struct cor_body_names *ret_names);

#endif
