// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "intake/format.h"

static unsigned bid_of(const struct cor_format *format, const unsigned char *head, size_t size)
{
    if (format->magic.size) {
        size_t end = format->magic.offset + format->magic.size;
        if (size < end ||
            memcmp(head + format->magic.offset, format->magic.bytes, format->magic.size) != 0)
            return 0;
        if (!format->bid)
            return (unsigned)format->magic.size * 8;
    }
    return format->bid(head, size);
}

const struct cor_format *cor_recognise(const unsigned char *head, size_t size)
{
    const struct cor_format *best = NULL;
    unsigned highest = 0;
    for (size_t i = 0; cor_formats[i]; i++) {
        unsigned bid = bid_of(cor_formats[i], head, size);
        if (bid > highest) {
            highest = bid;
            best = cor_formats[i];
        }
    }
    for (size_t i = 0; i < cor_unsupported_count; i++) {
        unsigned bid = bid_of(&cor_unsupported_formats[i], head, size);
        if (bid > highest) {
            highest = bid;
            best = &cor_unsupported_formats[i];
        }
    }
    return best;
}

// Control characters that texts hold in fair numbers: tab to carriage return, and escape.
static bool odd(unsigned char byte)
{
    return byte < 32 && (byte < 8 || byte > 13) && byte != 27;
}

static bool is_text(const unsigned char *head, size_t size)
{
    size_t odd_count = 0;
    if (size >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff)))
        return true;
    if (size > 4096)
        size = 4096;
    if (memchr(head, 0, size))
        return false;
    for (size_t i = 0; i < size; i++)
        odd_count += odd(head[i]);
    return odd_count <= size / 32;
}

const char *cor_leaf_format(const unsigned char *head, size_t size)
{
    if (size == 0)
        return "empty";
    if (size >= 4 && memcmp(head, "\177ELF", 4) == 0)
        return "elf";
    return is_text(head, size) ? "text" : "data";
}

enum cor_status cor_container_fail(struct cor_container *container, enum cor_status status,
                                   const char *format, ...)
{
    va_list args;
    if (container->failure != COR_OK)
        return container->failure;
    va_start(args, format);
    vsnprintf(container->reason, sizeof container->reason, format, args);
    va_end(args);
    container->failure = status;
    return status;
}
