// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a container format brings: one row in formats/table.c. Private to intake.
//
// A format is a filter (one stream in, one stream out), a container (entries), or known but not
// read. Recognition looks at the first COR_HEAD bytes only; the strongest bid wins.
#ifndef COR_INTAKE_FORMAT_H
#define COR_INTAKE_FORMAT_H

#include "intake/stream.h"

enum cor_entry_kind {
    COR_ENTRY_FILE,
    COR_ENTRY_FOLDER,
    COR_ENTRY_SYMLINK,
    COR_ENTRY_HARDLINK,
    COR_ENTRY_SPECIAL // device, socket, FIFO
};

// One entry; everything is borrowed from the container until the next one is asked for.
struct cor_entry {
    const char *name; // raw bytes as stored; NULL when the container gives none
    enum cor_entry_kind kind;
    const char *link;          // of a hard link: the name of the entry it shares its bytes with; of
                               // a symbolic one: its target, or NULL when that is its data
    uint32_t mode;             // permission bits; 0 where the container has none
    struct cor_stream *data;   // of a file; its `size` is COR_SIZE_UNKNOWN where only reading tells
    bool opaque;               // a leaf, whatever it looks like: the format's own code or header
    bool sparse;               // holds holes: its size says nothing about what is stored
    enum cor_status unread;    // COR_OK unless the container says it cannot be read
    const char *unread_reason; // then
};

struct cor_container;

struct cor_container_kind {
    // COR_OK and an entry, COR_END, or a failure begun with cor_container_fail().
    enum cor_status (*next)(struct cor_container *container, struct cor_entry *ret_entry);
    void (*close)(struct cor_container *container); // frees the container itself
};

struct cor_container {
    const struct cor_container_kind *kind;
    struct cor_stream *below;
    struct cor_meter *meter; // for the streams of its entries
    uint64_t end; // where the format ends in `below`, when it seeks and knows; what follows is told
    enum cor_status failure;
    char reason[160];
    char note[160]; // what it is, in words; empty when the format's name says it all
};

enum cor_status cor_container_fail(struct cor_container *container, enum cor_status status,
                                   const char *format, ...) COR_PRINTF(3, 4);

struct cor_format {
    const char *name; // what paths and reports call it
    // A fixed run of bytes, or a function; a bid is a number of recognised bits, 0 for none.
    struct {
        size_t offset, size;
        const char *bytes;
    } magic;
    unsigned (*bid)(const unsigned char *head, size_t size);

    // A filter; NULL when memory is out. Other failures come with the first bytes.
    struct cor_stream *(*decode)(struct cor_stream *below);
    // A container; NULL when memory is out.
    struct cor_container *(*open)(const struct cor_format *format, struct cor_stream *below);
    // A name that the header gives to the content, or nothing.
    struct cor_slice (*given_name)(const unsigned char *head, size_t size);
    // Where it ends by its header, 0 where that does not tell; NULL where it never does.
    uint64_t (*extent)(const unsigned char *head, size_t size);
    bool seeks;  // the container reads `below` through its `at`
    bool trails; // `below` stands at the format's own end afterwards: what follows is a trailer
    const char *unsupported; // neither: why it is not read
};

extern const struct cor_format *const cor_formats[]; // NULL at the end

// Magic numbers of what is recognised and not read.
extern const struct cor_format cor_unsupported_formats[];
extern const size_t cor_unsupported_count;

// The format that bids most, or NULL for a leaf.
const struct cor_format *cor_recognise(const unsigned char *head, size_t size);

// "elf", "text", "data", "empty".
const char *cor_leaf_format(const unsigned char *head, size_t size);

// Little-endian and big-endian numbers out of a head.
static inline uint32_t cor_le16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t cor_le32(const unsigned char *p)
{
    return cor_le16(p) | cor_le16(p + 2) << 16;
}

static inline uint32_t cor_be32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

#endif
