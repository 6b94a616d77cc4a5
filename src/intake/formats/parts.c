// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/parts.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/checked.h"

enum { MOST_PARTS = 65536 };

static enum cor_status no_memory(struct cor_parts *parts)
{
    return cor_container_fail(&parts->base, COR_NOMEM, "out of memory");
}

static enum cor_status add(struct cor_parts *parts, const struct cor_part *part)
{
    if (parts->items.count >= MOST_PARTS)
        return cor_container_fail(&parts->base, COR_MALFORMED, "too many parts");
    return cor_array_add(&parts->items, *part) == COR_OK ? COR_OK : no_memory(parts);
}

enum cor_status cor_parts_add(struct cor_parts *parts, uint64_t offset, uint64_t size,
                              const char *format, ...)
{
    char name[256];
    va_list args;
    va_start(args, format);
    vsnprintf(name, sizeof name, format, args);
    va_end(args);
    const struct cor_part part = {cor_arena_printf(&parts->names, "%s", name), offset, size};
    return part.name ? add(parts, &part) : no_memory(parts);
}

enum cor_status cor_parts_overhead(struct cor_parts *parts, uint64_t offset, uint64_t size)
{
    return add(parts, &(struct cor_part){NULL, offset, size});
}

enum cor_status cor_parts_read(struct cor_parts *parts, uint64_t offset, void *buffer, size_t size)
{
    struct cor_stream *below = parts->base.below;
    if (cor_stream_read_at(below, offset, buffer, size))
        return COR_OK;
    return below->failure != COR_OK
               ? cor_container_fail(&parts->base, below->failure, "%s", below->reason)
               : cor_container_fail(&parts->base, COR_TRUNCATED, "cut short");
}

enum cor_status cor_parts_corrupt(struct cor_parts *parts, const char *what)
{
    return cor_container_fail(&parts->base, COR_MALFORMED, "%s", what);
}

static int by_offset(const void *a, const void *b)
{
    const struct cor_part *left = a, *right = b;
    return left->offset < right->offset ? -1 : left->offset > right->offset;
}

static enum cor_status add_gap(struct cor_parts *parts, uint64_t from, uint64_t to)
{
    from = cor_stream_padding(parts->base.below, from, to);
    if (from >= to)
        return COR_OK;
    return cor_parts_add(parts, from, to - from, "gap-0x%" PRIx64, from);
}

static enum cor_status add_gaps(struct cor_parts *parts)
{
    uint64_t size = parts->base.below->size, at = 0, total = 0;
    uint64_t end = parts->base.end && parts->base.end < size ? parts->base.end : size;
    size_t count = parts->items.count;
    enum cor_status status = COR_OK;
    if (count > 1)
        qsort(parts->items.items, count, sizeof *parts->items.items, by_offset);
    for (size_t i = 0; status == COR_OK && i < count; i++) {
        const struct cor_part part = parts->items.items[i];
        if (!cor_add_u64(total, part.size, &total) || total / 2 > size)
            return cor_parts_corrupt(parts, "its parts overlap, or are cut short");
        if (part.offset > at)
            status = add_gap(parts, at, part.offset < end ? part.offset : end);
        if (part.offset + part.size > at)
            at = part.offset + part.size;
    }
    return status == COR_OK && at < end ? add_gap(parts, at, end) : status;
}

// Failing late, so that the parts that are known are told first.
static enum cor_status find(struct cor_parts *parts)
{
    parts->found = true;
    parts->late = parts->find(parts);
    parts->base.failure = COR_OK;
    if (parts->late == COR_OK)
        parts->late = add_gaps(parts);
    parts->base.failure = COR_OK;
    return parts->late == COR_NOMEM ? COR_NOMEM : COR_OK;
}

static enum cor_status parts_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct cor_parts *parts = (struct cor_parts *)base;
    enum cor_status status = parts->found ? COR_OK : find(parts);
    if (status != COR_OK)
        return status;
    while (parts->next < parts->items.count && !parts->items.items[parts->next].name)
        parts->next++;
    if (parts->next == parts->items.count)
        return parts->late != COR_OK ? (base->failure = parts->late) : COR_END;
    const struct cor_part *part = &parts->items.items[parts->next++];
    cor_stream_close(parts->data);
    parts->data = cor_stream_range(base->below, part->offset, part->size);
    if (!parts->data)
        return no_memory(parts);
    parts->data->meter = base->meter;
    *ret_entry =
        (struct cor_entry){.name = part->name, .kind = COR_ENTRY_FILE, .data = parts->data};
    if (part->offset >= base->below->size && part->size) {
        ret_entry->unread = COR_TRUNCATED;
        ret_entry->unread_reason = "it lies outside the image, cut short";
    }
    return COR_OK;
}

static void parts_close(struct cor_container *base)
{
    struct cor_parts *parts = (struct cor_parts *)base;
    cor_stream_close(parts->data);
    cor_array_dispose(&parts->items);
    cor_arena_dispose(&parts->names);
    cor_free(parts);
}

struct cor_container *cor_parts_open(cor_parts_find_fn *find_parts, struct cor_stream *below)
{
    static const struct cor_container_kind kind = {parts_next, parts_close};
    struct cor_parts *parts = cor_alloc_zero(1, sizeof *parts);
    if (!parts)
        return NULL;
    parts->base = (struct cor_container){.kind = &kind, .below = below};
    parts->find = find_parts;
    cor_arena_init(&parts->names);
    return &parts->base;
}
