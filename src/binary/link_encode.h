// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: puts an address into a call.
#ifndef COR_BINARY_LINK_ENCODE_H
#define COR_BINARY_LINK_ENCODE_H

#include <stdbool.h>
#include <stdint.h>

struct cor_link_field {
    uint32_t type;
    unsigned char *at; // what is patched: four bytes
    bool big, narrow;  // byte order; addresses have 32 bits
    uint64_t place;    // its address
    uint64_t symbol;
    int64_t addend;
};

enum cor_link_encoded { COR_LINK_ENCODED, COR_LINK_TOO_FAR, COR_LINK_UNKNOWN };

enum cor_link_encoded cor_link_encode(uint16_t machine, const struct cor_link_field *field);

#endif
