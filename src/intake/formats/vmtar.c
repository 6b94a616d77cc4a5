// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// VMware's "visor tar": a tar whose headers come first, with the place of each entry's data in the
// header. Read with random access; the data need not follow the order of the headers.
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/checked.h"
#include "intake/formats/rows.h"

enum {
    BLOCK = 512,
    NAME = 0,
    NAME_SIZE = 100,
    SIZE = 124,
    CHECKSUM = 148,
    TYPE = 156,
    MAGIC = 257,
    PREFIX = 345,
    PREFIX_SIZE = 151,
    DATA_OFFSET = 496,
    LONGEST_NAME = 64 << 10
};

struct vmtar {
    struct cor_container base;
    uint64_t at;         // of the next header
    uint64_t data_end;   // behind the last entry's data
    uint64_t data_total; // of all entries so far; more than the archive holds means overlaps
    struct cor_stream *data;
    struct cor_buffer name, long_name;
};

struct header {
    unsigned char raw[BLOCK];
    uint64_t size, offset;
    bool visor;
};

static uint64_t octal(const unsigned char *field, size_t size)
{
    uint64_t number = 0;
    for (size_t i = 0; i < size; i++)
        if (field[i] >= '0' && field[i] <= '7')
            number = number << 3 | (uint64_t)(field[i] - '0');
        else if (field[i] != ' ')
            break;
    return number;
}

// VMware's own tool sums signed characters, others unsigned ones.
static bool sum_holds(const unsigned char *raw)
{
    int64_t plain = 0, with_sign = 0;
    for (size_t i = 0; i < BLOCK; i++) {
        unsigned char byte = i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : raw[i];
        plain += byte;
        with_sign += (signed char)byte;
    }
    int64_t stored = (int64_t)octal(raw + CHECKSUM, 8);
    return stored == plain || stored == with_sign;
}

static bool all_zero(const unsigned char *raw)
{
    return raw[0] == 0 && memcmp(raw, raw + 1, BLOCK - 1) == 0;
}

static enum cor_status read_header(struct vmtar *vmtar, struct header *header)
{
    struct cor_stream *below = vmtar->base.below;
    if (!cor_stream_read_at(below, vmtar->at, header->raw, BLOCK))
        return below->failure != COR_OK
                   ? cor_container_fail(&vmtar->base, below->failure, "%s", below->reason)
                   : cor_container_fail(&vmtar->base, COR_TRUNCATED, "no end mark, cut short");
    if (all_zero(header->raw))
        return COR_END;
    header->visor = memcmp(header->raw + MAGIC, "visor ", 6) == 0;
    if ((!header->visor && memcmp(header->raw + MAGIC, "ustar", 5) != 0) || !sum_holds(header->raw))
        return cor_container_fail(&vmtar->base, COR_MALFORMED, "bad header at offset %llu",
                                  (unsigned long long)vmtar->at);
    header->size = octal(header->raw + SIZE, 12);
    header->offset = header->visor ? cor_le32(header->raw + DATA_OFFSET) : 0;
    return COR_OK;
}

static uint64_t padded(uint64_t size)
{
    return (size + BLOCK - 1) & ~(uint64_t)(BLOCK - 1);
}

// Where the entry's data stand; passes the header and what follows it in place.
static uint64_t place(struct vmtar *vmtar, const struct header *header)
{
    uint64_t offset = header->offset;
    vmtar->at += BLOCK;
    if (offset == 0 && header->size) {
        offset = vmtar->at;
        vmtar->at += padded(header->size);
    }
    vmtar->data_total += header->size;
    if (offset + header->size > vmtar->data_end)
        vmtar->data_end = offset + header->size;
    return offset;
}

static enum cor_status append_field(struct cor_buffer *buffer, const unsigned char *field,
                                    size_t size)
{
    return cor_buffer_append(buffer, field, strnlen((const char *)field, size));
}

static enum cor_status make_name(struct vmtar *vmtar, const struct header *header)
{
    size_t prefix = header->visor ? PREFIX_SIZE : PREFIX_SIZE + 4;
    enum cor_status status = COR_OK;
    vmtar->name.size = 0;
    if (vmtar->long_name.size) {
        status = append_field(&vmtar->name, (unsigned char *)vmtar->long_name.data,
                              vmtar->long_name.size);
        vmtar->long_name.size = 0;
        return status;
    }
    if (header->raw[PREFIX]) {
        status = append_field(&vmtar->name, header->raw + PREFIX, prefix);
        if (status == COR_OK)
            status = cor_buffer_append(&vmtar->name, "/", 1);
    }
    return status == COR_OK ? append_field(&vmtar->name, header->raw + NAME, NAME_SIZE) : status;
}

