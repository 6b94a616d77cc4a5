// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where the bytes of a kernel's file stand in memory: the segments of an ELF file, or one run from
// the start of a raw image.
#ifndef COR_BINARY_KERNEL_MAP_H
#define COR_BINARY_KERNEL_MAP_H

#include "binary/image.h"

enum { COR_KERNEL_RUNS = 32 };

struct cor_kernel_run {
    uint64_t address;
    size_t offset, size;
};

struct cor_kernel_map {
    struct cor_slice bytes;
    bool wide, big;
    struct cor_kernel_run runs[COR_KERNEL_RUNS];
    size_t count; // 0: unknown
};

void cor_kernel_map_elf(const struct cor_image *image, struct cor_kernel_map *ret_map);
void cor_kernel_map_raw(struct cor_slice bytes, bool wide, bool big, uint64_t address,
                        struct cor_kernel_map *ret_map);

// False when the file does not hold the place, or nothing is at the address.
bool cor_kernel_map_address(const struct cor_kernel_map *map, size_t offset, uint64_t *ret_address);
bool cor_kernel_map_offset(const struct cor_kernel_map *map, uint64_t address, size_t *ret_offset);

#endif
