// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Where a xar archive ends: its table, XML packed by zlib, tells each run of the heap behind it.
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "intake/formats/extents.h"
#include "intake/xml.h"

enum { HEADER = 28, MOST_TABLE = 64 << 20 };

// One element with an offset, and a length or (where nothing is packed) a size.
struct heap {
    struct cor_xml_reader reader;
    size_t parent; // the length of the element's path
    uint64_t offset, length, size, end;
    bool has_offset, has_length;
};

static uint64_t be64(const unsigned char *p)
{
    return (uint64_t)cor_be32(p) << 32 | cor_be32(p + 4);
}

static enum cor_status close_run(struct heap *heap)
{
    uint64_t end = 0;
    if (heap->has_offset &&
        !cor_add_u64(heap->offset, heap->has_length ? heap->length : heap->size, &end))
        return COR_MALFORMED;
    if (end > heap->end)
        heap->end = end;
    heap->offset = heap->length = heap->size = 0;
    heap->has_offset = heap->has_length = false;
    return COR_OK;
}

static enum cor_status on_end(struct cor_xml_reader *reader, const char *path, const char *text)
{
    struct heap *heap = (struct heap *)reader;
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t parent = slash ? (size_t)(slash - path) : 0;
    bool offset = strcmp(name, "offset") == 0, length = strcmp(name, "length") == 0;
    if (!offset && !length && strcmp(name, "size") != 0)
        return strlen(path) == heap->parent ? close_run(heap) : COR_OK;
    enum cor_status status = parent == heap->parent ? COR_OK : close_run(heap);
    heap->parent = parent;
    uint64_t number = strtoull(text, NULL, 10);
    *(offset ? &heap->offset : length ? &heap->length : &heap->size) = number;
    heap->has_offset |= offset;
    heap->has_length |= length;
    return status;
}

static enum cor_status read_table(struct cor_stream *stream, uint64_t at, size_t packed,
                                  size_t size, struct heap *heap)
{
    enum cor_status status = COR_UNSUPPORTED;
    unsigned char *input = cor_alloc(packed), *table = cor_alloc(size);
    uLongf got = size;
    if (!input || !table)
        status = COR_NOMEM;
    else if (cor_stream_read_at(stream, at, input, packed) &&
             uncompress(table, &got, input, packed) == Z_OK && got == size)
        status = cor_xml_read(&heap->reader, (const char *)table, size);
    cor_free(input);
    cor_free(table);
    return status;
}

enum cor_status cor_xar_end(struct cor_stream *stream, uint64_t *ret_end)
{
    unsigned char head[HEADER];
    struct heap heap = {.reader = {.end = on_end}};
    uint64_t begin, end;
    if (!cor_stream_read_at(stream, 0, head, sizeof head))
        return COR_UNSUPPORTED;
    uint64_t packed = be64(head + 8), size = be64(head + 16);
    uint32_t at = cor_be32(head + 4) >> 16;
    if (!cor_add_u64(at, packed, &begin) || begin > stream->size || packed == 0 || size == 0 ||
        packed > MOST_TABLE || size > MOST_TABLE)
        return COR_UNSUPPORTED;
    enum cor_status status = read_table(stream, at, (size_t)packed, (size_t)size, &heap);
    if (status != COR_OK)
        return status == COR_NOMEM ? COR_NOMEM : COR_UNSUPPORTED;
    if (!cor_add_u64(begin, heap.end, &end))
        return COR_UNSUPPORTED;
    *ret_end = end;
    return COR_OK;
}
