// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the loader makes of a call: the instruction once the provider's address is in it.
#ifndef COR_BINARY_LINK_PROOF_H
#define COR_BINARY_LINK_PROOF_H

#include "base/arena.h"
#include "base/status.h"
#include "model/component.h"

struct cor_link_proof {
    const char *after, *bytes; // text, and hex; NULL when there is no proof
    uint64_t place;            // where the instruction was taken to stand
    uint64_t target;           // where it then leads, as the disassembler says
    const char *why_not;       // NULL when proved, and where there is nothing to prove
};

// Applies the relocation row of a call or jump, with `symbol` as the provider's address and the
// instruction near enough for it to reach, and decodes the result. A call that linked code makes by
// itself (types "CALL" and "JMP") is decoded where it stands. References of other kinds have
// nothing to prove. Texts go to `arena`, or are constant. COR_OK or COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_link_prove(const struct cor_component *component,
                                              const struct cor_reference *reference,
                                              uint64_t symbol, struct cor_arena *arena,
                                              struct cor_link_proof *proof);

#endif
