// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/formats/disk.h"

#include "base/alloc.h"

static struct cor_disk *disk_of(struct cor_stream *stream)
{
    return (struct cor_disk *)((char *)stream - offsetof(struct cor_disk, data));
}

static enum cor_status disk_at(struct cor_stream *stream, uint64_t offset, unsigned char *buffer,
                               size_t size, size_t *ret_got)
{
    struct cor_disk *disk = disk_of(stream);
    uint64_t left = offset < stream->size ? stream->size - offset : 0;
    if (size > left)
        size = (size_t)left;
    for (size_t done = 0; done < size;) {
        size_t got = 0;
        enum cor_status status =
            disk->kind->read(disk, offset + done, buffer + done, size - done, &got);
        if (status != COR_OK)
            return status;
        done += got;
        *ret_got = done;
    }
    return COR_OK;
}

static enum cor_status disk_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct cor_disk *disk = disk_of(stream);
    enum cor_status status = disk_at(stream, disk->position, buffer, size, ret_got);
    disk->position += *ret_got;
    return status;
}

static void nothing(struct cor_stream *stream)
{
    (void)stream;
}

static enum cor_status disk_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct cor_disk *disk = (struct cor_disk *)base;
    uint64_t size = 0;
    if (disk->told)
        return disk->late == COR_OK ? COR_END
                                    : cor_container_fail(base, disk->late, "%s", disk->late_reason);
    disk->told = true;
    enum cor_status status = disk->kind->begin(disk, &size);
    if (status != COR_OK)
        return status;
    disk->data.size = size;
    disk->data.meter = base->meter;
    *ret_entry = (struct cor_entry){.name = "disk",
                                    .kind = COR_ENTRY_FILE,
                                    .data = &disk->data,
                                    .sparse = size / 64 > base->below->size};
    return COR_OK;
}

static void disk_close(struct cor_container *base)
{
    struct cor_disk *disk = (struct cor_disk *)base;
    if (disk->kind->dispose)
        disk->kind->dispose(disk);
    cor_free(disk->data.window);
    cor_free(disk);
}

struct cor_container *cor_disk_open(const struct cor_disk_kind *kind, struct cor_stream *below)
{
    static const struct cor_container_kind container_kind = {disk_next, disk_close};
    static const struct cor_stream_kind data_kind = {disk_pull, disk_at, nothing};
    struct cor_disk *disk = cor_alloc_zero(1, kind->size);
    if (!disk)
        return NULL;
    disk->base = (struct cor_container){.kind = &container_kind, .below = below};
    disk->kind = kind;
    disk->data = (struct cor_stream){.kind = &data_kind, .below = below};
    return &disk->base;
}

enum cor_status cor_disk_find(struct cor_disk *disk, uint64_t offset, void *buffer, size_t size)
{
    struct cor_stream *below = disk->base.below;
    if (cor_stream_read_at(below, offset, buffer, size))
        return COR_OK;
    return below->failure != COR_OK
               ? cor_container_fail(&disk->base, below->failure, "%s", below->reason)
               : cor_container_fail(&disk->base, COR_TRUNCATED, "cut short");
}

enum cor_status cor_disk_fetch(struct cor_disk *disk, uint64_t offset, void *buffer, size_t size)
{
    struct cor_stream *below = disk->base.below;
    if (cor_stream_read_at(below, offset, buffer, size))
        return COR_OK;
    return below->failure != COR_OK
               ? cor_stream_fail(&disk->data, below->failure, "%s", below->reason)
               : cor_stream_fail(&disk->data, COR_TRUNCATED, "a part of the disk is cut short");
}
