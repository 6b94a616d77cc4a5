// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "base/alloc.h"

void cor_buffer_init(struct cor_buffer *buffer, size_t limit)
{
    *buffer = (struct cor_buffer){.limit = limit < SIZE_MAX / 2 ? limit : SIZE_MAX / 2};
}

void cor_buffer_dispose(struct cor_buffer *buffer)
{
    cor_free(buffer->data);
    cor_buffer_init(buffer, buffer->limit);
}

static enum cor_status grow(struct cor_buffer *buffer, size_t size)
{
    if (size > buffer->limit - buffer->size)
        return COR_LIMIT;
    size_t wanted = buffer->size + size + 1;
    if (wanted <= buffer->capacity)
        return COR_OK;
    size_t capacity = buffer->capacity * 2 > wanted ? buffer->capacity * 2 : wanted;
    char *data = cor_realloc(buffer->data, capacity, 1);
    if (!data)
        return COR_NOMEM;
    buffer->data = data;
    buffer->capacity = capacity;
    return COR_OK;
}

char *cor_buffer_room(struct cor_buffer *buffer, size_t size)
{
    return grow(buffer, size) == COR_OK ? buffer->data + buffer->size : NULL;
}

enum cor_status cor_buffer_append(struct cor_buffer *buffer, const void *data, size_t size)
{
    enum cor_status status = grow(buffer, size);
    if (status != COR_OK)
        return status;
    if (size)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
    return COR_OK;
}

enum cor_status cor_buffer_printf(struct cor_buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0)
        return COR_INTERNAL;
    enum cor_status status = grow(buffer, (size_t)size);
    if (status != COR_OK)
        return status;
    va_start(args, format);
    vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, args);
    va_end(args);
    buffer->size += (size_t)size;
    return COR_OK;
}
