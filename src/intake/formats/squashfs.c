// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The one place that knows libsquashfs. Version 4, little-endian, all its compressions.
#include <lzo/lzo1x.h>
#include <sqfs/compressor.h>
#include <sqfs/data_reader.h>
#include <sqfs/dir.h>
#include <sqfs/dir_reader.h>
#include <sqfs/error.h>
#include <sqfs/inode.h>
#include <sqfs/io.h>
#include <sqfs/super.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "intake/formats/rows.h"
#include "intake/formats/tree.h"

struct source {
    sqfs_file_t file;
    struct cor_stream *below;
};

struct squashfs {
    struct cor_container base;
    struct source source;
    sqfs_super_t super;
    sqfs_compressor_t *compressor, lzo;
    sqfs_dir_reader_t *folders;
    sqfs_data_reader_t *files;
    sqfs_inode_generic_t *inode; // of the current entry
    struct cor_tree tree;
    bool begun, in_folder;
    struct cor_stream data;
};

enum { FRAGMENT_ENTRY = 16, META_BLOCK = 8192, MOST_FRAGMENTS = 16 << 20 };

static int source_read(sqfs_file_t *file, sqfs_u64 offset, void *buffer, size_t size)
{
    struct source *source = (struct source *)file;
    if (cor_stream_read_at(source->below, offset, buffer, size))
        return 0;
    return source->below->failure != COR_OK ? SQFS_ERROR_IO : SQFS_ERROR_OUT_OF_BOUNDS;
}

static int source_write(sqfs_file_t *file, sqfs_u64 offset, const void *buffer, size_t size)
{
    (void)file;
    (void)offset;
    (void)buffer;
    (void)size;
    return SQFS_ERROR_IO;
}

static sqfs_u64 source_size(const sqfs_file_t *file)
{
    return ((const struct source *)file)->below->size;
}

static int source_truncate(sqfs_file_t *file, sqfs_u64 size)
{
    (void)file;
    (void)size;
    return SQFS_ERROR_IO;
}

// What the library was asked to allocate came from the file: no reason to end the walk.
static const struct {
    int error;
    enum cor_status status;
    const char *text;
} errors[] = {
    {SQFS_ERROR_ALLOC, COR_LIMIT, "over a limit: it asks for too much memory"},
    {SQFS_ERROR_OVERFLOW, COR_LIMIT, "over a limit: it asks for too much memory"},
    {SQFS_ERROR_COMPRESSOR, COR_MALFORMED, "a compressed block is corrupt"},
    {SQFS_ERROR_UNSUPPORTED, COR_UNSUPPORTED, "a compression that is not supported"},
    {SQFS_ERROR_OUT_OF_BOUNDS, COR_TRUNCATED, "it points outside the image, cut short"},
};

static enum cor_status failure_of(const struct squashfs *squashfs, int error, const char **ret_text)
{
    const struct cor_stream *below = squashfs->base.below;
    *ret_text = "corrupt";
    if (below->failure != COR_OK) {
        *ret_text = below->reason;
        return below->failure;
    }
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].error == error) {
            *ret_text = errors[i].text;
            return errors[i].status;
        }
    return COR_MALFORMED;
}

static enum cor_status failed(struct squashfs *squashfs, int error)
{
    const char *text;
    enum cor_status status = failure_of(squashfs, error, &text);
    return cor_container_fail(&squashfs->base, status, "%s", text);
}

static enum cor_status no_memory(struct squashfs *squashfs)
{
    return cor_container_fail(&squashfs->base, COR_NOMEM, "out of memory");
}

// The library allocates the table of fragments by the count in the image.
static bool fragments_fit(const struct squashfs *squashfs)
{
    uint64_t count = squashfs->super.fragment_entry_count;
    uint64_t blocks = (count * FRAGMENT_ENTRY + META_BLOCK - 1) / META_BLOCK;
    return count == 0 ||
           (count <= MOST_FRAGMENTS && cor_range_fits(squashfs->super.fragment_table_start,
                                                      blocks * 8, squashfs->base.below->size));
}

// Debian's libsquashfs leaves LZO to its callers.
static sqfs_s32 lzo_block(sqfs_compressor_t *compressor, const sqfs_u8 *in, sqfs_u32 size,
                          sqfs_u8 *out, sqfs_u32 capacity)
{
    lzo_uint got = capacity;
    (void)compressor;
    if (lzo1x_decompress_safe(in, size, out, &got, NULL) != LZO_E_OK || got > INT32_MAX)
        return SQFS_ERROR_COMPRESSOR;
    return (sqfs_s32)got;
}

static int lzo_options(sqfs_compressor_t *compressor, sqfs_file_t *file)
{
    (void)compressor;
    (void)file;
    return 0;
}

static void keep(sqfs_object_t *object)
{
    (void)object;
}

