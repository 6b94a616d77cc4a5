// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Filters whose data come in blocks with their sizes in front, each decoded as a whole.
#ifndef COR_INTAKE_FORMATS_BLOCKS_H
#define COR_INTAKE_FORMATS_BLOCKS_H

#include "intake/formats/filter.h"

struct cor_blocks {
    struct cor_stream stream;
    const struct cor_blocks_kind *kind;
    bool begun;
    uint32_t flags;          // the kind's own
    unsigned char *in, *out; // one block, packed and unpacked
    size_t in_capacity, out_capacity;
    size_t at, size; // of what waits in `out`
};

struct cor_blocks_kind {
    const char *name;
    // Reads what stands in front of the first block; NULL when nothing does.
    enum cor_status (*begin)(struct cor_blocks *blocks);
    // Fills `out` and `size`; COR_END behind the last block.
    enum cor_status (*block)(struct cor_blocks *blocks);
};

struct cor_stream *cor_blocks_decode(const struct cor_blocks_kind *kind, struct cor_stream *below);

// Room for one block of these sizes.
COR_MUST_CHECK enum cor_status cor_blocks_room(struct cor_blocks *blocks, size_t in, size_t out);

#endif
