// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What our own readers of file systems share: they tell the root, the names in a folder, what an
// inode is and a file's bytes. A folder or file that is damaged is reported; the others are read.
#ifndef COR_INTAKE_FORMATS_VOLUME_H
#define COR_INTAKE_FORMATS_VOLUME_H

#include "intake/formats/tree.h"
#include "intake/format.h"

struct cor_volume;

struct cor_volume_file {
    enum cor_entry_kind kind; // no hard link: two names with one `id` are one file
    uint64_t id;              // what it was asked for, unless that only leads to another
    uint64_t size;            // of a file; of a symbolic link that can be read: its target's
    uint32_t mode;            // permission bits; 0 where there are none
    bool sparse;
};

// Failures are begun with cor_volume_fail().
struct cor_volume_kind {
    size_t size; // of the structure that begins with a struct cor_volume
    // Tells the root folder, and `base.end` where the format knows it.
    enum cor_status (*begin)(struct cor_volume *volume, uint64_t *ret_root);
    // Tells the entries of a folder to cor_volume_add().
    enum cor_status (*list)(struct cor_volume *volume, uint64_t folder);
    enum cor_status (*stat)(struct cor_volume *volume, uint64_t id,
                            struct cor_volume_file *ret_file);
    // Bytes of the file that was asked about last; `at` grows by what was got. At least one byte.
    enum cor_status (*read)(struct cor_volume *volume, uint64_t at, unsigned char *buffer,
                            size_t size, size_t *ret_got);
    void (*dispose)(struct cor_volume *volume); // may be NULL
};

struct cor_volume_name {
    const char *path;
    uint64_t id;
};

struct cor_volume {
    struct cor_container base;
    const struct cor_volume_kind *kind;
    struct cor_tree tree;
    COR_ARRAY(struct cor_volume_name) names; // of the current folder
    size_t next;
    bool begun;
    struct cor_stream data;
    enum cor_status failure; // of what is being asked
    char reason[120];
    enum cor_status late; // the first failure of a folder
    char late_reason[120];
};

// For the `open` of a row that seeks.
struct cor_container *cor_volume_open(const struct cor_volume_kind *kind, struct cor_stream *below);

enum cor_status cor_volume_fail(struct cor_volume *volume, enum cor_status status,
                                const char *format, ...) COR_PRINTF(3, 4);
enum cor_status cor_volume_no_memory(struct cor_volume *volume);

// "." and ".." are passed over. COR_NOMEM, or COR_MALFORMED for what cannot be a name.
COR_MUST_CHECK enum cor_status cor_volume_add(struct cor_volume *volume, const char *name,
                                              size_t size, uint64_t id);

// A whole read from the image.
COR_MUST_CHECK enum cor_status cor_volume_read_at(struct cor_volume *volume, uint64_t offset,
                                                  void *buffer, size_t size);

// The upper half of a mode of Unix.
enum cor_entry_kind cor_volume_kind_of_mode(uint32_t mode);

#endif
