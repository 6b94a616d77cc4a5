// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Containers that are a list of runs of their own bytes: partitions, boot images, firmware.
// What no run covers becomes a member too, unless it is padding: no byte is lost silently.
#ifndef COR_INTAKE_FORMATS_PARTS_H
#define COR_INTAKE_FORMATS_PARTS_H

#include "base/arena.h"
#include "base/array.h"
#include "intake/format.h"

struct cor_part {
    const char *name; // NULL: the format's own headers and tables
    uint64_t offset, size;
};

struct cor_parts;

// Adds the parts, and may set `base.end`. Failures through cor_container_fail(): the parts that
// were added are still told.
typedef enum cor_status cor_parts_find_fn(struct cor_parts *parts);

struct cor_parts {
    struct cor_container base;
    struct cor_arena names;
    COR_ARRAY(struct cor_part) items;
    cor_parts_find_fn *find;
    bool found;
    enum cor_status late; // of `find`
    size_t next;
    struct cor_stream *data;
};

// For the `open` of a row that seeks.
struct cor_container *cor_parts_open(cor_parts_find_fn *find, struct cor_stream *below);

COR_MUST_CHECK enum cor_status cor_parts_add(struct cor_parts *parts, uint64_t offset,
                                             uint64_t size, const char *format, ...)
    COR_PRINTF(4, 5);
COR_MUST_CHECK enum cor_status cor_parts_overhead(struct cor_parts *parts, uint64_t offset,
                                                  uint64_t size);

// Whole reads; a failure begun with cor_container_fail().
COR_MUST_CHECK enum cor_status cor_parts_read(struct cor_parts *parts, uint64_t offset,
                                              void *buffer, size_t size);

enum cor_status cor_parts_corrupt(struct cor_parts *parts, const char *what);

#endif
