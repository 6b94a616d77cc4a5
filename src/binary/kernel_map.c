// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/kernel_map.h"

#include <elf.h>

void cor_kernel_map_elf(const struct cor_image *image, struct cor_kernel_map *ret_map)
{
    *ret_map = (struct cor_kernel_map){
        .bytes = {image->bytes, image->size}, .wide = image->wide, .big = image->big};
    for (size_t i = 0; i < image->segment_count && ret_map->count < COR_KERNEL_RUNS; i++) {
        const struct cor_segment *segment = &image->segments[i];
        if (segment->type != PT_LOAD || !segment->data.size)
            continue;
        ret_map->runs[ret_map->count++] = (struct cor_kernel_run){
            segment->address, (size_t)(segment->data.data - image->bytes), segment->data.size};
    }
}

void cor_kernel_map_raw(struct cor_slice bytes, bool wide, bool big, uint64_t address,
                        struct cor_kernel_map *ret_map)
{
    *ret_map = (struct cor_kernel_map){.bytes = bytes, .wide = wide, .big = big, .count = 1};
    ret_map->runs[0] = (struct cor_kernel_run){address, 0, bytes.size};
}

bool cor_kernel_map_address(const struct cor_kernel_map *map, size_t offset, uint64_t *ret_address)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct cor_kernel_run *run = &map->runs[i];
        if (offset < run->offset || offset - run->offset >= run->size)
            continue;
        *ret_address = run->address + (offset - run->offset);
        return true;
    }
    return false;
}

bool cor_kernel_map_offset(const struct cor_kernel_map *map, uint64_t address, size_t *ret_offset)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct cor_kernel_run *run = &map->runs[i];
        if (address < run->address || address - run->address >= run->size)
            continue;
        *ret_offset = run->offset + (size_t)(address - run->address);
        return true;
    }
    return false;
}
