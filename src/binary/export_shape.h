// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The export tables of a kernel, found by their shape: entries of {value, name[, namespace]}, as
// 32-bit distances from their own places or as whole addresses, behind each other, with the names
// of symbols that the kernel has.
#ifndef COR_BINARY_EXPORT_SHAPE_H
#define COR_BINARY_EXPORT_SHAPE_H

#include "binary/kernel_map.h"
#include "model/component.h"

struct cor_export_layout {
    size_t width, fields; // of one number; 2 or 3 numbers
    bool distance;
};

struct cor_export_run {
    size_t start, count;
};

enum { COR_EXPORT_RUNS = 4 };

struct cor_export_shape {
    struct cor_kernel_map map; // of a raw image: with the start that the values tell
    struct cor_export_layout layout;
    struct cor_export_run runs[COR_EXPORT_RUNS]; // close behind each other
    size_t run_count;
};

// False when no table was found. `component->defined` is in name order.
bool cor_export_shape_find(const struct cor_kernel_map *map, const struct cor_component *component,
                           struct cor_export_shape *ret_shape);

struct cor_export_entry {
    uint64_t address;
    struct cor_slice name, namespace_;
};

// The entry at a place in the file; false when it is none.
bool cor_export_entry(const struct cor_kernel_map *map, const struct cor_export_layout *layout,
                      size_t at, struct cor_export_entry *ret_entry);

#endif
