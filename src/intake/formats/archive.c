// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The one place that knows libarchive. Formats only: compression around an archive is undone by
// our own filters, which know where it ends.
#include "intake/formats/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <pthread.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/formats/extents.h"

struct container {
    struct cor_container base;
    const struct cor_format *format;
    struct archive *archive;
    struct archive_entry *entry;
    struct cor_stream data;
    // What libarchive was handed last and has not given back, and where it stands in `below`.
    size_t handed;
    uint64_t handed_at;
    bool hit_end, last_zero;
    unsigned char *chunk; // random access
    size_t chunk_size;
    uint64_t chunk_at;
    uint64_t position;
    const unsigned char *block; // of the current entry: the run that is being handed on
    size_t block_size;
    uint64_t block_at, given;
    uint64_t entries;
    bool is_deb, has_deb_data, began;
};

enum { CHUNK = 128 << 10, END_BLOCK = 512 };

static const struct reader {
    const char *name;
    int (*support)(struct archive *);
} readers[] = {
    {"tar", archive_read_support_format_tar},   {"zip", archive_read_support_format_zip},
    {"7z", archive_read_support_format_7zip},   {"iso9660", archive_read_support_format_iso9660},
    {"ar", archive_read_support_format_ar},     {"rar", archive_read_support_format_rar},
    {"rar5", archive_read_support_format_rar5}, {"cab", archive_read_support_format_cab},
    {"xar", archive_read_support_format_xar},   {"lha", archive_read_support_format_lha},
    {"vib", archive_read_support_format_ar},
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static locale_t utf8;

static void make_locale(void)
{
    utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

// libarchive turns names into the locale's character set; names must not depend on the user's.
static locale_t enter_locale(void)
{
    pthread_once(&once, make_locale);
    return utf8 ? uselocale(utf8) : (locale_t)0;
}

static void leave_locale(locale_t before)
{
    if (before)
        uselocale(before);
}

static la_ssize_t read_failed(struct archive *archive, const struct cor_stream *below)
{
    archive_set_error(archive, EIO, "%s", below->reason);
    return -1;
}

static void take_back(struct container *container)
{
    cor_stream_consume(container->base.below, container->handed);
    container->handed = 0;
}

static la_ssize_t read_on(struct archive *archive, void *data, const void **ret_buffer)
{
    struct container *container = data;
    struct cor_stream *below = container->base.below;
    const unsigned char *bytes;
    take_back(container);
    size_t size = cor_stream_peek(below, END_BLOCK, &bytes);
    container->hit_end = size == 0;
    if (!size && below->failure != COR_OK)
        return read_failed(archive, below);
    container->handed = size;
    container->handed_at = below->offset;
    if (size >= END_BLOCK) {
        const unsigned char *last = bytes + size - END_BLOCK;
        container->last_zero = last[0] == 0 && memcmp(last, last + 1, END_BLOCK - 1) == 0;
    }
    *ret_buffer = bytes;
    return (la_ssize_t)size;
}

static la_ssize_t read_there(struct archive *archive, void *data, const void **ret_buffer)
{
    struct container *container = data;
    struct cor_stream *below = container->base.below;
    size_t got = 0;
    if (below->kind->at(below, container->position, container->chunk, CHUNK, &got) != COR_OK)
        return read_failed(archive, below);
    container->chunk_at = container->position;
    container->chunk_size = got;
    container->position += got;
    *ret_buffer = container->chunk;
    return (la_ssize_t)got;
}

static la_int64_t skip_there(struct archive *archive, void *data, la_int64_t request)
{
    struct container *container = data;
    uint64_t size = container->base.below->size;
    (void)archive;
    if (request < 0 || container->position >= size)
        return 0;
    uint64_t left = size - container->position;
    uint64_t step = (uint64_t)request < left ? (uint64_t)request : left;
    container->position += step;
    return (la_int64_t)step;
}

static la_int64_t seek_there(struct archive *archive, void *data, la_int64_t offset, int whence)
{
    struct container *container = data;
    int64_t size = (int64_t)container->base.below->size, base = 0, target;
    if (whence == SEEK_CUR)
        base = (int64_t)container->position;
    else if (whence == SEEK_END)
        base = size;
    if (__builtin_add_overflow(base, offset, &target) || target < 0) {
        archive_set_error(archive, EIO, "seek out of range");
        return ARCHIVE_FATAL;
    }
    container->position = target > size ? (uint64_t)size : (uint64_t)target;
    return (la_int64_t)container->position;
}

static const char *error_text(struct archive *archive)
{
    const char *text = archive_error_string(archive);
    return text && *text ? text : "malformed";
}

static enum cor_status error_status(const struct container *container, const char *text)
{
    if (container->base.below->failure != COR_OK)
        return container->base.below->failure;
    if (archive_errno(container->archive) == ENOMEM)
        return COR_NOMEM;
    if (strcasestr(text, "encrypt") || strcasestr(text, "passphrase"))
        return COR_ENCRYPTED;
    if (strcasestr(text, "truncated") || strcasestr(text, "unexpected end"))
        return COR_TRUNCATED;
    if (strcasestr(text, "unsupported") || strcasestr(text, "not supported"))
        return COR_UNSUPPORTED;
    return COR_MALFORMED;
}

// Holes between the stored runs of a sparse file read as zeros.
static size_t copy_part(struct container *container, unsigned char *buffer, size_t size)
{
    bool hole = container->given < container->block_at;
    uint64_t left = hole ? container->block_at - container->given : container->block_size;
    if (size > left)
        size = (size_t)left;
    if (hole)
        memset(buffer, 0, size);
    else if (size) {
        memcpy(buffer, container->block, size);
        container->block += size;
        container->block_size -= size;
        container->block_at += size;
    }
    container->given += size;
    return size;
}

// Formats that store entries as they are say nowhere through the library where: its position is
// believed only when the bytes there are the entry's.
static void see_whether_plain(struct container *container, const unsigned char *bytes, size_t size)
{
    static const char *const stored[] = {"tar", "ar", "vib", "iso9660"};
    bool is_stored = false;
    for (size_t i = 0; i < sizeof stored / sizeof *stored; i++)
        is_stored |= strcmp(stored[i], container->format->name) == 0;
    la_int64_t at = archive_filter_bytes(container->archive, 0);
    if (!is_stored || at < 0 || archive_entry_sparse_count(container->entry) > 0)
        return;
    const struct cor_stream *below = container->base.below;
    uint64_t begin = container->format->seeks ? container->chunk_at : container->handed_at;
    size_t there = container->format->seeks ? container->chunk_size : container->handed;
    const unsigned char *run =
        container->format->seeks ? container->chunk : below->window + below->begin;
    if ((uint64_t)at < begin || (uint64_t)at - begin >= there)
        return;
    size_t skipped = (size_t)((uint64_t)at - begin), shared = there - skipped;
    if (memcmp(run + skipped, bytes, shared < size ? shared : size) != 0)
        return;
    container->data.plain = true;
    container->data.plain_at = (uint64_t)at;
}

static enum cor_status next_block(struct container *container, bool *ret_end)
{
    const void *bytes = NULL;
    size_t size = 0;
    la_int64_t at = 0;
    locale_t before = enter_locale();
    int result = archive_read_data_block(container->archive, &bytes, &size, &at);
    leave_locale(before);
    if (result < ARCHIVE_WARN) {
        const char *text = error_text(container->archive);
        return cor_stream_fail(&container->data, error_status(container, text), "%s", text);
    }
    *ret_end = result == ARCHIVE_EOF;
    container->block = bytes;
    container->block_size = *ret_end ? 0 : size;
    if (!container->began && container->block_size && at == 0)
        see_whether_plain(container, bytes, size);
    container->began = true;
    // Holes are a matter of tar; the reader of xar counts on from entry to entry.
    bool holes = strcmp(container->format->name, "tar") == 0 && at >= 0;
    container->block_at = holes ? (uint64_t)at : container->given;
    if (container->block_at < container->given && container->block_size)
        return cor_stream_fail(&container->data, COR_MALFORMED, "overlapping parts");
    return COR_OK;
}

static enum cor_status data_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct container *container =
        (struct container *)((char *)stream - offsetof(struct container, data));
    bool end = false;
    while (container->block_size == 0 && container->given >= container->block_at && !end) {
        enum cor_status status = next_block(container, &end);
        if (status != COR_OK)
            return status;
    }
    *ret_got = copy_part(container, buffer, size);
    return COR_OK;
}

static void data_close(struct cor_stream *stream)
{
    (void)stream;
}

static void prepare_data(struct container *container)
{
    struct archive_entry *entry = container->entry;
    la_int64_t size = archive_entry_size(entry);
    bool known = archive_entry_size_is_set(entry) && size >= 0;
    cor_stream_reset(&container->data, known ? (uint64_t)size : COR_SIZE_UNKNOWN);
    container->data.meter = container->base.meter;
    container->block_size = 0;
    container->block_at = container->given = 0;
    container->began = false;
}

static enum cor_entry_kind kind_of(struct archive_entry *entry, const char *name)
{
    size_t length = name ? strlen(name) : 0;
    if (archive_entry_hardlink(entry) && archive_entry_size(entry) == 0)
        return COR_ENTRY_HARDLINK;
    switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
        return COR_ENTRY_FILE;
    case AE_IFLNK:
        return COR_ENTRY_SYMLINK;
    case AE_IFDIR:
        return COR_ENTRY_FOLDER;
    case 0:
        return length && name[length - 1] == '/' ? COR_ENTRY_FOLDER : COR_ENTRY_FILE;
    default:
        return COR_ENTRY_SPECIAL;
    }
}