// GNU's long names: the name is the data of an entry of its own.
static enum cor_status take_long_name(struct vmtar *vmtar, const struct header *header)
{
    uint64_t offset = place(vmtar, header);
    if (header->raw[TYPE] != 'L')
        return COR_OK;
    vmtar->long_name.size = 0;
    char *room = header->size < LONGEST_NAME
                     ? cor_buffer_room(&vmtar->long_name, (size_t)header->size)
                     : NULL;
    if (!room)
        return header->size < LONGEST_NAME
                   ? cor_container_fail(&vmtar->base, COR_NOMEM, "out of memory")
                   : cor_container_fail(&vmtar->base, COR_MALFORMED, "a name is too long");
    if (!cor_stream_read_at(vmtar->base.below, offset, room, (size_t)header->size))
        return cor_container_fail(&vmtar->base, COR_TRUNCATED, "cut short in a long name");
    vmtar->long_name.size += (size_t)header->size;
    return COR_OK;
}

static enum cor_entry_kind kind_of(unsigned char type)
{
    static const struct {
        unsigned char type;
        enum cor_entry_kind kind;
    } kinds[] = {{'1', COR_ENTRY_HARDLINK}, {'2', COR_ENTRY_SYMLINK}, {'3', COR_ENTRY_SPECIAL},
                 {'4', COR_ENTRY_SPECIAL},  {'5', COR_ENTRY_FOLDER},  {'6', COR_ENTRY_SPECIAL}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == type)
            return kinds[i].kind;
    return COR_ENTRY_FILE;
}

static enum cor_status emit(struct vmtar *vmtar, struct header *header, struct cor_entry *ret_entry)
{
    if (make_name(vmtar, header) != COR_OK)
        return cor_container_fail(&vmtar->base, COR_NOMEM, "out of memory");
    enum cor_entry_kind kind = kind_of(header->raw[TYPE]);
    uint64_t size = kind == COR_ENTRY_FILE ? header->size : 0;
    if (size == 0)
        header->offset = header->size = 0;
    uint64_t offset = place(vmtar, header);
    if (vmtar->data_total > vmtar->base.below->size)
        return cor_container_fail(&vmtar->base, COR_MALFORMED, "entries overlap, or are cut short");
    cor_stream_close(vmtar->data);
    vmtar->data = cor_stream_range(vmtar->base.below, offset, size);
    if (!vmtar->data)
        return cor_container_fail(&vmtar->base, COR_NOMEM, "out of memory");
    vmtar->data->meter = vmtar->base.meter;
    header->raw[TYPE] = 0; // ends the link's name
    *ret_entry = (struct cor_entry){
        .name = vmtar->name.data ? vmtar->name.data : "", .kind = kind, .data = vmtar->data};
    if (!cor_range_fits(offset, size, vmtar->base.below->size)) {
        ret_entry->unread = COR_TRUNCATED;
        ret_entry->unread_reason = "its data lie outside the archive";
    }
    return COR_OK;
}

static enum cor_status vmtar_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct vmtar *vmtar = (struct vmtar *)base;
    struct header header;
    for (;;) {
        enum cor_status status = read_header(vmtar, &header);
        if (status == COR_END) // what follows is told: a signature, say
            base->end = vmtar->data_end > vmtar->at + BLOCK ? vmtar->data_end : vmtar->at + BLOCK;
        if (status != COR_OK)
            return status;
        if (header.raw[TYPE] != 'L' && header.raw[TYPE] != 'K')
            return emit(vmtar, &header, ret_entry);
        status = take_long_name(vmtar, &header);
        if (status != COR_OK)
            return status;
    }
}

static void vmtar_close(struct cor_container *base)
{
    struct vmtar *vmtar = (struct vmtar *)base;
    cor_stream_close(vmtar->data);
    cor_buffer_dispose(&vmtar->name);
    cor_buffer_dispose(&vmtar->long_name);
    cor_free(vmtar);
}

static struct cor_container *open_vmtar(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_container_kind kind = {vmtar_next, vmtar_close};
    struct vmtar *vmtar = cor_alloc_zero(1, sizeof *vmtar);
    (void)format;
    if (!vmtar)
        return NULL;
    vmtar->base = (struct cor_container){.kind = &kind, .below = below};
    cor_buffer_init(&vmtar->name, LONGEST_NAME * 2);
    cor_buffer_init(&vmtar->long_name, LONGEST_NAME);
    return &vmtar->base;
}

static unsigned bid(const unsigned char *head, size_t size)
{
    return size >= BLOCK && sum_holds(head) ? 72 : 0;
}

const struct cor_format cor_format_vmtar = {
    .name = "vmtar", .magic = {MAGIC, 6, "visor "}, .bid = bid, .open = open_vmtar, .seeks = true};
