// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The work of one cor_references_read(), which two files share: the rows of relocation tables, and
// the calls of linked code.
#ifndef COR_BINARY_REFERENCE_READER_H
#define COR_BINARY_REFERENCE_READER_H

#include "binary/decoder.h"
#include "binary/functions.h"
#include "binary/places.h"
#include "binary/plt.h"
#include "binary/references.h"
#include "binary/relocations.h"

// A row of interest.
struct cor_reference_hit {
    const struct cor_name *name;
    uint64_t offset;
    int64_t addend;
    uint32_t section; // what is patched
    uint32_t type;
};

struct cor_reference_reader {
    const struct cor_component *component;
    struct cor_image image;
    struct cor_dynamic dynamic;
    struct cor_places places;
    struct cor_functions functions;
    struct cor_function_sweep sweep;
    struct cor_mapping mapping;
    struct cor_decoder decoder;
    struct cor_names *names;
    const struct cor_map *wanted;
    struct cor_arena *arena, scratch;
    struct cor_references *references;
    uint32_t table;                  // whose symbols stand in `symbols`
    const struct cor_name **symbols; // wanted names by row, else NULL
    size_t symbol_count;
    COR_ARRAY(struct cor_reference_hit) hits; // of the table at hand
    struct cor_plt plt;                       // of linked objects
    bool kept_rows;                           // the linker kept the rows of the code itself
    uint64_t text_start;                      // the instruction that `text` and `hex` were made for
    const char *text, *hex;
};

// Adds what the relocation tables say.
COR_MUST_CHECK enum cor_status cor_reference_rows(struct cor_reference_reader *reader);

// Adds the calls that only decoding shows; the rows must have been read.
COR_MUST_CHECK enum cor_status cor_reference_uses(struct cor_reference_reader *reader);

bool cor_reference_relocatable(const struct cor_reference_reader *reader);

// A section's content, and the address of its first byte as offsets count it.
struct cor_slice cor_reference_content(const struct cor_reference_reader *reader, uint32_t section);
uint64_t cor_reference_base(const struct cor_reference_reader *reader, uint32_t section);

// Before the places of a section are gone through in rising order; false when it must be left out.
bool cor_reference_begin(struct cor_reference_reader *reader, uint32_t section);

// Texts for the instruction at which the decoder stands.
COR_MUST_CHECK enum cor_status cor_reference_texts(struct cor_reference_reader *reader,
                                                   struct cor_slice code, uint64_t base,
                                                   struct cor_reference *reference);

#endif