static int open_compressor(struct squashfs *squashfs)
{
    sqfs_compressor_config_t config;
    const sqfs_super_t *super = &squashfs->super;
    if (super->compression_id == SQFS_COMP_LZO) {
        squashfs->lzo = (sqfs_compressor_t){.base = {.destroy = keep},
                                            .write_options = lzo_options,
                                            .read_options = lzo_options,
                                            .do_block = lzo_block};
        squashfs->compressor = &squashfs->lzo;
        return 0;
    }
    int error = sqfs_compressor_config_init(&config, (SQFS_COMPRESSOR)super->compression_id,
                                            super->block_size, SQFS_COMP_FLAG_UNCOMPRESS);
    return error == 0 ? sqfs_compressor_create(&config, &squashfs->compressor) : error;
}

static int open_readers(struct squashfs *squashfs)
{
    const sqfs_super_t *super = &squashfs->super;
    sqfs_file_t *file = &squashfs->source.file;
    int error = open_compressor(squashfs);
    if (error == 0 && (super->flags & SQFS_FLAG_COMPRESSOR_OPTIONS))
        error = squashfs->compressor->read_options(squashfs->compressor, file);
    if (error != 0)
        return error;
    squashfs->folders = sqfs_dir_reader_create(super, squashfs->compressor, file, 0);
    squashfs->files = sqfs_data_reader_create(file, super->block_size, squashfs->compressor, 0);
    if (!squashfs->folders || !squashfs->files)
        return SQFS_ERROR_ALLOC;
    return sqfs_data_reader_load_fragment_table(squashfs->files, super);
}

static enum cor_status begin(struct squashfs *squashfs)
{
    bool is_new;
    sqfs_inode_generic_t *root = NULL;
    squashfs->begun = true;
    int error = sqfs_super_read(&squashfs->super, &squashfs->source.file);
    if (error == 0 && squashfs->super.bytes_used > squashfs->base.below->size)
        return cor_container_fail(&squashfs->base, COR_TRUNCATED, "the image is cut short");
    if (error == 0 && !fragments_fit(squashfs))
        error = SQFS_ERROR_CORRUPTED;
    if (error == 0)
        error = open_readers(squashfs);
    if (error == 0)
        error = sqfs_dir_reader_get_root_inode(squashfs->folders, &root);
    if (error != 0)
        return failed(squashfs, error);
    squashfs->base.end = squashfs->super.bytes_used;
    const struct cor_tree_folder folder = {"", root->base.inode_number, root};
    if (cor_tree_add(&squashfs->tree, &folder, &is_new) == COR_OK)
        return COR_OK;
    sqfs_free(root);
    return no_memory(squashfs);
}

static enum cor_status next_folder(struct squashfs *squashfs)
{
    struct cor_tree_folder folder;
    if (!cor_tree_take(&squashfs->tree, &folder))
        return COR_END;
    int error = sqfs_dir_reader_open_dir(squashfs->folders, folder.handle, 0);
    sqfs_free(folder.handle);
    if (error != 0)
        return failed(squashfs, error);
    squashfs->in_folder = true;
    return COR_OK;
}

static enum cor_status data_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct squashfs *squashfs =
        (struct squashfs *)((char *)stream - offsetof(struct squashfs, data));
    const char *text;
    uint64_t at = stream->offset + (stream->end - stream->begin);
    if (size > stream->size - at)
        size = (size_t)(stream->size - at);
    if (size > 1 << 20)
        size = 1 << 20;
    if (size == 0)
        return COR_OK;
    sqfs_s32 got =
        sqfs_data_reader_read(squashfs->files, squashfs->inode, at, buffer, (sqfs_u32)size);
    if (got < 0) {
        enum cor_status status = failure_of(squashfs, got, &text);
        return cor_stream_fail(stream, status, "%s", text);
    }
    *ret_got = (size_t)got;
    return got ? COR_OK : cor_stream_fail(stream, COR_TRUNCATED, "the file's blocks end");
}

static void data_close(struct cor_stream *stream)
{
    (void)stream;
}

static enum cor_entry_kind kind_of(const sqfs_inode_generic_t *inode)
{
    switch (inode->base.type) {
    case SQFS_INODE_DIR:
    case SQFS_INODE_EXT_DIR:
        return COR_ENTRY_FOLDER;
    case SQFS_INODE_FILE:
    case SQFS_INODE_EXT_FILE:
        return COR_ENTRY_FILE;
    case SQFS_INODE_SLINK:
    case SQFS_INODE_EXT_SLINK:
        return COR_ENTRY_SYMLINK;
    default:
        return COR_ENTRY_SPECIAL;
    }
}

static enum cor_status describe_file(struct squashfs *squashfs, const char *path,
                                     struct cor_entry *entry)
{
    const sqfs_inode_generic_t *inode = squashfs->inode;
    sqfs_u64 size = 0;
    bool wide = inode->base.type == SQFS_INODE_EXT_FILE;
    if (sqfs_inode_get_file_size(inode, &size) != 0)
        return failed(squashfs, SQFS_ERROR_CORRUPTED);
    if (cor_tree_file(&squashfs->tree, inode->base.inode_number, path, &entry->link) != COR_OK)
        return no_memory(squashfs);
    entry->kind = entry->link ? COR_ENTRY_HARDLINK : COR_ENTRY_FILE;
    entry->sparse = wide && inode->data.file_ext.sparse > 0;
    cor_stream_reset(&squashfs->data, size);
    squashfs->data.meter = squashfs->base.meter;
    return COR_OK;
}

