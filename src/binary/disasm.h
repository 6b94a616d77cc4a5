// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Machine code as text. The disassembler's library stays behind this.
#ifndef COR_BINARY_DISASM_H
#define COR_BINARY_DISASM_H

#include "base/slice.h"
#include "binary/image.h"

struct cor_disasm;

struct cor_instruction {
    size_t size;
    char text[200];
};

// NULL where the object's processor is not known to the library (COR_OK all the same).
COR_MUST_CHECK enum cor_status cor_disasm_open(const struct cor_image *image,
                                               struct cor_disasm **ret_disasm);
void cor_disasm_close(struct cor_disasm *disasm);

// The instruction at the start of `code`; false when there is none that is known. `compressed`:
// the 16-bit instruction set of processors with two.
bool cor_disasm_one(struct cor_disasm *disasm, struct cor_slice code, uint64_t address,
                    bool compressed, struct cor_instruction *ret_instruction);

// Whether the latest instruction was taken for one of the 16-bit set.
bool cor_disasm_is_compressed(const struct cor_disasm *disasm);

// By how much an instruction's place is a multiple of, and what to step over when undecodable.
size_t cor_disasm_step(const struct cor_disasm *disasm, bool compressed);

// Whether all instructions have the size of one step.
bool cor_disasm_fixed(const struct cor_disasm *disasm, bool compressed);

#endif
