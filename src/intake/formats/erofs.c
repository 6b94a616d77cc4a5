// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// EROFS (the kernel's fs/erofs/erofs_fs.h): inodes by number, folders in blocks, files stored in
// blocks, in chunks, behind their inode, or packed.
#include "intake/formats/erofs.h"

#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "intake/formats/rows.h"

enum { SUPER_AT = 1024, SUPER = 128, SLOT_BITS = 5, DIRENT = 12, MOST_BLOCK_BITS = 16 };
enum { FLAT = 0, PACKED_FULL = 1, INLINE = 2, PACKED_COMPACT = 3, CHUNKED = 4 };
enum { KNOWN_FEATURES = 0x7f, HAS_SUM = 1, CHUNK_INDEXES = 0x20, MOST_FOLDER = 64 << 20 };

static uint64_t le64(const unsigned char *p)
{
    return (uint64_t)cor_le32(p + 4) << 32 | cor_le32(p);
}

// CRC-32C, not inverted at the end.
static uint32_t crc32c(uint32_t sum, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        sum ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? UINT32_C(0x82f63b78) : 0);
    }
    return sum;
}

// The sum covers the first block from the superblock on, its own field as zero.
static enum cor_status check_sum(struct cor_erofs *erofs, const unsigned char *super)
{
    size_t block = (size_t)1 << erofs->block_bits, size = block - SUPER_AT;
    if (!(cor_le32(super + 8) & HAS_SUM) || block <= SUPER_AT + SUPER)
        return COR_OK;
    unsigned char *bytes = cor_alloc(size);
    if (!bytes)
        return cor_volume_no_memory(&erofs->volume);
    enum cor_status status = cor_volume_read_at(&erofs->volume, SUPER_AT, bytes, size);
    if (status == COR_OK) {
        memset(bytes + 4, 0, 4);
        if (crc32c(UINT32_MAX, bytes, size) != cor_le32(super + 4))
            status = cor_volume_fail(&erofs->volume, COR_MALFORMED,
                                     "its beginning does not have the stored sum");
    }
    cor_free(bytes);
    return status;
}

static enum cor_status begin(struct cor_volume *volume, uint64_t *ret_root)
{
    struct cor_erofs *erofs = (struct cor_erofs *)volume;
    unsigned char super[SUPER];
    enum cor_status status = cor_volume_read_at(volume, SUPER_AT, super, sizeof super);
    if (status != COR_OK)
        return status;
    erofs->block_bits = super[12];
    erofs->features = cor_le32(super + 80);
    if (erofs->features & ~(uint32_t)KNOWN_FEATURES)
        return cor_volume_fail(volume, COR_UNSUPPORTED, "EROFS with unknown features (0x%x)",
                               (unsigned)erofs->features);
    if (erofs->block_bits < 9 || erofs->block_bits > MOST_BLOCK_BITS)
        return cor_volume_fail(volume, COR_MALFORMED, "its block size makes no sense");
    status = check_sum(erofs, super);
    if (status != COR_OK)
        return status;
    erofs->meta = (uint64_t)cor_le32(super + 40) << erofs->block_bits;
    erofs->size = (uint64_t)cor_le32(super + 36) << erofs->block_bits;
    erofs->packed_nid = le64(super + 96);
    erofs->has_packed = erofs->features & COR_EROFS_FRAGMENTS && erofs->packed_nid;
    *ret_root = cor_le16(super + 14);
    if (erofs->size > volume->base.below->size) {
        volume->late = COR_TRUNCATED;
        memcpy(volume->late_reason, "the image is cut short", 23);
    } else
        volume->base.end = erofs->size;
    return COR_OK;
}

