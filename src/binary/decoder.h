// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Instructions at given places, each function decoded once from its start.
#ifndef COR_BINARY_DECODER_H
#define COR_BINARY_DECODER_H

#include "binary/disasm.h"
#include "binary/mapping.h"

// Places come in rising order within a space.
struct cor_decoder {
    struct cor_disasm *disasm; // NULL: nothing can be decoded
    const struct cor_mapping *mapping;
    uint32_t space;
    uint64_t start, end; // the latest instruction, or what was stepped over
    bool decoded;
    struct cor_instruction instruction;
};

void cor_decoder_begin(struct cor_decoder *decoder, uint32_t space);

// Whether an instruction covers `place`; it stands in `instruction`, from `start` to `end`.
// `code` is the section's content, `base` its address, `from` a place where an instruction
// begins. `compressed` holds where there are no mapping symbols.
bool cor_decoder_at(struct cor_decoder *decoder, struct cor_slice code, uint64_t base,
                    uint64_t from, uint64_t place, bool compressed);

#endif
