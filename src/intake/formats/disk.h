// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Containers of one disk that is kept in pieces: the one member can be read at random.
#ifndef COR_INTAKE_FORMATS_DISK_H
#define COR_INTAKE_FORMATS_DISK_H

#include "intake/format.h"

struct cor_disk;

struct cor_disk_kind {
    size_t size; // of the structure that begins with a struct cor_disk
    // Tells the disk's size, and `base.end` where it knows it. Through cor_container_fail().
    enum cor_status (*begin)(struct cor_disk *disk, uint64_t *ret_size);
    // Bytes within the disk's size, up to the end of a piece: at least one. Failures through
    // cor_stream_fail(&disk->data, ...).
    enum cor_status (*read)(struct cor_disk *disk, uint64_t at, unsigned char *buffer, size_t size,
                            size_t *ret_got);
    void (*dispose)(struct cor_disk *disk); // may be NULL
};

struct cor_disk {
    struct cor_container base;
    const struct cor_disk_kind *kind;
    struct cor_stream data;
    uint64_t position;
    bool told;
    enum cor_status late; // told behind the disk
    const char *late_reason;
};

// For the `open` of a row that seeks.
struct cor_container *cor_disk_open(const struct cor_disk_kind *kind, struct cor_stream *below);

// A whole read from the image, for `begin` and for `read`.
COR_MUST_CHECK enum cor_status cor_disk_find(struct cor_disk *disk, uint64_t offset, void *buffer,
                                             size_t size);
COR_MUST_CHECK enum cor_status cor_disk_fetch(struct cor_disk *disk, uint64_t offset, void *buffer,
                                              size_t size);

static inline uint64_t cor_le64(const unsigned char *p)
{
    return (uint64_t)cor_le32(p + 4) << 32 | cor_le32(p);
}

#endif
