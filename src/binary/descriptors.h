// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Function descriptors: under the first 64-bit PowerPC ABI a function's symbol stands in .opd,
// where a row says where its code begins.
#ifndef COR_BINARY_DESCRIPTORS_H
#define COR_BINARY_DESCRIPTORS_H

#include "base/array.h"
#include "binary/image.h"

struct cor_descriptor {
    uint64_t place; // of the descriptor
    uint64_t start; // of the code
    uint32_t space; // the code's section in a relocatable object, else 0
};

struct cor_descriptors {
    uint32_t section;                       // of .opd; 0 when there is none
    COR_ARRAY(struct cor_descriptor) items; // by place
};

COR_MUST_CHECK enum cor_status cor_descriptors_open(struct cor_image *image,
                                                    struct cor_descriptors *descriptors);
void cor_descriptors_dispose(struct cor_descriptors *descriptors);

const struct cor_descriptor *cor_descriptors_find(const struct cor_descriptors *descriptors,
                                                  uint64_t place);

#endif
