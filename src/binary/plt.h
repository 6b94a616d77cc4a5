// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Uses in linked objects: there is no relocation row where the code calls, only a stub of the
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
    COR_ARRAY(struct cor_plt_entry) targets; // filled by the caller: the object's own definitions
    uint64_t got;                            // what i386 code counts slots from (DT_PLTGOT)
};

// A place that looks like a use; only decoding tells whether an instruction stands there.
struct cor_plt_use {
    const struct cor_name *name;
    uint64_t start, end; // of the instruction, without prefixes
    enum cor_refkind kind;
    const char *through; // "PLT" or "GOT"; for a target "CALL", "JMP" or "LEA"
};

typedef COR_ARRAY(struct cor_plt_use) cor_plt_uses;

// Sorts the slots and targets and finds the stubs of the slots, on x86-64, i386 and aarch64.
COR_MUST_CHECK enum cor_status cor_plt_open(const struct cor_image *image, struct cor_plt *plt);

// What stands at an address, or NULL; the lists must be sorted.
const struct cor_name *cor_plt_slot(const struct cor_plt *plt, uint64_t address);
const struct cor_name *cor_plt_stub(const struct cor_plt *plt, uint64_t address);
const struct cor_name *cor_plt_target(const struct cor_plt *plt, uint64_t address);

// The slot that an x86 instruction ff /r or 8b /r at `address` goes through.
uint64_t cor_plt_x86_slot(const struct cor_image *image, const struct cor_plt *plt,
                          const unsigned char *at, uint64_t address);

// Whether what stands at `at`, with `left` bytes up to the end, looks like a load of an address:
// `ret_target`.
bool cor_plt_load(const struct cor_image *image, const unsigned char *at, size_t left,
                  uint64_t address, uint64_t *ret_target);

// Whether a section holds stubs, and no code that uses them.
bool cor_plt_holds_stubs(const struct cor_section *section);

void cor_plt_dispose(struct cor_plt *plt);

// Adds the uses in one section, in order of addresses: calls, jumps and loads of an address. Arm
// code uses its own definitions alone; other processors' code is not looked at.
COR_MUST_CHECK enum cor_status cor_plt_scan(const struct cor_image *image,
                                            const struct cor_plt *plt,
                                            const struct cor_section *section, cor_plt_uses *uses);

#endif
