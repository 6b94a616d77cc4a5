// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: which line of the released source made a reference, where no debug
// information says so. The enclosing function's body is followed through macros, and through
// functions that the compiler may have inlined, to all places where the name stands.
#ifndef COR_AUDIT_SOURCE_LINES_H
#define COR_AUDIT_SOURCE_LINES_H

#include "audit/homes.h"

struct cor_source_place {
    const struct cor_name *name;
    uint32_t file, line;
    const char *function; // in whose body the line stands
    bool call;
    bool hidden; // an inline function of the same name may be what is called
    bool stands; // a function on the way has a symbol of its own: it may not have been inlined
};

typedef COR_ARRAY(struct cor_source_place) cor_source_places;

// One function of the binary, and all places of listed names that its code may come from.
struct cor_source_function {
    const char *name;
    cor_source_places places; // in the order of the text
};

// One component's functions on the source side.
struct cor_source_lines {
    struct cor_pipeline *pipeline;
    const struct cor_component *component;
    struct cor_homes homes;
    COR_ARRAY(struct cor_source_function) functions;
    struct cor_map known;        // symbol to 1 + index in `functions`
    const struct cor_name *root; // the function that is being looked at
    uint64_t *visible;           // by file: what `visible_from` may include
    uint32_t visible_from;
};

COR_MUST_CHECK enum cor_status cor_source_lines_open(struct cor_pipeline *pipeline,
                                                     const struct cor_component *component,
                                                     struct cor_source_lines *lines);
void cor_source_lines_close(struct cor_source_lines *lines);

// The places of the function; NULL when it is none of the component's, or memory is out.
COR_MUST_CHECK enum cor_status cor_source_lines_find(struct cor_source_lines *lines,
                                                     const char *function,
                                                     const cor_source_places **ret_places);

#endif
