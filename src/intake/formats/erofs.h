// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the files of the EROFS reader share.
#ifndef COR_INTAKE_FORMATS_EROFS_H
#define COR_INTAKE_FORMATS_EROFS_H

#include "intake/formats/volume.h"

enum {
    COR_EROFS_ALIGNED_LZ4 = 0x1, // packed data end with their block, zeros stand in front
    COR_EROFS_FRAGMENTS = 0x20
};

// How a run of a file's bytes is kept.
enum cor_erofs_way { COR_EROFS_STORED, COR_EROFS_ROTATED, COR_EROFS_PACKED };

struct cor_erofs_run {
    uint64_t from, to; // in the file
    uint64_t at, size; // in the image
    enum cor_erofs_way way;
    uint8_t algorithm; // of packed ones
};

struct cor_erofs_inode {
    uint64_t nid, size, body; // `body`: behind the inode and its attributes, in the image
    uint32_t layout, mode, place;
};

// A file whose runs were read.
struct cor_erofs_file {
    struct cor_erofs_inode inode;
    COR_ARRAY(struct cor_erofs_run) runs;
    bool has_fragment; // its end stands in the packed inode
    uint64_t fragment_from, fragment_at;
    size_t next;                      // the run that was read last
    const struct cor_erofs_run *held; // what `plain` is
    unsigned char *plain;
    size_t plain_room;
};

struct cor_erofs {
    struct cor_volume volume;
    uint32_t features, block_bits;
    uint64_t meta, size, packed_nid;
    bool has_packed;
    struct cor_erofs_file file, packed; // `packed`: the inode that holds ends of files
    unsigned char *input;
    size_t input_room;
};

COR_MUST_CHECK enum cor_status cor_erofs_inode_at(struct cor_erofs *erofs, uint64_t nid,
                                                  struct cor_erofs_inode *ret_inode);

// erofs_map.c: the runs of a packed file.
COR_MUST_CHECK enum cor_status cor_erofs_map(struct cor_erofs *erofs, struct cor_erofs_file *file);

// erofs_unpack.c: bytes of a packed file, up to the end of a run.
COR_MUST_CHECK enum cor_status cor_erofs_read_packed(struct cor_erofs *erofs,
                                                     struct cor_erofs_file *file, uint64_t at,
                                                     unsigned char *buffer, size_t size,
                                                     size_t *ret_got);

#endif
