// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "row_run.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 16 << 20, MOST_RATIO = 5000, MOST_ENTRIES = 2000, CHUNK = 1 << 20 };

const struct cor_format *row_named(const char *name)
{
    for (size_t i = 0; cor_formats[i]; i++)
        if (strcmp(cor_formats[i]->name, name) == 0)
            return cor_formats[i];
    return NULL;
}

static void read_all(struct cor_stream *stream)
{
    while (cor_stream_skip(stream, CHUNK) == CHUNK)
        ;
}

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void run_entries(struct cor_container *container)
{
    for (unsigned i = 0; i < MOST_ENTRIES; i++) {
        struct cor_entry entry = {0};
        enum cor_status status = container->failure != COR_OK
                                     ? container->failure
                                     : container->kind->next(container, &entry);
        if (status != COR_OK) {
            must(status == COR_END || container->failure == status);
            return;
        }
        must(!entry.name || strlen(entry.name) < SIZE_MAX);
        if (entry.kind == COR_ENTRY_FILE && entry.unread == COR_OK && entry.data)
            read_all(entry.data);
    }
}

static void run_container(const struct cor_format *format, struct cor_stream *below,
                          struct cor_meter *meter)
{
    struct cor_container *container = format->open(format, below);
    if (!container)
        return;
    container->meter = meter;
    run_entries(container);
    container->kind->close(container);
}

void row_run(const struct cor_format *format, const unsigned char *data, size_t size)
{
    struct cor_meter meter = {.left = MOST_BYTES, .ratio = MOST_RATIO};
    const unsigned char *head;
    // A copy of exactly this size, so that reading beyond it is seen.
    unsigned char *copy = malloc(size ? size : 1);
    must(copy != NULL);
    memcpy(copy, data, size);
    struct cor_stream *below = cor_stream_memory(copy, size, false);
    must(below != NULL);
    size_t there = cor_stream_peek(below, COR_HEAD, &head);
    (void)cor_recognise(head, there);
    if (format->extent)
        (void)format->extent(head, there);
    struct cor_stream *decoded = format->decode ? format->decode(below) : NULL;
    if (decoded) {
        decoded->meter = &meter;
        read_all(decoded);
        cor_stream_close(decoded);
    } else if (format->open)
        run_container(format, below, &meter);
    cor_stream_close(below);
    free(copy);
}
