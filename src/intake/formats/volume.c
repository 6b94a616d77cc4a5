// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/volume.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

enum { MOST_AT_ONCE = 1 << 20 };

enum cor_status cor_volume_fail(struct cor_volume *volume, enum cor_status status,
                                const char *format, ...)
{
    va_list args;
    if (volume->failure != COR_OK)
        return volume->failure;
    va_start(args, format);
    vsnprintf(volume->reason, sizeof volume->reason, format, args);
    va_end(args);
    volume->failure = status;
    return status;
}

enum cor_status cor_volume_no_memory(struct cor_volume *volume)
{
    return cor_volume_fail(volume, COR_NOMEM, "out of memory");
}

enum cor_status cor_volume_add(struct cor_volume *volume, const char *name, size_t size,
                               uint64_t id)
{
    struct cor_volume_name entry = {.id = id};
    if ((size == 1 && name[0] == '.') || (size == 2 && memcmp(name, "..", 2) == 0))
        return COR_OK;
    if (memchr(name, 0, size))
        return cor_volume_fail(volume, COR_MALFORMED, "a name makes no sense");
    enum cor_status status = cor_tree_name(&volume->tree, name, size, &entry.path);
    if (status == COR_NOMEM)
        return cor_volume_no_memory(volume);
    if (status != COR_OK)
        return cor_volume_fail(volume, status, "a name makes no sense");
    return cor_array_add(&volume->names, entry) == COR_OK ? COR_OK : cor_volume_no_memory(volume);
}

enum cor_status cor_volume_read_at(struct cor_volume *volume, uint64_t offset, void *buffer,
                                   size_t size)
{
    struct cor_stream *below = volume->base.below;
    if (cor_stream_read_at(below, offset, buffer, size))
        return COR_OK;
    return below->failure != COR_OK
               ? cor_volume_fail(volume, below->failure, "%s", below->reason)
               : cor_volume_fail(volume, COR_TRUNCATED, "it points outside the image, cut short");
}

enum cor_entry_kind cor_volume_kind_of_mode(uint32_t mode)
{
    switch (mode & 0170000) {
    case 0100000:
        return COR_ENTRY_FILE;
    case 0040000:
        return COR_ENTRY_FOLDER;
    case 0120000:
        return COR_ENTRY_SYMLINK;
    default:
        return COR_ENTRY_SPECIAL;
    }
}

static enum cor_status no_memory(struct cor_volume *volume)
{
    return cor_container_fail(&volume->base, COR_NOMEM, "out of memory");
}

static enum cor_status begin(struct cor_volume *volume)
{
    bool is_new;
    struct cor_tree_folder root = {"", 0, NULL};
    volume->begun = true;
    enum cor_status status = volume->kind->begin(volume, &root.id);
    if (status != COR_OK)
        return cor_container_fail(&volume->base, status, "%s", volume->reason);
    return cor_tree_add(&volume->tree, &root, &is_new) == COR_OK ? COR_OK : no_memory(volume);
}

static enum cor_status keep_failure(struct cor_volume *volume)
{
    enum cor_status failure = volume->failure;
    if (failure == COR_NOMEM || failure == COR_INTERRUPTED)
        return cor_container_fail(&volume->base, failure, "%s", volume->reason);
    if (volume->late == COR_OK)
        memcpy(volume->late_reason, volume->reason, sizeof volume->late_reason);
    if (volume->late == COR_OK)
        volume->late = failure;
    volume->failure = COR_OK;
    return COR_OK;
}

static enum cor_status next_folder(struct cor_volume *volume)
{
    struct cor_tree_folder folder;
    volume->names.count = volume->next = 0;
    if (!cor_tree_take(&volume->tree, &folder))
        return volume->late == COR_OK
                   ? COR_END
                   : cor_container_fail(&volume->base, volume->late, "%s", volume->late_reason);
    enum cor_status status = volume->kind->list(volume, folder.id);
    return status == COR_OK ? COR_OK : keep_failure(volume);
}

