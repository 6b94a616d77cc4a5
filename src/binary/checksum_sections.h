// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#ifndef COR_BINARY_CHECKSUM_SECTIONS_H
#define COR_BINARY_CHECKSUM_SECTIONS_H

#include "binary/checksum_table.h"
#include "binary/image.h"

struct cor_checksum_section {
    const struct cor_image *image;
    const struct cor_section *section; // NULL: there is none
};

// The checksums of a linked kernel's export table, in its order: __ksymtab_gpl has __kcrctab_gpl.
// `ret_table` works on `ret_memory`.
void cor_checksum_section_open(struct cor_image *image, const struct cor_section *exports,
                               struct cor_checksum_section *ret_memory,
                               struct cor_checksum_table *ret_table);

// In a relocatable object: follows the relocation of the word at `at` in the __kcrctab* section
// `index`. False when the word has none: it is the value. Otherwise `ret_checksum` is set when
// `ret_told` is.
bool cor_checksum_relocated(struct cor_image *image, size_t index, uint64_t at, bool *ret_told,
                            uint32_t *ret_checksum);

#endif
