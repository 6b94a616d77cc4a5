// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// ISO 9660 images, and the UDF side that some have beside it: both lead to the same bytes as a
// rule. Files that stand in UDF alone follow the others, in a folder "udf".
#include <string.h>

#include "base/alloc.h"
#include "base/arena.h"
#include "base/map.h"
#include "intake/formats/archive.h"
#include "intake/formats/rows.h"

struct bridge {
    struct cor_container base;
    struct cor_container *iso, *udf;
    struct cor_stream *last; // of the entry that was told last
    struct cor_map seen;     // where the bytes of files stand
    struct cor_arena names;
    bool iso_over;
};

static enum cor_status no_memory(struct bridge *bridge)
{
    return cor_container_fail(&bridge->base, COR_NOMEM, "out of memory");
}

static const void *key_of(uint64_t offset)
{
    return (const void *)(uintptr_t)(offset + 1);
}

static enum cor_status pass_on(struct bridge *bridge, const struct cor_container *from,
                               enum cor_status status)
{
    return status == COR_OK || status == COR_END
               ? status
               : cor_container_fail(&bridge->base, status, "%s", from->reason);
}

static enum cor_status next_iso(struct bridge *bridge, struct cor_entry *ret_entry)
{
    if (bridge->last && bridge->last->plain &&
        cor_map_put(&bridge->seen, key_of(bridge->last->plain_at), 1) != COR_OK)
        return no_memory(bridge);
    bridge->iso->meter = bridge->base.meter;
    enum cor_status status = bridge->iso->failure != COR_OK
                                 ? bridge->iso->failure
                                 : bridge->iso->kind->next(bridge->iso, ret_entry);
    bridge->last = status == COR_OK && ret_entry->kind == COR_ENTRY_FILE ? ret_entry->data : NULL;
    return pass_on(bridge, bridge->iso, status);
}

// Whether the ISO side told these bytes already.
static bool was_told(struct bridge *bridge, const struct cor_entry *entry)
{
    const unsigned char *first;
    uint64_t before;
    if (entry->unread != COR_OK)
        return false;
    if (entry->kind != COR_ENTRY_FILE || entry->data->size == 0)
        return true;
    cor_stream_peek(entry->data, 1, &first);
    return entry->data->plain && cor_map_get(&bridge->seen, key_of(entry->data->plain_at), &before);
}

static enum cor_status next_udf(struct bridge *bridge, struct cor_entry *ret_entry)
{
    enum cor_status status;
    bridge->udf->meter = bridge->base.meter;
    do {
        status = bridge->udf->kind->next(bridge->udf, ret_entry);
        if (status == COR_UNSUPPORTED || status == COR_MALFORMED || status == COR_TRUNCATED)
            return cor_container_fail(&bridge->base, status, "its UDF side: %.120s",
                                      bridge->udf->reason);
        if (status != COR_OK)
            return pass_on(bridge, bridge->udf, status);
    } while (was_told(bridge, ret_entry));
    ret_entry->name = cor_arena_printf(&bridge->names, "udf/%s", ret_entry->name);
    return ret_entry->name ? COR_OK : no_memory(bridge);
}

static enum cor_status bridge_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct bridge *bridge = (struct bridge *)base;
    if (!bridge->iso_over) {
        enum cor_status status = next_iso(bridge, ret_entry);
        if (status != COR_END)
            return status;
        bridge->iso_over = true;
    }
    return next_udf(bridge, ret_entry);
}

static void bridge_close(struct cor_container *base)
{
    struct bridge *bridge = (struct bridge *)base;
    if (bridge->iso)
        bridge->iso->kind->close(bridge->iso);
    if (bridge->udf)
        bridge->udf->kind->close(bridge->udf);
    cor_map_dispose(&bridge->seen);
    cor_arena_dispose(&bridge->names);
    cor_free(bridge);
}

static bool has_udf(struct cor_stream *below)
{
    enum { FIRST = 16, LAST = 32, BLOCK = 2048 };
    unsigned char name[5];
    for (uint64_t i = FIRST; i < LAST; i++)
        if (cor_stream_read_at(below, i * BLOCK + 1, name, sizeof name) &&
            (memcmp(name, "NSR02", 5) == 0 || memcmp(name, "NSR03", 5) == 0))
            return true;
    return false;
}

struct cor_container *cor_bridge_open(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_container_kind kind = {bridge_next, bridge_close};
    if (!has_udf(below))
        return cor_archive_open(format, below);
    struct bridge *bridge = cor_alloc_zero(1, sizeof *bridge);
    if (!bridge)
        return NULL;
    bridge->base = (struct cor_container){.kind = &kind, .below = below};
    cor_map_init(&bridge->seen);
    cor_arena_init(&bridge->names);
    bridge->iso = cor_archive_open(format, below);
    bridge->udf = cor_format_udf.open(&cor_format_udf, below);
    if (bridge->iso && bridge->udf)
        return &bridge->base;
    bridge_close(&bridge->base);
    return NULL;
}
