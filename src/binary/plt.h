// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Calls in linked objects: there is no relocation row where the code calls, only a stub of the
// procedure linkage table, or a slot of the global offset table, that the code goes through.
#ifndef COR_BINARY_PLT_H
#define COR_BINARY_PLT_H

#include "base/array.h"
#include "base/names.h"
#include "binary/image.h"
#include "model/terms.h"

// An address that stands for a symbol of another object.
struct cor_plt_entry {
    uint64_t address;
    const struct cor_name *name;
};

struct cor_plt {
    COR_ARRAY(struct cor_plt_entry) slots; // filled by the caller: where the loader puts addresses
    COR_ARRAY(struct cor_plt_entry) stubs;
    uint64_t got; // what i386 code counts slots from (DT_PLTGOT)
};

// A place that looks like a use; only decoding tells whether an instruction stands there.
struct cor_plt_use {
    const struct cor_name *name;
    uint64_t start, end; // of the instruction, without prefixes
    enum cor_refkind kind;
    const char *through; // "PLT" or "GOT"
};

typedef COR_ARRAY(struct cor_plt_use) cor_plt_uses;

// Finds the stubs of the slots. Nothing is found for processors other than x86-64, i386 and
// aarch64.
COR_MUST_CHECK enum cor_status cor_plt_open(const struct cor_image *image, struct cor_plt *plt);
void cor_plt_dispose(struct cor_plt *plt);

// Adds the uses in one section, in order of addresses.
COR_MUST_CHECK enum cor_status cor_plt_scan(const struct cor_image *image,
                                            const struct cor_plt *plt,
                                            const struct cor_section *section, cor_plt_uses *uses);

#endif
