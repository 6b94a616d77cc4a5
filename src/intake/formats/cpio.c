// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// cpio in its four forms (cpio(5); the kernel's initramfs buffer format): "new ASCII" with and
// without sums, "old ASCII", and the binary form of both byte orders.
#include <inttypes.h>
#include <string.h>

#include "base/alloc.h"
#include "base/array.h"
#include "base/buffer.h"
#include "intake/formats/rows.h"

enum { LONGEST_HEADER = 110, LONGEST_NAME = 64 << 10, MOST_PENDING = 4096 };
enum { KIND_MASK = 0170000, LINK = 0120000, FOLDER = 0040000, PLAIN = 0100000 };

struct header {
    uint64_t device, inode, mode, links, size, name_size, sum;
};

// A name of a file with several; the file's bytes come with its last name.
struct pending {
    uint64_t device, inode;
    char *name;
};

struct form;

struct cpio {
    struct cor_container base;
    const struct form *form;
    struct header header;
    struct cor_stream data;
    uint64_t begin, end; // of the entry's data in `below`
    uint32_t sum;
    struct cor_buffer name, link;
    COR_ARRAY(struct pending) pending;
    bool linking; // names of the last entry are still to be told
    bool at_end;  // the end mark was met
};

struct form {
    size_t size, pad;
    bool sums, last_has_data;
    bool (*matches)(const unsigned char *head);
    bool (*parse)(const unsigned char *head, struct header *header);
};

static bool number(const unsigned char *text, size_t size, unsigned base, uint64_t *ret_number)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = text[i] | 0x20;
        unsigned digit = text[i] >= '0' && text[i] <= '9' ? text[i] - (unsigned)'0'
                         : byte >= 'a' && byte <= 'f'     ? byte - (unsigned)'a' + 10U
                                                          : 99;
        if (digit >= base)
            return false;
        value = value * base + digit;
    }
    *ret_number = value;
    return true;
}

static bool is_new(const unsigned char *head)
{
    return memcmp(head, "070701", 6) == 0;
}

static bool is_summed(const unsigned char *head)
{
    return memcmp(head, "070702", 6) == 0;
}

static bool is_old(const unsigned char *head)
{
    return memcmp(head, "070707", 6) == 0;
}

static bool is_little(const unsigned char *head)
{
    return head[0] == 0xc7 && head[1] == 0x71;
}

static bool is_big(const unsigned char *head)
{
    return head[0] == 0x71 && head[1] == 0xc7;
}

static bool parse_new(const unsigned char *head, struct header *header)
{
    uint64_t fields[13];
    for (size_t i = 0; i < 13; i++)
        if (!number(head + 6 + 8 * i, 8, 16, &fields[i]))
            return false;
    *header = (struct header){.inode = fields[0],
                              .mode = fields[1],
                              .links = fields[4],
                              .size = fields[6],
                              .device = fields[7] << 32 | fields[8],
                              .name_size = fields[11],
                              .sum = fields[12]};
    return true;
}

static bool parse_old(const unsigned char *head, struct header *header)
{
    return number(head + 6, 6, 8, &header->device) && number(head + 12, 6, 8, &header->inode) &&
           number(head + 18, 6, 8, &header->mode) && number(head + 36, 6, 8, &header->links) &&
           number(head + 59, 6, 8, &header->name_size) && number(head + 65, 11, 8, &header->size);
}

static void parse_binary(const uint32_t *words, struct header *header)
{
    *header = (struct header){.device = words[1],
                              .inode = words[2],
                              .mode = words[3],
                              .links = words[4],
                              .name_size = words[10],
                              .size = (uint64_t)words[11] << 16 | words[12]};
}

static bool parse_little(const unsigned char *head, struct header *header)
{
    uint32_t words[13];
    for (size_t i = 0; i < 13; i++)
        words[i] = cor_le16(head + 2 * i);
    parse_binary(words, header);
    return true;
}

static bool parse_big(const unsigned char *head, struct header *header)
{
    uint32_t words[13];
    for (size_t i = 0; i < 13; i++)
        words[i] = (uint32_t)head[2 * i] << 8 | head[2 * i + 1];
    parse_binary(words, header);
    return true;
}

static const struct form forms[] = {
    {110, 4, .last_has_data = true, .matches = is_new, .parse = parse_new},
    {110, 4, .sums = true, .last_has_data = true, .matches = is_summed, .parse = parse_new},
    {76, 1, .matches = is_old, .parse = parse_old},
    {26, 2, .matches = is_little, .parse = parse_little},
    {26, 2, .matches = is_big, .parse = parse_big},
};

static const struct form *form_of(const unsigned char *head, size_t size)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (size >= forms[i].size && forms[i].matches(head))
            return &forms[i];
    return NULL;
}

static uint64_t padding(uint64_t size, uint64_t pad)
{
    return (pad - size % pad) % pad;
}

