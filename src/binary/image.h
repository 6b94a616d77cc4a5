// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// An ELF file opened in memory: headers, sections and segments as plain records. libelf stays
// behind this. Everything that is damaged is left out and named in `damage`.
#ifndef COR_BINARY_IMAGE_H
#define COR_BINARY_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/slice.h"
#include "base/status.h"

struct cor_section {
    const char *name; // "" when it has none
    uint32_t type, link, info;
    uint64_t flags, address, offset, size;
    struct cor_slice data; // empty when it takes no room in the file, or lies outside of it
};

struct cor_segment {
    uint32_t type, flags;
    uint64_t address, memory_size;
    struct cor_slice data; // what of it is in the file
};

struct cor_image {
    const char *bytes;
    size_t size;
    bool wide; // 64 bits
    bool big;  // most significant byte first
    uint16_t type, machine;
    uint32_t flags; // e_flags
    struct cor_section *sections;
    size_t section_count; // 0 when there are no section headers
    struct cor_segment *segments;
    size_t segment_count;
    const char *damage; // the first thing that was left out; NULL
    uint64_t spent;     // see cor_image_spend()
    struct cor_arena *arena;
};

// Texts and slices point into `bytes`, which must outlive the image; tables and `damage` go to
// `arena`. COR_MALFORMED or COR_TRUNCATED when no header can be read.
COR_MUST_CHECK enum cor_status cor_image_open(struct cor_image *image, struct cor_arena *arena,
                                              const void *bytes, size_t size,
                                              struct cor_diag *diag);

// Remembers the first damage.
void cor_image_damage(struct cor_image *image, const char *format, ...) COR_PRINTF(2, 3);

// Tables of a damaged or hostile file may overlap, so that reading them all never ends. Whoever
// goes through `amount` bytes says so first; false (and damage noted) when it is many times what
// the file holds.
bool cor_image_spend(struct cor_image *image, uint64_t amount);

// The first section with this name or type, else NULL.
const struct cor_section *cor_image_named(const struct cor_image *image, const char *name);
const struct cor_section *cor_image_typed(const struct cor_image *image, uint32_t type);
const struct cor_segment *cor_image_segment(const struct cor_image *image, uint32_t type);

// What the file holds from a virtual address to the end of its segment; empty when nothing.
struct cor_slice cor_image_at(const struct cor_image *image, uint64_t address);

// The NUL-ended string at `offset`; false when the table does not hold one there.
bool cor_string_at(struct cor_slice strings, uint64_t offset, struct cor_slice *ret_text);

// An address or offset of the object's own width.
uint64_t cor_image_word(const struct cor_image *image, const char *at);

#endif