static enum cor_status describe(struct squashfs *squashfs, const char *path,
                                struct cor_entry *ret_entry)
{
    bool is_new = false;
    sqfs_inode_generic_t *inode = squashfs->inode;
    *ret_entry = (struct cor_entry){.name = path,
                                    .kind = kind_of(inode),
                                    .mode = inode->base.mode & 07777U,
                                    .data = &squashfs->data};
    if (ret_entry->kind == COR_ENTRY_SYMLINK)
        ret_entry->link = (const char *)inode->extra;
    if (ret_entry->kind == COR_ENTRY_FILE)
        return describe_file(squashfs, path, ret_entry);
    if (ret_entry->kind != COR_ENTRY_FOLDER)
        return COR_OK;
    const struct cor_tree_folder folder = {path, inode->base.inode_number, inode};
    if (cor_tree_add(&squashfs->tree, &folder, &is_new) != COR_OK)
        return no_memory(squashfs);
    if (!is_new)
        return cor_container_fail(&squashfs->base, COR_MALFORMED, "a folder stands in two places");
    squashfs->inode = NULL;
    return COR_OK;
}

static enum cor_status read_entry(struct squashfs *squashfs, struct cor_entry *ret_entry)
{
    sqfs_dir_entry_t *found = NULL;
    const char *path;
    int error = sqfs_dir_reader_read(squashfs->folders, &found);
    if (error > 0) {
        squashfs->in_folder = false;
        return COR_END;
    }
    if (error == 0) {
        size_t size = strnlen((const char *)found->name, (size_t)found->size + 1);
        enum cor_status status =
            cor_tree_name(&squashfs->tree, (const char *)found->name, size, &path);
        sqfs_free(found);
        if (status == COR_NOMEM)
            return no_memory(squashfs);
        error = status == COR_OK ? 0 : SQFS_ERROR_CORRUPTED;
    }
    sqfs_free(squashfs->inode);
    squashfs->inode = NULL;
    if (error == 0)
        error = sqfs_dir_reader_get_inode(squashfs->folders, &squashfs->inode);
    return error == 0 ? describe(squashfs, path, ret_entry) : failed(squashfs, error);
}

static enum cor_status squashfs_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct squashfs *squashfs = (struct squashfs *)base;
    enum cor_status status = squashfs->begun ? COR_OK : begin(squashfs);
    while (status == COR_OK) {
        if (!squashfs->in_folder)
            status = next_folder(squashfs);
        if (status != COR_OK)
            return status;
        status = read_entry(squashfs, ret_entry);
        if (status != COR_END)
            return status;
        status = COR_OK;
    }
    return status;
}

static void squashfs_close(struct cor_container *base)
{
    struct squashfs *squashfs = (struct squashfs *)base;
    sqfs_free(squashfs->inode);
    cor_tree_dispose(&squashfs->tree, sqfs_free);
    sqfs_destroy(squashfs->files);
    sqfs_destroy(squashfs->folders);
    sqfs_destroy(squashfs->compressor);
    cor_free(squashfs->data.window);
    cor_free(squashfs);
}

static struct cor_container *open_squashfs(const struct cor_format *format,
                                           struct cor_stream *below)
{
    static const struct cor_container_kind kind = {squashfs_next, squashfs_close};
    static const struct cor_stream_kind data_kind = {data_pull, NULL, data_close};
    struct squashfs *squashfs = cor_alloc_zero(1, sizeof *squashfs);
    (void)format;
    if (!squashfs)
        return NULL;
    squashfs->base = (struct cor_container){.kind = &kind, .below = below};
    squashfs->data = (struct cor_stream){.kind = &data_kind, .below = below};
    squashfs->source = (struct source){.below = below,
                                       .file = {.base = {.destroy = keep},
                                                .read_at = source_read,
                                                .write_at = source_write,
                                                .get_size = source_size,
                                                .truncate = source_truncate}};
    cor_tree_init(&squashfs->tree);
    return &squashfs->base;
}

static unsigned bid(const unsigned char *head, size_t size)
{
    if (size < sizeof(sqfs_super_t))
        return 0;
    uint32_t log = cor_le16(head + 22);
    bool sound = log >= 12 && log <= 20 && cor_le32(head + 12) == UINT32_C(1) << log;
    return sound && cor_le16(head + 28) == 4 ? 64 : 0;
}

const struct cor_format cor_format_squashfs = {
    .name = "squashfs", .magic = {0, 4, "hsqs"}, .bid = bid, .open = open_squashfs, .seeks = true};