static enum cor_status cut_short(struct cpio *cpio, const char *text)
{
    const struct cor_stream *below = cpio->base.below;
    return below->failure != COR_OK
               ? cor_container_fail(&cpio->base, below->failure, "%s", below->reason)
               : cor_container_fail(&cpio->base, COR_TRUNCATED, "%s", text);
}

static enum cor_status no_memory(struct cpio *cpio)
{
    return cor_container_fail(&cpio->base, COR_NOMEM, "out of memory");
}

static enum cor_status skip(struct cpio *cpio, uint64_t size)
{
    if (cor_stream_skip(cpio->base.below, size) == size)
        return COR_OK;
    return cut_short(cpio, "no end mark, cut short");
}

static enum cor_status read_name(struct cpio *cpio)
{
    struct cor_stream *below = cpio->base.below;
    size_t size = (size_t)cpio->header.name_size;
    cpio->name.size = 0;
    char *room = cor_buffer_room(&cpio->name, size);
    if (!room)
        return no_memory(cpio);
    if (cor_stream_read(below, (unsigned char *)room, size) != size)
        return cut_short(cpio, "no end mark, cut short");
    room[size - 1] = '\0';
    cpio->name.size = size;
    return skip(cpio, padding(cpio->form->size + size, cpio->form->pad));
}

static enum cor_status read_header(struct cpio *cpio)
{
    struct cor_stream *below = cpio->base.below;
    const unsigned char *head;
    size_t size = cor_stream_peek(below, LONGEST_HEADER, &head);
    const struct form *form = form_of(head, size);
    if (!form || !form->parse(head, &cpio->header) || cpio->header.name_size == 0 ||
        cpio->header.name_size > LONGEST_NAME) {
        return size < LONGEST_HEADER
                   ? cut_short(cpio, "no end mark, cut short")
                   : cor_container_fail(&cpio->base, COR_MALFORMED, "bad header at offset %" PRIu64,
                                        below->offset);
    }
    cpio->form = form;
    cor_stream_consume(below, form->size);
    return read_name(cpio);
}

static enum cor_status pass_data(struct cpio *cpio)
{
    struct cor_stream *below = cpio->base.below;
    uint64_t left = cpio->end - below->offset, size = cpio->end - cpio->begin;
    return skip(cpio, cpio->form ? left + padding(size, cpio->form->pad) : 0);
}

static enum cor_status data_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct cpio *cpio = (struct cpio *)((char *)stream - offsetof(struct cpio, data));
    struct cor_stream *below = cpio->base.below;
    uint64_t left = cpio->end - below->offset;
    if (size > left)
        size = (size_t)left;
    *ret_got = cor_stream_read(below, buffer, size);
    for (size_t i = 0; i < *ret_got; i++)
        cpio->sum += buffer[i];
    if (*ret_got < size && below->failure != COR_OK)
        return cor_stream_fail(stream, below->failure, "%s", below->reason);
    if (*ret_got < size)
        return cor_stream_fail(stream, COR_TRUNCATED, "the archive ends");
    if (size == 0 && cpio->form->sums && cpio->sum != (uint32_t)cpio->header.sum)
        return cor_stream_fail(stream, COR_MALFORMED, "its bytes do not have the stored sum");
    return COR_OK;
}

static void data_close(struct cor_stream *stream)
{
    (void)stream;
}

static enum cor_entry_kind kind_of(uint64_t mode)
{
    uint64_t kind = mode & KIND_MASK;
    return kind == PLAIN || kind == 0 ? COR_ENTRY_FILE
           : kind == FOLDER           ? COR_ENTRY_FOLDER
           : kind == LINK             ? COR_ENTRY_SYMLINK
                                      : COR_ENTRY_SPECIAL;
}

static void describe(struct cpio *cpio, struct cor_entry *ret_entry)
{
    enum cor_entry_kind kind = kind_of(cpio->header.mode);
    cor_stream_reset(&cpio->data, cpio->header.size);
    cpio->data.meter = cpio->base.meter;
    cpio->sum = 0;
    *ret_entry = (struct cor_entry){.name = cpio->name.data,
                                    .kind = kind,
                                    .mode = (uint32_t)cpio->header.mode & 07777,
                                    .data = &cpio->data};
}

static enum cor_status hold_back(struct cpio *cpio)
{
    size_t size = cpio->name.size;
    struct pending pending = {cpio->header.device, cpio->header.inode, cor_alloc(size)};
    if (!pending.name || cor_array_add(&cpio->pending, pending) != COR_OK) {
        cor_free(pending.name);
        return no_memory(cpio);
    }
    memcpy(pending.name, cpio->name.data, size);
    return COR_OK;
}

