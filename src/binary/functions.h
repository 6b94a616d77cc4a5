// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which function encloses a place.
#ifndef COR_BINARY_FUNCTIONS_H
#define COR_BINARY_FUNCTIONS_H

#include "base/array.h"
#include "binary/image.h"
#include "model/component.h"

struct cor_function {
    uint32_t space; // the section in a relocatable object; 0 where addresses are absolute
    uint8_t rank;   // among functions with one start the highest is preferred
    bool label;     // an assembly label without a type
    bool sized;     // the symbol itself says where it ends
    uint64_t start, end;
    const struct cor_name *name;
    uint32_t row; // in component->defined
};

struct cor_functions {
    COR_ARRAY(struct cor_function) items; // by space, start, rank
};

COR_MUST_CHECK enum cor_status cor_functions_open(struct cor_image *image,
                                                  const struct cor_component *component,
                                                  struct cor_functions *functions);
void cor_functions_dispose(struct cor_functions *functions);

// Goes through one space in rising order of places.
struct cor_function_sweep {
    const struct cor_functions *functions;
    size_t next, end;       // items of the space that were not reached yet
    COR_ARRAY(size_t) open; // reached and not passed, in order of starts
    uint64_t passed;        // the highest end that was passed
};

void cor_function_sweep_begin(struct cor_function_sweep *sweep,
                              const struct cor_functions *functions, uint32_t space);
void cor_function_sweep_dispose(struct cor_function_sweep *sweep);

// The function with the greatest start that covers `place`, or NULL; then `ret_gap` is where the
// gap between functions begins.
COR_MUST_CHECK enum cor_status cor_function_sweep_to(struct cor_function_sweep *sweep,
                                                     uint64_t place,
                                                     const struct cor_function **ret_function,
                                                     uint64_t *ret_gap);

#endif
