// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "intake/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

#include "base/alloc.h"

struct cor_zip_writer {
    struct archive *archive;
    FILE *out;
    struct archive_entry *entry;
    bool dropping; // bytes go nowhere any more
    bool failed;
};

static enum cor_status failure(const struct cor_zip_writer *writer)
{
    return archive_errno(writer->archive) == ENOMEM ? COR_NOMEM : COR_IO;
}

static la_ssize_t write_bytes(struct archive *archive, void *data, const void *bytes, size_t size)
{
    struct cor_zip_writer *writer = data;
    (void)archive;
    // An archive that was told of a failure within an entry would lose its memory.
    if (!writer->dropping && fwrite(bytes, 1, size, writer->out) != size)
        writer->dropping = writer->failed = true;
    return (la_ssize_t)size;
}

struct cor_zip_writer *cor_zip_writer_new(FILE *out)
{
    struct cor_zip_writer *writer = cor_alloc_zero(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->out = out;
    writer->archive = archive_write_new();
    writer->entry = archive_entry_new();
    if (writer->archive && writer->entry && archive_write_set_format_zip(writer->archive) == 0 &&
        archive_write_set_bytes_in_last_block(writer->archive, 1) == 0 &&
        archive_write_open2(writer->archive, writer, NULL, write_bytes, NULL, NULL) == 0)
        return writer;
    cor_zip_writer_free(writer);
    return NULL;
}

enum cor_status cor_zip_writer_add(struct cor_zip_writer *writer, const char *name,
                                   const void *data, size_t size, bool executable)
{
    // Without a time of its own an entry gets the format's earliest, in every time zone.
    archive_entry_clear(writer->entry);
    archive_entry_set_pathname_utf8(writer->entry, name);
    archive_entry_set_filetype(writer->entry, AE_IFREG);
    archive_entry_set_perm(writer->entry, executable ? 0755 : 0644);
    archive_entry_set_size(writer->entry, (la_int64_t)size);
    if (archive_write_header(writer->archive, writer->entry) != ARCHIVE_OK)
        return failure(writer);
    if (size && archive_write_data(writer->archive, data, size) != (la_ssize_t)size)
        return failure(writer);
    if (archive_write_finish_entry(writer->archive) != ARCHIVE_OK)
        return failure(writer);
    return writer->failed ? COR_IO : COR_OK;
}

enum cor_status cor_zip_writer_end(struct cor_zip_writer *writer)
{
    if (archive_write_close(writer->archive) != ARCHIVE_OK)
        return failure(writer);
    return writer->failed ? COR_IO : COR_OK;
}

void cor_zip_writer_free(struct cor_zip_writer *writer)
{
    if (!writer)
        return;
    // Freed unclosed, an archive would be ended as if it were whole.
    writer->dropping = true;
    archive_write_free(writer->archive);
    archive_entry_free(writer->entry);
    cor_free(writer);
}
