// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Intel HEX and Motorola S-records: bytes for addresses, as text with a sum in each line. Each run
// of addresses without a gap is a member, named by its first address.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "intake/format.h"
#include "intake/formats/rows.h"

enum { LONGEST_LINE = 2 * 260 + 8, MOST_BYTES = 260 };

struct record {
    bool data, end;
    uint64_t address;
    size_t size;
    unsigned char bytes[MOST_BYTES];
};

struct records {
    struct cor_container base;
    // One line's bytes; false when it is no record.
    bool (*decode)(struct records *records, const char *line, size_t size, struct record *record);
    uint64_t segment;     // Intel HEX: what addresses are added to
    struct record record; // the next data to be given, unless `spent`
    size_t given;
    bool spent, ended;
    uint64_t line, next_address;
    struct cor_stream data;
    char name[32];
};

static int digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

// Pairs of digits; *ret_sum is the sum of all of them.
static bool bytes_of(const char *text, size_t size, unsigned char *bytes, size_t *ret_count,
                     unsigned *ret_sum)
{
    if (size % 2 || size / 2 > MOST_BYTES)
        return false;
    *ret_sum = 0;
    *ret_count = size / 2;
    for (size_t i = 0; i < size / 2; i++) {
        int high = digit(text[2 * i]), low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        bytes[i] = (unsigned char)(high << 4 | low);
        *ret_sum += bytes[i];
    }
    return true;
}

