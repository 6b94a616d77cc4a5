// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A growing run of bytes that is born with a maximum.
#ifndef COR_BASE_BUFFER_H
#define COR_BASE_BUFFER_H

#include <stddef.h>

#include "base/slice.h"
#include "base/status.h"

struct cor_buffer {
    char *data; // NUL follows the last byte when size > 0 or anything was appended
    size_t size, capacity, limit;
};

void cor_buffer_init(struct cor_buffer *buffer, size_t limit);
void cor_buffer_dispose(struct cor_buffer *buffer);

// COR_LIMIT when the maximum would be passed, COR_NOMEM; the content is then as it was.
COR_MUST_CHECK enum cor_status cor_buffer_append(struct cor_buffer *buffer, const void *data,
                                                 size_t size);
COR_MUST_CHECK enum cor_status cor_buffer_printf(struct cor_buffer *buffer, const char *format, ...)
    COR_PRINTF(2, 3);

// Room for `size` more bytes behind the content, for a caller that fills them and then adds to
// `size` itself; NULL when the maximum is passed or memory is out.
char *cor_buffer_room(struct cor_buffer *buffer, size_t size);

static inline struct cor_slice cor_buffer_slice(const struct cor_buffer *buffer)
{
    return cor_slice(buffer->data ? buffer->data : "", buffer->size);
}

#endif