// The symbol and name tables that `ar` keeps as members.
static bool is_overhead(const struct container *container, const char *name)
{
    if (!name ||
        (strcmp(container->format->name, "ar") != 0 && strcmp(container->format->name, "vib") != 0))
        return false;
    return strcmp(name, "/") == 0 || strcmp(name, "//") == 0 || strcmp(name, "/SYM64/") == 0 ||
           strncmp(name, "__.SYMDEF", 9) == 0;
}

static void describe(struct container *container, struct cor_entry *ret_entry)
{
    struct archive_entry *entry = container->entry;
    const char *name = archive_entry_pathname(entry);
    if (!name)
        name = archive_entry_pathname_utf8(entry);
    prepare_data(container);
    *ret_entry = (struct cor_entry){.name = name,
                                    .kind = kind_of(entry, name),
                                    .mode = (uint32_t)archive_entry_perm(entry),
                                    .link = archive_entry_hardlink(entry),
                                    .sparse = archive_entry_sparse_count(entry) > 0,
                                    .data = &container->data};
    if (ret_entry->kind == COR_ENTRY_SYMLINK)
        ret_entry->link = archive_entry_symlink(entry);
    if (archive_entry_is_data_encrypted(entry) > 0) {
        ret_entry->unread = COR_ENCRYPTED;
        ret_entry->unread_reason = "encrypted";
    }
}

