// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The one place that knows libtsk: FAT, exFAT, ext2/3/4, NTFS and HFS+. Only what stands in the
// folders is told: no deleted files, no areas that the library presents as files.
#include <string.h>
#include <tsk/libtsk.h>

#include "base/alloc.h"
#include "intake/formats/extents.h"
#include "intake/formats/rows.h"
#include "intake/formats/tree.h"

struct source {
    TSK_IMG_INFO info;
    struct cor_stream *below;
};

struct filesystem {
    struct cor_container base;
    const struct cor_format *format;
    struct source source;
    bool image_open, begun, cut;
    TSK_FS_INFO *fs;
    TSK_FS_DIR *folder;
    size_t at, count;  // in the folder
    TSK_FS_FILE *file; // the current entry
    struct cor_tree tree;
    struct cor_stream data;
};

enum { SECTOR = 512, NTFS_OWN_FILES = 24, HFS_OWN_FILES = 16, MOST_AT_ONCE = 1 << 20 };

static const struct {
    const struct cor_format *format;
    TSK_FS_TYPE_ENUM type;
} types[] = {{&cor_format_fat, TSK_FS_TYPE_FAT_DETECT},
             {&cor_format_exfat, TSK_FS_TYPE_EXFAT},
             {&cor_format_ext, TSK_FS_TYPE_EXT_DETECT},
             {&cor_format_ntfs, TSK_FS_TYPE_NTFS},
             {&cor_format_hfs_plus, TSK_FS_TYPE_HFS}};

static ssize_t source_read(TSK_IMG_INFO *info, TSK_OFF_T offset, char *buffer, size_t size)
{
    struct cor_stream *below = ((struct source *)info)->below;
    size_t got = 0;
    if (offset < 0 ||
        below->kind->at(below, (uint64_t)offset, (unsigned char *)buffer, size, &got) != COR_OK)
        return -1;
    return (ssize_t)got;
}

static void source_close(TSK_IMG_INFO *info)
{
    (void)info;
}

static void source_stat(TSK_IMG_INFO *info, FILE *file)
{
    (void)info;
    (void)file;
}

static enum cor_status no_memory(struct filesystem *self)
{
    return cor_container_fail(&self->base, COR_NOMEM, "out of memory");
}

// What the library was asked to allocate came from the file: no reason to end the walk.
static enum cor_status cause(const struct filesystem *self, const char **ret_text)
{
    const struct cor_stream *below = self->base.below;
    if (below->failure != COR_OK) {
        *ret_text = below->reason;
        return below->failure;
    }
    uint32_t error = tsk_error_get_errno();
    const char *text = tsk_error_get_errstr();
    *ret_text = text && *text ? text : "corrupt";
    if (error == TSK_ERR_FS_ENCRYPTED || error == TSK_ERR_FS_POSSIBLY_ENCRYPTED)
        return COR_ENCRYPTED;
    return error == TSK_ERR_AUX_MALLOC ? COR_LIMIT : COR_MALFORMED;
}

static enum cor_status failed(struct filesystem *self)
{
    const char *text;
    enum cor_status status = cause(self, &text);
    return cor_container_fail(&self->base, status, "%s", text);
}

static enum cor_status begin(struct filesystem *self)
{
    bool is_new;
    TSK_FS_TYPE_ENUM type = TSK_FS_TYPE_DETECT;
    self->begun = true;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].format == self->format)
            type = types[i].type;
    tsk_error_reset();
    if (!tsk_img_open_external(&self->source, (TSK_OFF_T)self->base.below->size, SECTOR,
                               source_read, source_close, source_stat))
        return failed(self);
    self->image_open = true;
    self->fs = tsk_fs_open_img(&self->source.info, 0, type);
    if (!self->fs)
        return failed(self);
    self->cut = self->fs->last_block_act < self->fs->last_block;
    const struct cor_tree_folder root = {"", self->fs->root_inum, NULL};
    return cor_tree_add(&self->tree, &root, &is_new) == COR_OK ? COR_OK : no_memory(self);
}

// The library makes a list of all blocks that a folder says it has, before it looks at one.
static bool is_oversized(const struct filesystem *self, TSK_INUM_T id)
{
    TSK_FS_FILE *file = tsk_fs_file_open_meta(self->fs, NULL, id);
    bool oversized = file && file->meta && file->meta->size > 0 &&
                     (uint64_t)file->meta->size > self->base.below->size;
    tsk_fs_file_close(file);
    tsk_error_reset();
    return oversized;
}

