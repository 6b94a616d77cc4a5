// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the files of the UBIFS reader share.
#ifndef COR_INTAKE_FORMATS_UBIFS_H
#define COR_INTAKE_FORMATS_UBIFS_H

#include "intake/formats/volume.h"

enum { COR_UBIFS_HEADER = 24, COR_UBIFS_BLOCK = 4096 };

// Types of nodes; the first three are the types of keys too.
enum {
    COR_UBIFS_INODE = 0,
    COR_UBIFS_DATA = 1,
    COR_UBIFS_DENT = 2,
    COR_UBIFS_SUPER = 6,
    COR_UBIFS_MASTER = 7,
    COR_UBIFS_REFERENCE = 8,
    COR_UBIFS_INDEX = 9
};

// Where a node stands, and its key: the type in the upper three bits, a hash or a block's number.
struct cor_ubifs_leaf {
    uint32_t ino, key, lnum, offset, size, level;
};

struct cor_ubifs_stack {
    struct cor_ubifs_leaf *items;
    size_t count, capacity;
};

struct cor_ubifs {
    struct cor_volume volume;
    uint64_t leb_size, size;       // of a block, and of all
    struct cor_ubifs_stack leaves; // in the order of their keys
    uint64_t lost_branches;
    unsigned char *node; // the node that was read last
    size_t node_room;
    uint32_t ino;             // the current file
    uint64_t file_size, held; // `held`: the block that `plain` is, plus 1
    unsigned char plain[COR_UBIFS_BLOCK];
};

bool cor_ubifs_is_node(const unsigned char *raw, size_t size);

// Fills `plain` with `size` bytes.
COR_MUST_CHECK enum cor_status cor_ubifs_unpack(struct cor_ubifs *ubifs, uint32_t compression,
                                                const unsigned char *packed, size_t packed_size,
                                                size_t size);

#endif