// These are read from front to back, and nothing in their headers says where they end.
static bool ends_where_read(const struct container *container)
{
    static const char *const names[] = {"rar", "rar5", "lha"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], container->format->name) == 0)
            return true;
    return false;
}

// The end by the archive's own tables; where they do not tell, what follows stays unread.
static enum cor_status end_by_tables(struct container *container)
{
    struct cor_container *base = &container->base;
    la_int64_t read = archive_filter_bytes(container->archive, 0);
    enum cor_status status = COR_OK;
    if (strcmp(container->format->name, "zip") == 0)
        base->end = cor_zip_end(base->below);
    else if (strcmp(container->format->name, "xar") == 0)
        status = cor_xar_end(base->below, &base->end);
    else if (ends_where_read(container) && read > 0)
        base->end = (uint64_t)read;
    if (base->end && strcmp(container->format->name, "rar5") == 0)
        base->end = cor_rar5_end(base->below, base->end);
    if (status == COR_NOMEM)
        return cor_container_fail(base, COR_NOMEM, "out of memory");
    return status == COR_OK
               ? COR_END
               : cor_container_fail(base, status, "its table does not tell where it ends");
}

// A streaming reader stops at its end mark; what was handed to it beyond belongs to a trailer.
static enum cor_status archive_end(struct container *container)
{
    struct cor_container *base = &container->base;
    la_int64_t end = archive_filter_bytes(container->archive, 0);
    if (container->format->seeks)
        return end_by_tables(container);
    if (end > 0 && (uint64_t)end >= container->handed_at &&
        (uint64_t)end - container->handed_at < container->handed)
        container->handed = (size_t)((uint64_t)end - container->handed_at);
    take_back(container);
    if (strcmp(container->format->name, "tar") == 0 && container->hit_end && !container->last_zero)
        return cor_container_fail(base, COR_TRUNCATED, "no end mark, cut short");
    // Less than an entry's header stands at the end, and libarchive took it.
    bool is_ar =
        strcmp(container->format->name, "ar") == 0 || strcmp(container->format->name, "vib") == 0;
    if (is_ar && end > 0 && (uint64_t)end < base->below->offset)
        return cor_container_fail(base, COR_TRUNCATED, "%llu bytes at the end are no entry",
                                  (unsigned long long)(base->below->offset - (uint64_t)end));
    if (container->is_deb && !container->has_deb_data)
        return cor_container_fail(base, COR_TRUNCATED,
                                  "no data.tar in a Debian package, cut short");
    return COR_END;
}

