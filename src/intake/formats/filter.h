// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the filters share. A filter takes its input with peek and consume, so that it never takes a
// byte behind its own end; whatever follows is the caller's.
#ifndef COR_INTAKE_FORMATS_FILTER_H
#define COR_INTAKE_FORMATS_FILTER_H

#include "intake/format.h"

// The input ended, or failed, in the middle. Returns the status.
enum cor_status cor_filter_short(struct cor_stream *stream, const char *name);
enum cor_status cor_filter_corrupt(struct cor_stream *stream, const char *name);
enum cor_status cor_filter_no_memory(struct cor_stream *stream);

// Passes `size` bytes into `buffer`; a short read has then gone to cor_filter_short().
COR_MUST_CHECK enum cor_status cor_filter_take(struct cor_stream *stream, const char *name,
                                               unsigned char *buffer, size_t size);

#endif
