// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Archives of tree/ that no stock tool of Debian writes: their entries are stored, not packed.
#include "support.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { ROOM = 1 << 16 };

struct out {
    unsigned char *bytes;
    size_t size;
};

typedef void write_entry(struct out *out, const char *name, const unsigned char *data, size_t size);

static void number(struct out *out, size_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        out->bytes[out->size++] = (unsigned char)(value >> (8 * i));
}

static void run(struct out *out, const void *data, size_t size)
{
    memcpy(out->bytes + out->size, data, size);
    out->size += size;
}

static void text(struct out *out, const char *string)
{
    run(out, string, strlen(string));
}

static uint32_t crc_of(const unsigned char *data, size_t size)
{
    return (uint32_t)crc32(0, data, (uInt)size);
}

static void write_tree(struct out *out, write_entry *entry)
{
    static const char *const names[] = {"tree/a.c", "tree/sub/b.txt", "tree/sub/empty",
                                        "tree/sub/x"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size;
        unsigned char *data = support_read(names[i], &size);
        entry(out, names[i], data, size);
        free(data);
    }
}

static struct out begin(const void *magic, size_t size)
{
    struct out out = {calloc(1, ROOM), 0};
    run(&out, magic, size);
    return out;
}

static void finish(struct out *out, const char *to)
{
    support_write(to, out->bytes, out->size);
    free(out->bytes);
}

// --- LHA, headers of level 0

static uint32_t crc16(const unsigned char *data, size_t size)
{
    uint32_t crc = 0;
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1;
    }
    return crc;
}

static void lha_entry(struct out *out, const char *name, const unsigned char *data, size_t size)
{
    size_t begin_at = out->size;
    unsigned sum = 0;
    number(out, 22 + strlen(name), 2);
    text(out, "-lh0-");
    number(out, size, 4);
    number(out, size, 4);
    number(out, 0x58210000, 4);
    number(out, 0x20, 2);
    number(out, strlen(name), 1);
    text(out, name);
    number(out, crc16(data, size), 2);
    for (size_t i = begin_at + 2; i < out->size; i++)
        sum += out->bytes[i];
    out->bytes[begin_at + 1] = (unsigned char)sum;
    run(out, data, size);
}

void support_lha(const char *to)
{
    struct out out = begin("", 0);
    write_tree(&out, lha_entry);
    number(&out, 0, 1);
    finish(&out, to);
}

// --- RAR 4

static void rar_entry(struct out *out, const char *name, const unsigned char *data, size_t size)
{
    enum { FILE_BLOCK = 0x74, HAS_DATA = 0x8000, HEADER = 32, UNIX = 3, STORED = 0x30 };
    size_t begin_at = out->size;
    number(out, 0, 2);
    number(out, FILE_BLOCK, 1);
    number(out, HAS_DATA, 2);
    number(out, HEADER + strlen(name), 2);
    number(out, size, 4);
    number(out, size, 4);
    number(out, UNIX, 1);
    number(out, crc_of(data, size), 4);
    number(out, 0x58210000, 4);
    number(out, 20, 1);
    number(out, STORED, 1);
    number(out, strlen(name), 2);
    number(out, 0100644, 4);
    text(out, name);
    uint32_t crc = crc_of(out->bytes + begin_at + 2, out->size - begin_at - 2);
    out->bytes[begin_at] = (unsigned char)crc;
    out->bytes[begin_at + 1] = (unsigned char)(crc >> 8);
    run(out, data, size);
}

void support_rar(const char *to)
{
    static const unsigned char head[] = "Rar!\x1a\x07\0\xcf\x90\x73\0\0\x0d\0\0\0\0\0\0\0";
    struct out out = begin(head, sizeof head - 1);
    write_tree(&out, rar_entry);
    run(&out, "\xc4\x3d\x7b\0\x40\x07\0", 7);
    finish(&out, to);
}

// --- RAR 5: numbers of 7 bits to the byte

static void vint(struct out *out, size_t value)
{
    for (; value > 127; value >>= 7)
        number(out, (value & 127) | 128, 1);
    number(out, value, 1);
}

static void rar5_block(struct out *out, const struct out *block)
{
    unsigned char bytes[300];
    struct out sized = {bytes, 0};
    vint(&sized, block->size);
    run(&sized, block->bytes, block->size);
    number(out, crc_of(sized.bytes, sized.size), 4);
    run(out, sized.bytes, sized.size);
}

static void rar5_entry(struct out *out, const char *name, const unsigned char *data, size_t size)
{
    enum { FILE_BLOCK = 2, HAS_DATA = 2, HAS_CRC = 4, UNIX = 1 };
    unsigned char bytes[200];
    struct out block = {bytes, 0};
    vint(&block, FILE_BLOCK);
    vint(&block, HAS_DATA);
    vint(&block, size);
    vint(&block, HAS_CRC);
    vint(&block, size);
    vint(&block, 0100644);
    number(&block, crc_of(data, size), 4);
    vint(&block, 0);
    vint(&block, UNIX);
    vint(&block, strlen(name));
    text(&block, name);
    rar5_block(out, &block);
    run(out, data, size);
}

void support_rar5(const char *to)
{
    unsigned char main_block[] = {1, 0, 0}, end_block[] = {5, 0, 0};
    struct out out = begin("Rar!\x1a\x07\x01", 8);
    rar5_block(&out, &(struct out){main_block, sizeof main_block});
    write_tree(&out, rar5_entry);
    rar5_block(&out, &(struct out){end_block, sizeof end_block});
    finish(&out, to);
}