static enum cor_status unread_entry(struct cor_volume *volume, struct cor_entry *entry)
{
    if (volume->failure == COR_NOMEM || volume->failure == COR_INTERRUPTED)
        return cor_container_fail(&volume->base, volume->failure, "%s", volume->reason);
    entry->unread = volume->failure;
    entry->unread_reason = cor_arena_text(&volume->tree.names, cor_slice_text(volume->reason));
    volume->failure = COR_OK;
    return entry->unread_reason ? COR_OK : no_memory(volume);
}

static enum cor_status add_folder(struct cor_volume *volume, const struct cor_tree_folder *folder)
{
    bool is_new;
    if (cor_tree_add(&volume->tree, folder, &is_new) != COR_OK)
        return no_memory(volume);
    if (is_new)
        return COR_OK;
    cor_volume_fail(volume, COR_MALFORMED, "a folder stands in two places");
    return keep_failure(volume);
}

static enum cor_status describe(struct cor_volume *volume, const struct cor_volume_name *name,
                                struct cor_entry *ret_entry)
{
    struct cor_volume_file file = {.id = name->id};
    *ret_entry =
        (struct cor_entry){.name = name->path, .kind = COR_ENTRY_FILE, .data = &volume->data};
    cor_stream_reset(&volume->data, 0);
    if (volume->kind->stat(volume, name->id, &file) != COR_OK)
        return unread_entry(volume, ret_entry);
    ret_entry->kind = file.kind;
    ret_entry->mode = file.mode & 07777;
    const struct cor_tree_folder folder = {name->path, file.id, NULL};
    if (file.kind == COR_ENTRY_FOLDER)
        return add_folder(volume, &folder);
    volume->data.size =
        file.kind == COR_ENTRY_FILE || file.kind == COR_ENTRY_SYMLINK ? file.size : 0;
    volume->data.meter = volume->base.meter;
    if (file.kind != COR_ENTRY_FILE)
        return COR_OK;
    if (cor_tree_file(&volume->tree, file.id, name->path, &ret_entry->link) != COR_OK)
        return no_memory(volume);
    ret_entry->kind = ret_entry->link ? COR_ENTRY_HARDLINK : COR_ENTRY_FILE;
    ret_entry->sparse = file.sparse;
    return COR_OK;
}

static enum cor_status volume_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct cor_volume *volume = (struct cor_volume *)base;
    enum cor_status status = volume->begun ? COR_OK : begin(volume);
    while (status == COR_OK && volume->next == volume->names.count)
        status = next_folder(volume);
    return status == COR_OK ? describe(volume, &volume->names.items[volume->next++], ret_entry)
                            : status;
}

static enum cor_status data_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct cor_volume *volume =
        (struct cor_volume *)((char *)stream - offsetof(struct cor_volume, data));
    uint64_t at = stream->offset + (stream->end - stream->begin);
    if (size > stream->size - at)
        size = (size_t)(stream->size - at);
    if (size > MOST_AT_ONCE)
        size = MOST_AT_ONCE;
    if (size == 0)
        return COR_OK;
    enum cor_status status = volume->kind->read(volume, at, buffer, size, ret_got);
    if (status == COR_OK)
        return COR_OK;
    cor_stream_fail(stream, status, "%s", volume->reason);
    volume->failure = COR_OK;
    return status;
}

static void data_close(struct cor_stream *stream)
{
    (void)stream;
}

static void volume_close(struct cor_container *base)
{
    struct cor_volume *volume = (struct cor_volume *)base;
    if (volume->kind->dispose)
        volume->kind->dispose(volume);
    cor_array_dispose(&volume->names);
    cor_tree_dispose(&volume->tree, NULL);
    cor_free(volume->data.window);
    cor_free(volume);
}

struct cor_container *cor_volume_open(const struct cor_volume_kind *kind, struct cor_stream *below)
{
    static const struct cor_container_kind container_kind = {volume_next, volume_close};
    static const struct cor_stream_kind data_kind = {data_pull, NULL, data_close};
    struct cor_volume *volume = cor_alloc_zero(1, kind->size);
    if (!volume)
        return NULL;
    volume->base = (struct cor_container){.kind = &container_kind, .below = below};
    volume->kind = kind;
    volume->data = (struct cor_stream){.kind = &data_kind, .below = below};
    cor_tree_init(&volume->tree);
    return &volume->base;
}
