// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Filters that only cut: the content stands as it is between an offset and a length.
#ifndef COR_INTAKE_FORMATS_CUT_H
#define COR_INTAKE_FORMATS_CUT_H

#include "intake/formats/filter.h"

// Finds the part, having read `below` up to any place not behind it; *ret_size may be
// COR_SIZE_UNKNOWN for "to the end". Failures through cor_stream_fail().
typedef enum cor_status cor_cut_find_fn(struct cor_stream *stream, uint64_t *ret_offset,
                                        uint64_t *ret_size);

struct cor_stream *cor_cut_decode(const char *name, cor_cut_find_fn *find,
                                  struct cor_stream *below);

#endif