enum cor_status cor_erofs_inode_at(struct cor_erofs *erofs, uint64_t nid,
                                   struct cor_erofs_inode *ret_inode)
{
    unsigned char raw[64];
    uint64_t at = erofs->meta + (nid << SLOT_BITS);
    if (nid >> (63 - SLOT_BITS) || at < erofs->meta)
        return cor_volume_fail(&erofs->volume, COR_MALFORMED, "an inode's number makes no sense");
    enum cor_status status = cor_volume_read_at(&erofs->volume, at, raw, 32);
    if (status != COR_OK)
        return status;
    uint32_t format = cor_le16(raw), attributes = cor_le16(raw + 2);
    bool wide = format & 1;
    if (wide)
        status = cor_volume_read_at(&erofs->volume, at, raw, sizeof raw);
    *ret_inode = (struct cor_erofs_inode){
        .nid = nid,
        .size = wide ? le64(raw + 8) : cor_le32(raw + 8),
        .layout = format >> 1 & 7,
        .mode = cor_le16(raw + 4),
        .place = cor_le32(raw + 16),
        .body = at + (wide ? 64 : 32) + (attributes ? 12 + ((uint64_t)attributes - 1) * 4 : 0)};
    return status;
}

// Where a stored file's byte `at` stands, and how many follow it there; *ret_hole when nowhere.
static enum cor_status locate(struct cor_erofs *erofs, const struct cor_erofs_inode *inode,
                              uint64_t at, uint64_t *ret_place, uint64_t *ret_count, bool *ret_hole)
{
    uint64_t block = UINT64_C(1) << erofs->block_bits;
    uint64_t start = (uint64_t)inode->place << erofs->block_bits;
    *ret_hole = false;
    *ret_count = inode->size - at;
    *ret_place = start + at;
    if (inode->layout == FLAT)
        return COR_OK;
    if (inode->layout == INLINE) {
        uint64_t tail = inode->size & ~(block - 1);
        if (at >= tail)
            *ret_place = inode->body + (at - tail);
        else
            *ret_count = tail - at;
        return COR_OK;
    }
    unsigned char raw[8];
    unsigned bits = erofs->block_bits + (inode->place & 31);
    uint64_t number = at >> bits, inside = at & ((UINT64_C(1) << bits) - 1);
    bool indexes = inode->place & CHUNK_INDEXES;
    size_t entry = indexes ? 8 : 4;
    uint64_t table = (inode->body + entry - 1) & ~(uint64_t)(entry - 1);
    enum cor_status status = cor_volume_read_at(&erofs->volume, table + number * entry, raw, entry);
    if (status == COR_OK && indexes && cor_le16(raw + 2) != 0)
        status = cor_volume_fail(&erofs->volume, COR_UNSUPPORTED, "it stands on another device");
    uint32_t chunk = cor_le32(raw + (indexes ? 4 : 0));
    *ret_hole = chunk == UINT32_MAX;
    *ret_place = ((uint64_t)chunk << erofs->block_bits) + inside;
    if ((UINT64_C(1) << bits) - inside < *ret_count)
        *ret_count = (UINT64_C(1) << bits) - inside;
    return status;
}

static enum cor_status read_stored(struct cor_erofs *erofs, const struct cor_erofs_inode *inode,
                                   uint64_t at, unsigned char *buffer, size_t size, size_t *ret_got)
{
    uint64_t place, count;
    bool hole;
    enum cor_status status = locate(erofs, inode, at, &place, &count, &hole);
    if (status != COR_OK)
        return status;
    if (size > count)
        size = (size_t)count;
    *ret_got = size;
    if (!hole)
        return cor_volume_read_at(&erofs->volume, place, buffer, size);
    memset(buffer, 0, size);
    return COR_OK;
}

static bool is_packed(const struct cor_erofs_inode *inode)
{
    return inode->layout == PACKED_FULL || inode->layout == PACKED_COMPACT;
}

// The names of one block of a folder: the first entry tells how many there are.
static enum cor_status list_block(struct cor_erofs *erofs, const unsigned char *block, size_t size)
{
    size_t count = size >= DIRENT ? cor_le16(block + 8) / DIRENT : 0;
    enum cor_status status = COR_OK;
    if (count == 0 || count * DIRENT > size)
        return cor_volume_fail(&erofs->volume, COR_MALFORMED, "a folder is corrupt");
    for (size_t i = 0; status == COR_OK && i < count; i++) {
        const unsigned char *raw = block + i * DIRENT;
        size_t name = cor_le16(raw + 8), end = i + 1 < count ? cor_le16(raw + DIRENT + 8) : size;
        if (name < count * DIRENT || name >= end || end > size)
            return cor_volume_fail(&erofs->volume, COR_MALFORMED, "a folder is corrupt");
        const char *text = (const char *)block + name;
        status = cor_volume_add(&erofs->volume, text, strnlen(text, end - name), le64(raw));
    }
    return status;
}

