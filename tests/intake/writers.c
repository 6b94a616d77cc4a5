// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "support.h"

#include <archive.h>
#include <archive_entry.h>
#include <lzma.h>
#include <lzo/lzo1x.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

void support_tree(void)
{
    support_run("mkdir -p tree/sub; printf 'int a(void)\\n{\\n    return 1;\\n}\\n' >tree/a.c;"
                "seq 1 2000 >tree/sub/b.txt; : >tree/sub/empty;"
                "head -c 3000 /dev/zero | tr '\\0' x >tree/sub/x");
}

static void le32(unsigned char *at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(number >> (8 * i));
}

static void be32(unsigned char *at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(number >> (24 - 8 * i));
}

// --- vmtar: headers first, signed sums, data at stored offsets in another order

static void vmtar_header(unsigned char *header, const char *name, char type, uint32_t size,
                         uint32_t offset)
{
    int sum = 0;
    snprintf((char *)header, 100, "%s", name);
    memcpy(header + 100, "0000644\0000000000\0000000000", 24);
    snprintf((char *)header + 124, 12, "%011o", size);
    memcpy(header + 136, "00000000000", 12);
    memset(header + 148, ' ', 8);
    header[156] = (unsigned char)type;
    memcpy(header + 257, "visor  ", 8);
    le32(header + 496, offset);
    for (int i = 0; i < 512; i++)
        sum += (signed char)header[i];
    snprintf((char *)header + 148, 8, "%06o", (unsigned)sum & 0777777);
    header[155] = ' ';
}

void support_vmtar(const char *path, const char *elf)
{
    size_t elf_size, text_size = 6;
    unsigned char *module = support_read(elf, &elf_size);
    size_t elf_at = 4096, text_at = (elf_at + elf_size + 511) & ~(size_t)511;
    size_t total = text_at + 512;
    unsigned char *image = calloc(1, total);
    vmtar_header(image, "etc/", '5', 0, 0);
    vmtar_header(image + 512, "etc/\xc3\xa4.conf", '0', (uint32_t)text_size, (uint32_t)text_at);
    vmtar_header(image + 1024, "usr/lib/mod", '7', (uint32_t)elf_size, (uint32_t)elf_at);
    memcpy(image + elf_at, module, elf_size);
    memcpy(image + text_at, "hello\n", text_size);
    support_write(path, image, total);
    free(image);
    free(module);
}

// --- lzop

void support_lzop(const char *from, const char *to)
{
    size_t size;
    unsigned char *plain = support_read(from, &size);
    unsigned char *out = calloc(1, size + size / 16 + 200), *at = out;
    static unsigned char work[LZO1X_1_MEM_COMPRESS];
    lzo_uint packed = 0;
    memcpy(at, "\x89LZO\0\r\n\x1a\n\x10\x30\x20\xa0\x09\x40\x01\x05\x00\x00\x00\x01", 21);
    at += 21 + 12; // mode and times
    *at++ = 1;
    *at++ = 'f';
    at += 4; // the header's sum
    be32(at, (uint32_t)size);
    be32(at + 8, (uint32_t)adler32(1, plain, (unsigned)size));
    lzo1x_1_compress(plain, size, at + 12, &packed, work);
    be32(at + 4, (uint32_t)packed);
    at += 12 + packed + 4;
    support_write(to, out, (size_t)(at - out));
    free(out);
    free(plain);
}

// --- lzip

void support_lzip(const char *from, const char *to)
{
    size_t size, at = 6;
    unsigned char *plain = support_read(from, &size);
    unsigned char *out = calloc(1, size + 1000);
    lzma_options_lzma options;
    lzma_stream stream = LZMA_STREAM_INIT;
    lzma_lzma_preset(&options, 6);
    options.dict_size = 1 << 20;
    lzma_filter filters[] = {{LZMA_FILTER_LZMA1, &options}, {LZMA_VLI_UNKNOWN, NULL}};
    memcpy(out, "LZIP\1\x14", 6);
    if (lzma_raw_encoder(&stream, filters) == LZMA_OK) {
        stream.next_in = plain;
        stream.avail_in = size;
        stream.next_out = out + at;
        stream.avail_out = size + 900;
        if (lzma_code(&stream, LZMA_FINISH) == LZMA_STREAM_END)
            at += stream.total_out;
    }
    lzma_end(&stream);
    le32(out + at, lzma_crc32(plain, size, 0));
    le32(out + at + 4, (uint32_t)size);
    le32(out + at + 12, (uint32_t)at + 20);
    support_write(to, out, at + 20);
    free(out);
    free(plain);
}

// --- x86 kernel image

void support_bzimage(const char *payload, const char *to)
{
    size_t size;
    unsigned char *packed = support_read(payload, &size);
    size_t offset = 3 * 512 + 100;
    unsigned char *image = calloc(1, offset + size + 2000);
    image[0x1f1] = 2;
    image[0x1fe] = 0x55;
    image[0x1ff] = 0xaa;
    memcpy(image + 0x202, "HdrS\x0f\x02", 6);
    le32(image + 0x248, 100);
    le32(image + 0x24c, (uint32_t)size);
    memcpy(image + offset, packed, size);
    support_write(to, image, offset + size + 2000);
    free(image);
    free(packed);
}

// --- rpm: two headers that hold nothing of note, and the payload

void support_rpm(const char *payload, const char *to)
{
    size_t size;
    unsigned char *packed = support_read(payload, &size);
    unsigned char *image = calloc(1, 400 + size), *at = image;
    memcpy(at, "\xed\xab\xee\xdb\3\0", 6);
    at += 96;
    memcpy(at, "\x8e\xad\xe8\1", 4);
    be32(at + 8, 1);
    be32(at + 12, 5); // not a multiple of 8: padded
    at += 16 + 16 + 8;
    memcpy(at, "\x8e\xad\xe8\1", 4);
    be32(at + 8, 2);
    be32(at + 12, 7);
    at += 16 + 32 + 7;
    memcpy(at, packed, size);
    support_write(to, image, (size_t)(at - image) + size);
    free(image);
    free(packed);
}

// --- what libarchive writes

static void add_file(struct archive *archive, const char *from, const char *name)
{
    size_t size;
    unsigned char *data = support_read(from, &size);
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_write_header(archive, entry);
    archive_write_data(archive, data, size);
    archive_entry_free(entry);
    free(data);
}

void support_libarchive(const char *format, const char *to)
{
    struct archive *archive = archive_write_new();
    if (archive_write_set_format_by_name(archive, format) != ARCHIVE_OK)
        printf("# libarchive: %s\n", archive_error_string(archive));
    archive_write_set_bytes_in_last_block(archive, 1);
    archive_write_open_filename(archive, to);
    add_file(archive, "tree/a.c", "tree/a.c");
    add_file(archive, "tree/sub/b.txt", "tree/sub/b.txt");
    add_file(archive, "tree/sub/empty", "tree/sub/empty");
    add_file(archive, "tree/sub/x", "tree/sub/x");
    archive_write_close(archive);
    archive_write_free(archive);
}
