// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the files of the JFFS2 reader share.
#ifndef COR_INTAKE_FORMATS_JFFS2_H
#define COR_INTAKE_FORMATS_JFFS2_H

#include "intake/formats/volume.h"

enum cor_jffs2_compression {
    COR_JFFS2_NONE = 0,
    COR_JFFS2_ZERO = 1,
    COR_JFFS2_RTIME = 2,
    COR_JFFS2_ZLIB = 6,
    COR_JFFS2_LZO = 7,
    COR_JFFS2_LZMA = 8
};

struct cor_jffs2_dirent {
    uint32_t parent, version, ino;
    const char *name;
    size_t name_size;
};

// A run of a file's bytes; the highest version counts.
struct cor_jffs2_run {
    uint32_t ino, version, offset, plain_size, packed_size, mode, file_size;
    uint8_t compression;
    uint64_t data_at;
};

struct cor_jffs2_inode {
    uint32_t ino, mode, size;
    size_t first, count; // of its runs
};

struct cor_jffs2 {
    struct cor_volume volume;
    bool big;
    COR_ARRAY(struct cor_jffs2_dirent) dirents; // by parent, name, version
    COR_ARRAY(struct cor_jffs2_run) runs;       // by inode, offset, version
    COR_ARRAY(struct cor_jffs2_inode) inodes;
    uint64_t damaged, stray; // nodes with a wrong sum; bytes that are neither nodes nor padding
    // The current file: runs up to `entered` begin before the reading position, and those of them
    // that may still count stand in a heap, the highest version first.
    const struct cor_jffs2_inode *inode;
    size_t entered;
    COR_ARRAY(size_t) heap;
    const struct cor_jffs2_run *unpacked; // what `plain` is
    unsigned char *plain, *packed;
    size_t plain_room, packed_room;
};

// Reads all nodes and puts them in order.
COR_MUST_CHECK enum cor_status cor_jffs2_scan(struct cor_jffs2 *jffs2);

// Fills `plain`.
COR_MUST_CHECK enum cor_status cor_jffs2_unpack(struct cor_jffs2 *jffs2,
                                                const struct cor_jffs2_run *run);

#endif