static enum cor_status next_folder(struct filesystem *self)
{
    struct cor_tree_folder folder;
    tsk_fs_dir_close(self->folder);
    self->folder = NULL;
    if (!cor_tree_take(&self->tree, &folder))
        return !self->cut
                   ? COR_END
                   : cor_container_fail(&self->base, COR_TRUNCATED, "the file system is cut short");
    tsk_error_reset();
    if (is_oversized(self, folder.id))
        return cor_container_fail(&self->base, COR_MALFORMED,
                                  "a folder is larger than its file system");
    self->folder = tsk_fs_dir_open_meta(self->fs, folder.id);
    if (!self->folder)
        return failed(self);
    self->at = 0;
    self->count = tsk_fs_dir_getsize(self->folder);
    return COR_OK;
}

static enum cor_status data_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct filesystem *self =
        (struct filesystem *)((char *)stream - offsetof(struct filesystem, data));
    const char *text;
    uint64_t at = stream->offset + (stream->end - stream->begin);
    if (size > stream->size - at)
        size = (size_t)(stream->size - at);
    if (size > MOST_AT_ONCE)
        size = MOST_AT_ONCE;
    if (size == 0)
        return COR_OK;
    tsk_error_reset();
    ssize_t got = tsk_fs_file_read(self->file, (TSK_OFF_T)at, (char *)buffer, size,
                                   TSK_FS_FILE_READ_FLAG_NONE);
    if (got < 0) {
        enum cor_status status = cause(self, &text);
        return cor_stream_fail(stream, status, "%s", text);
    }
    *ret_got = (size_t)got;
    return got ? COR_OK : cor_stream_fail(stream, COR_TRUNCATED, "the file's blocks end");
}

static void data_close(struct cor_stream *stream)
{
    (void)stream;
}

static bool is_own(const struct filesystem *self, const TSK_FS_NAME *name)
{
    if (!name || !name->name || (name->flags & TSK_FS_NAME_FLAG_UNALLOC) ||
        name->type == TSK_FS_NAME_TYPE_VIRT || name->type == TSK_FS_NAME_TYPE_VIRT_DIR ||
        strcmp(name->name, ".") == 0 || strcmp(name->name, "..") == 0)
        return true;
    TSK_INUM_T own = self->format == &cor_format_ntfs       ? NTFS_OWN_FILES
                     : self->format == &cor_format_hfs_plus ? HFS_OWN_FILES
                                                            : 0;
    return name->meta_addr < own && name->name[0] == '$';
}

static enum cor_entry_kind kind_of(TSK_FS_META_TYPE_ENUM type)
{
    return type == TSK_FS_META_TYPE_REG   ? COR_ENTRY_FILE
           : type == TSK_FS_META_TYPE_DIR ? COR_ENTRY_FOLDER
           : type == TSK_FS_META_TYPE_LNK ? COR_ENTRY_SYMLINK
                                          : COR_ENTRY_SPECIAL;
}

static enum cor_status describe(struct filesystem *self, const char *path, struct cor_entry *entry)
{
    const TSK_FS_META *meta = self->file->meta;
    bool is_new;
    cor_stream_reset(&self->data, meta && meta->size > 0 ? (uint64_t)meta->size : 0);
    self->data.meter = self->base.meter;
    *entry = (struct cor_entry){.name = path, .kind = COR_ENTRY_FILE, .data = &self->data};
    if (!meta) {
        entry->unread = COR_MALFORMED;
        entry->unread_reason = "what the folder says of it is corrupt";
        return COR_OK;
    }
    entry->kind = kind_of(meta->type);
    entry->mode = (uint32_t)meta->mode & 07777;
    if (entry->kind == COR_ENTRY_SYMLINK)
        entry->link = meta->link;
    entry->sparse = self->data.size > self->base.below->size;
    if (entry->kind == COR_ENTRY_FILE) {
        if (cor_tree_file(&self->tree, meta->addr, path, &entry->link) != COR_OK)
            return no_memory(self);
        if (entry->link)
            entry->kind = COR_ENTRY_HARDLINK;
    }
    const struct cor_tree_folder folder = {path, meta->addr, NULL};
    if (entry->kind == COR_ENTRY_FOLDER && cor_tree_add(&self->tree, &folder, &is_new) != COR_OK)
        return no_memory(self);
    return COR_OK;
}

