// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// ARM's mapping symbols: where code of which instruction set begins, and where data.
#ifndef COR_BINARY_MAPPING_H
#define COR_BINARY_MAPPING_H

#include "base/array.h"
#include "binary/symbols.h"

enum cor_content {
    COR_CONTENT_UNKNOWN,
    COR_CONTENT_CODE,
    COR_CONTENT_COMPRESSED,
    COR_CONTENT_DATA
};

struct cor_mapping_mark {
    uint32_t space; // the section in a relocatable object; 0 where addresses are absolute
    uint8_t content;
    uint64_t start;
};

struct cor_mapping {
    COR_ARRAY(struct cor_mapping_mark) marks; // by space, start
};

// Empty for processors that have none.
COR_MUST_CHECK enum cor_status cor_mapping_open(struct cor_image *image,
                                                struct cor_mapping *mapping);
void cor_mapping_dispose(struct cor_mapping *mapping);

// What stands at a place, and since where.
enum cor_content cor_mapping_at(const struct cor_mapping *mapping, uint32_t space, uint64_t place,
                                uint64_t *ret_start);

#endif