static enum cor_status archive_failed(struct container *container)
{
    const char *text = error_text(container->archive);
    return cor_container_fail(&container->base, error_status(container, text), "%s", text);
}

static void look_for_deb(struct container *container, const char *name)
{
    if (strcmp(container->format->name, "ar") != 0 || !name)
        return;
    if (container->entries == 0)
        container->is_deb = strcmp(name, "debian-binary") == 0;
    container->has_deb_data |= strncmp(name, "data.tar", 8) == 0;
}

static enum cor_status archive_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct container *container = (struct container *)base;
    struct cor_entry entry = {0};
    do {
        locale_t before = enter_locale();
        int result = archive_read_next_header(container->archive, &container->entry);
        if (result >= ARCHIVE_WARN && result != ARCHIVE_EOF)
            describe(container, &entry);
        leave_locale(before);
        if (result == ARCHIVE_EOF)
            return archive_end(container);
        if (result < ARCHIVE_WARN)
            return archive_failed(container);
    } while (is_overhead(container, entry.name));
    look_for_deb(container, entry.name);
    container->entries++;
    *ret_entry = entry;
    return COR_OK;
}

static void archive_close(struct cor_container *base)
{
    struct container *container = (struct container *)base;
    locale_t before = enter_locale();
    if (container->archive)
        archive_read_free(container->archive);
    leave_locale(before);
    cor_free(container->chunk);
    cor_free(container->data.window);
    cor_free(container);
}

static int support(struct container *container)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(readers[i].name, container->format->name) == 0)
            return readers[i].support(container->archive);
    return ARCHIVE_FATAL;
}

static int open_archive(struct container *container)
{
    struct archive *archive = container->archive;
    if (support(container) < ARCHIVE_WARN)
        return ARCHIVE_FATAL;
    archive_read_set_callback_data(archive, container);
    if (!container->format->seeks) {
        archive_read_set_read_callback(archive, read_on);
        return archive_read_open1(archive);
    }
    archive_read_set_read_callback(archive, read_there);
    archive_read_set_skip_callback(archive, skip_there);
    archive_read_set_seek_callback(archive, seek_there);
    return archive_read_open1(archive);
}

struct cor_container *cor_archive_open(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_container_kind kind = {archive_next, archive_close};
    static const struct cor_stream_kind data_kind = {data_pull, NULL, data_close};
    struct container *container = cor_alloc_zero(1, sizeof *container);
    if (!container)
        return NULL;
    container->base = (struct cor_container){.kind = &kind, .below = below};
    container->format = format;
    container->data =
        (struct cor_stream){.kind = &data_kind, .below = below, .size = COR_SIZE_UNKNOWN};
    container->archive = archive_read_new();
    if (format->seeks)
        container->chunk = cor_alloc(CHUNK);
    if (!container->archive || (format->seeks && !container->chunk)) {
        archive_close(&container->base);
        return NULL;
    }
    locale_t before = enter_locale();
    if (open_archive(container) < ARCHIVE_WARN)
        (void)archive_failed(container);
    leave_locale(before);
    return &container->base;
}