static enum cor_status list(struct cor_volume *volume, uint64_t folder)
{
    struct cor_erofs *erofs = (struct cor_erofs *)volume;
    struct cor_erofs_inode inode;
    size_t block = (size_t)1 << erofs->block_bits;
    enum cor_status status = cor_erofs_inode_at(erofs, folder, &inode);
    if (status != COR_OK)
        return status;
    if (inode.size > MOST_FOLDER || is_packed(&inode))
        return cor_volume_fail(volume, COR_UNSUPPORTED, "a folder of an unknown kind");
    unsigned char *bytes = cor_alloc(block);
    if (!bytes)
        return cor_volume_no_memory(volume);
    for (uint64_t at = 0; status == COR_OK && at < inode.size;) {
        size_t got = 0;
        status = read_stored(erofs, &inode, at, bytes, block, &got);
        if (status == COR_OK)
            status = list_block(erofs, bytes, got);
        at += got;
    }
    cor_free(bytes);
    return status;
}

static enum cor_status stat_file(struct cor_volume *volume, uint64_t id,
                                 struct cor_volume_file *ret_file)
{
    struct cor_erofs *erofs = (struct cor_erofs *)volume;
    struct cor_erofs_file *file = &erofs->file;
    file->held = NULL;
    enum cor_status status = cor_erofs_inode_at(erofs, id, &file->inode);
    if (status != COR_OK)
        return status;
    ret_file->kind = cor_volume_kind_of_mode(file->inode.mode);
    ret_file->mode = file->inode.mode;
    ret_file->size = file->inode.size;
    ret_file->sparse = file->inode.size > volume->base.below->size;
    if (ret_file->kind != COR_ENTRY_FILE && ret_file->kind != COR_ENTRY_SYMLINK)
        return COR_OK;
    if (file->inode.layout > CHUNKED)
        return cor_volume_fail(volume, COR_UNSUPPORTED, "a file of an unknown kind");
    return is_packed(&file->inode) && file->inode.size ? cor_erofs_map(erofs, file) : COR_OK;
}

static enum cor_status read_file(struct cor_volume *volume, uint64_t at, unsigned char *buffer,
                                 size_t size, size_t *ret_got)
{
    struct cor_erofs *erofs = (struct cor_erofs *)volume;
    const struct cor_erofs_inode *inode = &erofs->file.inode;
    if (is_packed(inode))
        return cor_erofs_read_packed(erofs, &erofs->file, at, buffer, size, ret_got);
    if (inode->layout == FLAT) {
        volume->data.plain = true;
        volume->data.plain_at = (uint64_t)inode->place << erofs->block_bits;
    } else if (inode->layout == INLINE && inode->size >> erofs->block_bits == 0) {
        volume->data.plain = true;
        volume->data.plain_at = inode->body;
    }
    return read_stored(erofs, inode, at, buffer, size, ret_got);
}

static void dispose(struct cor_volume *volume)
{
    struct cor_erofs *erofs = (struct cor_erofs *)volume;
    cor_array_dispose(&erofs->file.runs);
    cor_array_dispose(&erofs->packed.runs);
    cor_free(erofs->file.plain);
    cor_free(erofs->packed.plain);
    cor_free(erofs->input);
}

static struct cor_container *open_erofs(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_volume_kind kind = {.size = sizeof(struct cor_erofs),
                                                .begin = begin,
                                                .list = list,
                                                .stat = stat_file,
                                                .read = read_file,
                                                .dispose = dispose};
    (void)format;
    return cor_volume_open(&kind, below);
}

const struct cor_format cor_format_erofs = {
    .name = "erofs", .magic = {SUPER_AT, 4, "\xe2\xe1\xf5\xe0"}, .open = open_erofs, .seeks = true};
