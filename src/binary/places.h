// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Sections by address, and their names as texts that outlive the file.
#ifndef COR_BINARY_PLACES_H
#define COR_BINARY_PLACES_H

#include "binary/image.h"

struct cor_places {
    const struct cor_image *image;
    uint32_t *by_address; // sections that are loaded
    size_t count;
    const char **names; // texts made so far, by section
};

// Tables go to `arena`.
COR_MUST_CHECK enum cor_status cor_places_open(const struct cor_image *image,
                                               struct cor_arena *arena, struct cor_places *places);

// The section that holds a virtual address, else COR_NONE.
uint32_t cor_places_section(const struct cor_places *places, uint64_t address);

// The name as text of `arena`; the same text each time.
COR_MUST_CHECK enum cor_status cor_places_name(struct cor_places *places, uint32_t section,
                                               struct cor_arena *arena, const char **ret_name);

#endif
