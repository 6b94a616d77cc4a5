// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The checksums of a linked kernel's exports (__kcrctab*): the values, or with MODULE_REL_CRCS
// (Linux 4.10 to 5.18) the 32-bit distance of each row to its value, which stands elsewhere.
#ifndef COR_BINARY_CHECKSUM_TABLE_H
#define COR_BINARY_CHECKSUM_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum cor_checksum_form {
    COR_CHECKSUMS_UNTOLD, // neither fits
    COR_CHECKSUMS_VALUES,
    COR_CHECKSUMS_DISTANCES
};

struct cor_checksum_table {
    struct cor_slice rows; // 4 bytes each
    bool big;
    enum cor_checksum_form form;
    // What the file holds of read-only data, `distance` bytes from `offset` in `rows`; empty when
    // nothing, or when it is not aligned.
    struct cor_slice (*follow)(const void *memory, size_t offset, int32_t distance);
    const void *memory;
};

// Sets `form` by what all rows together can be.
void cor_checksum_table_tell(struct cor_checksum_table *table);

// False when the table does not tell it.
bool cor_checksum_at(const struct cor_checksum_table *table, size_t index, uint32_t *ret_checksum);

#endif