// Another name of the entry that was given last. False when there is none.
static enum cor_status next_link(struct cpio *cpio, struct cor_entry *ret_entry, bool *ret_found)
{
    for (size_t i = 0; i < cpio->pending.count; i++) {
        struct pending pending = cpio->pending.items[i];
        if (pending.device != cpio->header.device || pending.inode != cpio->header.inode)
            continue;
        size_t rest = --cpio->pending.count - i;
        memmove(cpio->pending.items + i, cpio->pending.items + i + 1,
                rest * sizeof *cpio->pending.items);
        cpio->link.size = 0;
        enum cor_status status =
            cor_buffer_append(&cpio->link, pending.name, strlen(pending.name) + 1);
        cor_free(pending.name);
        if (status != COR_OK)
            return no_memory(cpio);
        *ret_entry = (struct cor_entry){.name = cpio->link.data,
                                        .kind = COR_ENTRY_HARDLINK,
                                        .link = cpio->name.data,
                                        .data = &cpio->data};
        *ret_found = true;
        return COR_OK;
    }
    cpio->linking = false;
    return COR_OK;
}

// Behind the end mark: files with several names and no bytes at all.
static enum cor_status next_empty(struct cpio *cpio, struct cor_entry *ret_entry)
{
    if (cpio->pending.count == 0)
        return COR_END;
    struct pending pending = cpio->pending.items[--cpio->pending.count];
    cpio->header = (struct header){.device = pending.device, .inode = pending.inode};
    cpio->begin = cpio->end = cpio->base.below->offset;
    cpio->name.size = 0;
    enum cor_status status = cor_buffer_append(&cpio->name, pending.name, strlen(pending.name) + 1);
    cor_free(pending.name);
    if (status != COR_OK)
        return no_memory(cpio);
    describe(cpio, ret_entry);
    cpio->linking = true;
    return COR_OK;
}

static enum cor_status take_entry(struct cpio *cpio, struct cor_entry *ret_entry, bool *ret_held)
{
    const struct header *header = &cpio->header;
    bool several =
        cpio->form->last_has_data && header->links > 1 && kind_of(header->mode) == COR_ENTRY_FILE;
    cpio->begin = cpio->base.below->offset;
    cpio->end = cpio->begin + header->size;
    *ret_held = several && header->size == 0 && cpio->pending.count < MOST_PENDING;
    if (*ret_held)
        return hold_back(cpio);
    describe(cpio, ret_entry);
    cpio->data.plain = true;
    cpio->data.plain_at = cpio->begin;
    cpio->linking = several;
    return COR_OK;
}

static enum cor_status cpio_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct cpio *cpio = (struct cpio *)base;
    bool found = false;
    enum cor_status status = COR_OK;
    if (cpio->linking)
        status = next_link(cpio, ret_entry, &found);
    if (status != COR_OK || found)
        return status;
    while (!cpio->at_end) {
        bool held = false;
        status = pass_data(cpio);
        if (status == COR_OK)
            status = read_header(cpio);
        if (status != COR_OK)
            return status;
        cpio->at_end = strcmp(cpio->name.data, "TRAILER!!!") == 0;
        if (!cpio->at_end)
            status = take_entry(cpio, ret_entry, &held);
        if (status != COR_OK || (!cpio->at_end && !held))
            return status;
    }
    return next_empty(cpio, ret_entry);
}

static void cpio_close(struct cor_container *base)
{
    struct cpio *cpio = (struct cpio *)base;
    for (size_t i = 0; i < cpio->pending.count; i++)
        cor_free(cpio->pending.items[i].name);
    cor_array_dispose(&cpio->pending);
    cor_buffer_dispose(&cpio->name);
    cor_buffer_dispose(&cpio->link);
    cor_free(cpio->data.window);
    cor_free(cpio);
}

static struct cor_container *open_cpio(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_container_kind kind = {cpio_next, cpio_close};
    static const struct cor_stream_kind data_kind = {data_pull, NULL, data_close};
    struct cpio *cpio = cor_alloc_zero(1, sizeof *cpio);
    (void)format;
    if (!cpio)
        return NULL;
    cpio->base = (struct cor_container){.kind = &kind, .below = below};
    cpio->data = (struct cor_stream){.kind = &data_kind, .below = below};
    cpio->begin = cpio->end = below->offset;
    cor_buffer_init(&cpio->name, LONGEST_NAME + 1);
    cor_buffer_init(&cpio->link, LONGEST_NAME + 1);
    return &cpio->base;
}

static unsigned bid(const unsigned char *head, size_t size)
{
    struct header header;
    const struct form *form = form_of(head, size);
    if (!form || !form->parse(head, &header) || header.name_size == 0)
        return 0;
    if (form->size > 26)
        return 64;
    return header.name_size < 4096 && 26 + header.name_size <= size &&
                   head[26 + header.name_size - 1] == 0
               ? 32
               : 0;
}

const struct cor_format cor_format_cpio = {
    .name = "cpio", .bid = bid, .open = open_cpio, .trails = true};