// COR_END for what is no entry.
static enum cor_status read_entry(struct filesystem *self, struct cor_entry *ret_entry)
{
    const char *path;
    tsk_fs_file_close(self->file);
    tsk_error_reset();
    self->file = tsk_fs_dir_get(self->folder, self->at++);
    if (!self->file)
        return failed(self);
    const TSK_FS_NAME *name = self->file->name;
    if (is_own(self, name))
        return COR_END;
    enum cor_status status = cor_tree_name(&self->tree, name->name, strlen(name->name), &path);
    if (status == COR_NOMEM)
        return no_memory(self);
    if (status != COR_OK)
        return cor_container_fail(&self->base, status, "a name makes no sense");
    return describe(self, path, ret_entry);
}

static enum cor_status filesystem_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct filesystem *self = (struct filesystem *)base;
    enum cor_status status = self->begun ? COR_OK : begin(self);
    while (status == COR_OK) {
        if (!self->folder || self->at >= self->count)
            status = next_folder(self);
        else if ((status = read_entry(self, ret_entry)) == COR_END)
            status = COR_OK;
        else
            return status;
    }
    return status;
}

static void filesystem_close(struct cor_container *base)
{
    struct filesystem *self = (struct filesystem *)base;
    tsk_fs_file_close(self->file);
    tsk_fs_dir_close(self->folder);
    if (self->fs)
        tsk_fs_close(self->fs);
    if (self->image_open)
        tsk_img_close(&self->source.info);
    cor_tree_dispose(&self->tree, NULL);
    cor_free(self->data.window);
    cor_free(self);
}

static struct cor_container *open_filesystem(const struct cor_format *format,
                                             struct cor_stream *below)
{
    static const struct cor_container_kind kind = {filesystem_next, filesystem_close};
    static const struct cor_stream_kind data_kind = {data_pull, NULL, data_close};
    struct filesystem *self = cor_alloc_zero(1, sizeof *self);
    if (!self)
        return NULL;
    self->base = (struct cor_container){.kind = &kind, .below = below};
    self->format = format;
    self->data = (struct cor_stream){.kind = &data_kind, .below = below};
    self->source.below = below;
    cor_tree_init(&self->tree);
    return &self->base;
}

// A jump, a sector size, a power of two of sectors in a cluster, one or two tables.
static unsigned bid_fat(const unsigned char *head, size_t size)
{
    if (size < 1024 || !(head[0] == 0xeb || head[0] == 0xe9))
        return 0;
    uint32_t sector = cor_le16(head + 11), cluster = head[13];
    bool sizes = (sector == 512 || sector == 1024 || sector == 2048 || sector == 4096) && cluster &&
                 (cluster & (cluster - 1)) == 0;
    bool named = memcmp(head + 54, "FAT", 3) == 0 || memcmp(head + 82, "FAT32", 5) == 0;
    return sizes && named && (head[16] == 1 || head[16] == 2) ? 56 : 0;
}

static unsigned bid_ext(const unsigned char *head, size_t size)
{
    if (size < 2048)
        return 0;
    const unsigned char *super = head + 1024;
    return cor_le32(super) && cor_le32(super + 4) && cor_le32(super + 24) <= 6 &&
                   cor_le32(super + 76) <= 1
               ? 40
               : 0;
}

static unsigned bid_hfs(const unsigned char *head, size_t size)
{
    bool plain = size > 2048 && memcmp(head + 1024, "H+\0\4", 4) == 0;
    return plain || (size > 2048 && memcmp(head + 1024, "HX\0\5", 4) == 0) ? 32 : 0;
}

#define FILESYSTEM(id, text, ...)                                                                  \
    const struct cor_format cor_format_##id = {.name = (text),                                     \
                                               .open = open_filesystem,                            \
                                               .extent = cor_extent_##id,                          \
                                               .seeks = true,                                      \
                                               __VA_ARGS__}

FILESYSTEM(fat, "fat", .magic = {510, 2, "\x55\xaa"}, .bid = bid_fat);
FILESYSTEM(exfat, "exfat", .magic = {3, 8, "EXFAT   "});
FILESYSTEM(ext, "ext", .magic = {1080, 2, "\x53\xef"}, .bid = bid_ext);
FILESYSTEM(ntfs, "ntfs", .magic = {3, 8, "NTFS    "});
FILESYSTEM(hfs_plus, "hfs-plus", .bid = bid_hfs);
