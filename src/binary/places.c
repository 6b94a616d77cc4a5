// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/places.h"

#include <elf.h>
#include <stdlib.h>

#include "model/member.h"

static int address_order(const void *a, const void *b, void *data)
{
    const struct cor_section *sections = data;
    const struct cor_section *x = &sections[*(const uint32_t *)a],
                             *y = &sections[*(const uint32_t *)b];
    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    return (x > y) - (x < y);
}

// Thread-local data without content shares its addresses with what follows it.
static bool is_loaded(const struct cor_section *section)
{
    return (section->flags & SHF_ALLOC) && section->size &&
           !((section->flags & SHF_TLS) && section->type == SHT_NOBITS);
}

enum cor_status cor_places_open(const struct cor_image *image, struct cor_arena *arena,
                                struct cor_places *places)
{
    *places = (struct cor_places){.image = image};
    places->by_address = cor_arena_alloc(arena, image->section_count, sizeof *places->by_address);
    places->names = cor_arena_alloc(arena, image->section_count, sizeof *places->names);
    if (!places->by_address || !places->names)
        return COR_NOMEM;
    for (size_t i = 0; i < image->section_count; i++)
        if (is_loaded(&image->sections[i]))
            places->by_address[places->count++] = (uint32_t)i;
    if (places->count)
        qsort_r(places->by_address, places->count, sizeof *places->by_address, address_order,
                image->sections);
    return COR_OK;
}

uint32_t cor_places_section(const struct cor_places *places, uint64_t address)
{
    const struct cor_section *sections = places->image->sections;
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sections[places->by_address[middle]].address <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return COR_NONE;
    const struct cor_section *section = &sections[places->by_address[low - 1]];
    return address - section->address < section->size ? places->by_address[low - 1] : COR_NONE;
}

enum cor_status cor_places_name(struct cor_places *places, uint32_t section,
                                struct cor_arena *arena, const char **ret_name)
{
    if (!places->names[section])
        places->names[section] =
            cor_arena_text(arena, cor_slice_text(places->image->sections[section].name));
    if (!places->names[section])
        return COR_NOMEM;
    *ret_name = places->names[section];
    return COR_OK;
}