static uint32_t be16(const unsigned char *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static bool decode_intel(struct records *records, const char *line, size_t size,
                         struct record *record)
{
    unsigned char raw[MOST_BYTES];
    size_t count;
    unsigned sum;
    if (size < 11 || line[0] != ':' || !bytes_of(line + 1, size - 1, raw, &count, &sum) ||
        count != raw[0] + 5U || sum & 0xff)
        return false;
    unsigned type = raw[3];
    *record = (struct record){.data = type == 0, .end = type == 1, .size = raw[0]};
    if (type > 5 || ((type == 2 || type == 4) && raw[0] != 2))
        return false;
    if (records && (type == 2 || type == 4))
        records->segment = (uint64_t)be16(raw + 4) << (type == 2 ? 4 : 16);
    record->address = (records ? records->segment : 0) + be16(raw + 1);
    memcpy(record->bytes, raw + 4, raw[0]);
    return true;
}

static bool decode_motorola(struct records *records, const char *line, size_t size,
                            struct record *record)
{
    static const unsigned char address_size[10] = {2, 2, 3, 4, 0, 2, 3, 4, 3, 2};
    unsigned char raw[MOST_BYTES];
    size_t count;
    unsigned sum;
    (void)records;
    if (size < 10 || line[0] != 'S' || line[1] < '0' || line[1] > '9' || line[1] == '4' ||
        !bytes_of(line + 2, size - 2, raw, &count, &sum) || count != raw[0] + 1U ||
        (sum & 0xff) != 0xff)
        return false;
    unsigned type = (unsigned)(line[1] - '0'), address = address_size[type];
    if (raw[0] < address + 1U)
        return false;
    *record = (struct record){
        .data = type >= 1 && type <= 3, .end = type >= 7, .size = raw[0] - address - 1U};
    for (size_t i = 0; i < address; i++)
        record->address = record->address << 8 | raw[1 + i];
    memcpy(record->bytes, raw + 1 + address, record->size);
    return true;
}

// A line without its end; false when there is none, or it is too long.
static bool find_line(const char *text, size_t there, size_t *ret_size, size_t *ret_whole)
{
    const char *end = memchr(text, '\n', there < LONGEST_LINE ? there : LONGEST_LINE);
    if (!end && there > LONGEST_LINE)
        return false;
    size_t size = end ? (size_t)(end - text) : there;
    *ret_whole = end ? size + 1 : size;
    while (size && (text[size - 1] == '\r' || text[size - 1] == ' '))
        size--;
    *ret_size = size;
    return true;
}

// The next record with data; COR_END behind the last one.
static enum cor_status next_record(struct records *records)
{
    struct cor_container *base = &records->base;
    while (!records->ended) {
        const unsigned char *text;
        size_t size, whole, there = cor_stream_peek(base->below, LONGEST_LINE + 1, &text);
        if (there == 0)
            return base->below->failure != COR_OK
                       ? cor_container_fail(base, base->below->failure, "%s", base->below->reason)
                       : cor_container_fail(base, COR_TRUNCATED, "no end record, cut short");
        records->line++;
        if (!find_line((const char *)text, there, &size, &whole) ||
            (size && !records->decode(records, (const char *)text, size, &records->record)))
            return cor_container_fail(base, COR_MALFORMED, "line %llu is no record",
                                      (unsigned long long)records->line);
        cor_stream_consume(base->below, whole);
        records->ended = size && records->record.end;
        records->given = 0;
        if (size && records->record.data && records->record.size)
            return COR_OK;
    }
    return COR_END;
}

static enum cor_status data_pull(struct cor_stream *stream, unsigned char *buffer, size_t size,
                                 size_t *ret_got)
{
    struct records *records = (struct records *)((char *)stream - offsetof(struct records, data));
    const struct record *record = &records->record;
    while (*ret_got < size) {
        if (records->spent || records->given == record->size) {
            enum cor_status status = records->spent ? COR_END : next_record(records);
            records->spent = status != COR_OK;
            if (status == COR_END || (status == COR_OK && record->address != records->next_address))
                return COR_OK;
            if (status != COR_OK)
                return cor_stream_fail(stream, status, "%s", records->base.reason);
        } else if (records->given == 0 && record->address != records->next_address)
            return COR_OK;
        size_t step = record->size - records->given;
        if (step > size - *ret_got)
            step = size - *ret_got;
        memcpy(buffer + *ret_got, record->bytes + records->given, step);
        records->given += step;
        records->next_address += step;
        *ret_got += step;
    }
    return COR_OK;
}

static void data_close(struct cor_stream *stream)
{
    (void)stream;
}

static enum cor_status records_next(struct cor_container *base, struct cor_entry *ret_entry)
{
    struct records *records = (struct records *)base;
    enum cor_status status = COR_OK;
    // What nobody wanted of the run before.
    while (cor_stream_skip(&records->data, 1 << 20) > 0)
        continue;
    if (base->failure != COR_OK)
        return base->failure;
    if (records->line == 0)
        status = next_record(records);
    else if (records->spent)
        status = COR_END;
    if (status != COR_OK)
        return status;
    cor_stream_reset(&records->data, COR_SIZE_UNKNOWN);
    records->data.meter = base->meter;
    records->next_address = records->record.address;
    snprintf(records->name, sizeof records->name, "0x%08" PRIx64, records->record.address);
    *ret_entry =
        (struct cor_entry){.name = records->name, .kind = COR_ENTRY_FILE, .data = &records->data};
    return COR_OK;
}

static void records_close(struct cor_container *base)
{
    cor_free(((struct records *)base)->data.window);
    cor_free(base);
}

static struct cor_container *open_records(const struct cor_format *format, struct cor_stream *below)
{
    static const struct cor_container_kind kind = {records_next, records_close};
    static const struct cor_stream_kind data_kind = {data_pull, NULL, data_close};
    struct records *records = cor_alloc_zero(1, sizeof *records);
    if (!records)
        return NULL;
    records->base = (struct cor_container){.kind = &kind, .below = below};
    records->data = (struct cor_stream){.kind = &data_kind, .below = below, .ended = true};
    records->decode = format == &cor_format_intel_hex ? decode_intel : decode_motorola;
    return &records->base;
}

// Two records in the first two lines, or one that is all there is.
static unsigned bid_with(bool (*decode)(struct records *, const char *, size_t, struct record *),
                         const unsigned char *head, size_t size)
{
    struct record record;
    size_t line, whole, at = 0;
    for (int i = 0; i < 2 && at < size; i++) {
        const char *text = (const char *)head + at;
        if (!find_line(text, size - at, &line, &whole) || !decode(NULL, text, line, &record))
            return 0;
        at += whole;
    }
    return at ? 64 : 0;
}

static unsigned bid_intel(const unsigned char *head, size_t size)
{
    return bid_with(decode_intel, head, size);
}

static unsigned bid_motorola(const unsigned char *head, size_t size)
{
    return bid_with(decode_motorola, head, size);
}

const struct cor_format cor_format_intel_hex = {.name = "intel-hex",
                                                .magic = {0, 1, ":"},
                                                .bid = bid_intel,
                                                .open = open_records,
                                                .trails = true};
const struct cor_format cor_format_srec = {.name = "srec",
                                           .magic = {0, 1, "S"},
                                           .bid = bid_motorola,
                                           .open = open_records,
                                           .trails = true};
