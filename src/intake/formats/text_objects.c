// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A text that spells object code: the text itself, then each object.
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/formats/rows.h"
#include "intake/formats/text_decode.h"

enum { LOOK = 8 << 10, CHUNK = 256 << 10, TEXT_LIMIT = 256 << 20 };

struct spelled {
    struct cor_container base;
    struct cor_buffer text, object;
    const char *at; // NULL before the text itself was told
    const char *counted;
    uint32_t line;
    struct cor_stream *data;
    char name[128];
};

// Object code in a text stands near its beginning; a text has no NUL bytes.
static unsigned bid(const unsigned char *head, size_t size)
{
    struct cor_text_object object;
    size_t look = size < LOOK ? size : LOOK;
    struct cor_slice text = cor_slice((const char *)head, look);
    if (look < 64 || memchr(head, 0, look < 512 ? look : 512))
        return 0;
    return cor_text_object_find(text, text.data, &object, NULL) ? 56 : 0;
}

static enum cor_status read_text(struct spelled *spelled)
{
    struct cor_stream *below = spelled->base.below;
    for (;;) {
        char *room = cor_buffer_room(&spelled->text, CHUNK);
        if (!room)
            return cor_container_fail(&spelled->base, COR_LIMIT, "too large a text");
        size_t got = cor_stream_read(below, (unsigned char *)room, CHUNK);
        spelled->text.size += got;
        if (got < CHUNK)
            return below->failure == COR_OK
                       ? COR_OK
                       : cor_container_fail(&spelled->base, below->failure, "%s", below->reason);
    }
}

static enum cor_status give(struct spelled *spelled, const char *name, struct cor_slice bytes,
                            struct cor_entry *ret_entry)
{
    unsigned char *copy = cor_alloc(bytes.size ? bytes.size : 1);
    if (copy)
        memcpy(copy, bytes.data, bytes.size);
    cor_stream_close(spelled->data);
    spelled->data = copy ? cor_stream_memory(copy, bytes.size, true) : NULL;
    if (!spelled->data) {
        cor_free(copy);
        return COR_NOMEM;
    }
    spelled->data->meter = spelled->base.meter;
    *ret_entry = (struct cor_entry){.name = name, .kind = COR_ENTRY_FILE, .data = spelled->data};
    return COR_OK;
}

static enum cor_status give_text(struct spelled *spelled, struct cor_entry *ret_entry)
{
    enum cor_status status = read_text(spelled);
    if (status != COR_OK)
        return status;
    spelled->at = spelled->counted = spelled->text.data;
    spelled->line = 1;
    status = give(spelled, "text", cor_buffer_slice(&spelled->text), ret_entry);
    ret_entry->opaque = true;
    return status;
}

static enum cor_status next(struct cor_container *container, struct cor_entry *ret_entry)
{
    struct spelled *spelled = (struct spelled *)container;
    struct cor_text_object object;
    if (!spelled->at)
        return give_text(spelled, ret_entry);
    spelled->object.size = 0;
    if (!cor_text_object_find(cor_buffer_slice(&spelled->text), spelled->at, &object,
                              &spelled->object))
        return COR_END;
    for (; spelled->counted < object.begin; spelled->counted++)
        spelled->line += *spelled->counted == '\n';
    spelled->at = object.end > object.begin ? object.end : object.begin + 1;
    bool archive = spelled->object.size && spelled->object.data[0] == '!';
    const char *ending = object.name[0] ? "-" : archive ? ".a" : ".o";
    snprintf(spelled->name, sizeof spelled->name, "line-%u%s%s", (unsigned)spelled->line, ending,
             object.name);
    return give(spelled, spelled->name, cor_buffer_slice(&spelled->object), ret_entry);
}

static void close_text(struct cor_container *container)
{
    struct spelled *spelled = (struct spelled *)container;
    cor_stream_close(spelled->data);
    cor_buffer_dispose(&spelled->text);
    cor_buffer_dispose(&spelled->object);
    cor_free(spelled);
}

static struct cor_container *open_text(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_container_kind kind = {next, close_text};
    struct spelled *spelled = cor_alloc_zero(1, sizeof *spelled);
    (void)format;
    if (!spelled)
        return NULL;
    spelled->base = (struct cor_container){.kind = &kind, .below = below};
    cor_buffer_init(&spelled->text, TEXT_LIMIT);
    cor_buffer_init(&spelled->object, TEXT_LIMIT);
    return &spelled->base;
}

const struct cor_format cor_format_text_objects = {
    .name = "text-object", .bid = bid, .open = open_text};
