// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Boot images and firmware that no stock tool writes.
#include "support.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { ROOM = 1 << 20 };

static void le32(unsigned char *at, size_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(number >> (8 * i));
}

static size_t put(unsigned char *image, size_t at, const char *file)
{
    size_t size;
    unsigned char *bytes = support_read(file, &size);
    memcpy(image + at, bytes, size);
    free(bytes);
    return size;
}

// What is written as code must not look like padding.
static unsigned char *new_image(size_t code)
{
    unsigned char *image = calloc(1, ROOM);
    memset(image, 0xe1, code);
    return image;
}

// Magic numbers without structure stand in front of the payload; its size, as a word, behind it.
void support_zimage(const char *payload, const char *to)
{
    unsigned char *image = new_image(700);
    le32(image + 0x24, 0x016f2818);
    le32(image + 0x28, 0);
    memcpy(image + 0x80, "\x1f\x8b\x08\0\0\0\0\0\0\3\xff\xff\xff", 13);
    memcpy(image + 0xc0, "\177ELF\1\1\1", 7);
    memcpy(image + 0x100, "\x28\xb5\x2f\xfd\xff", 5);
    size_t end = 700 + put(image, 700, payload);
    le32(image + end, 0x01020304);
    le32(image + 0x2c, end + 4);
    support_write(to, image, end + 4);
    free(image);
}

void support_s390_image(const char *payload, const char *to)
{
    enum { START = 0x12000 };
    unsigned char *image = new_image(START);
    memcpy(image, "\0\x08\0\0\x80\0\x02\0\x02\0\0\x18\x60\0\0\x50\x02\0\0\x68\x60\0\0\x50", 24);
    memcpy(image + 0x10008, "S390EP", 6);
    memcpy(image + 0x11000, "\xfd\x37zXZ\0", 6); // a decompressor knows its magic number
    size_t size = put(image, START, payload);
    support_write(to, image, START + size);
    free(image);
}

// A linked program of one segment, as the wrapper of a kernel and by itself.
void support_mips_vmlinuz(const char *payload, const char *to)
{
    enum { START = 0x1200, SEGMENT = 0x1000 };
    unsigned char *image = new_image(START);
    size_t end = payload ? START + put(image, START, payload) : START;
    memcpy(image, "\177ELF\1\1\1", 7);
    le32(image + 16, 2 | 8 << 16); // ET_EXEC, EM_MIPS
    le32(image + 20, 1);
    le32(image + 24, 0x80800000);
    le32(image + 28, 52);
    le32(image + 40, 52 | 32 << 16);
    le32(image + 44, 1);
    le32(image + 52, 1);
    le32(image + 56, SEGMENT);
    le32(image + 60, 0x80800000);
    le32(image + 64, 0x80800000);
    le32(image + 68, end - SEGMENT);
    le32(image + 72, end - SEGMENT + 4096);
    le32(image + 76, 7);
    support_write(to, image, end);
    free(image);
}

void support_zboot(const char *payload, const char *to)
{
    unsigned char *image = new_image(512);
    size_t size = put(image, 512, payload);
    memcpy(image, "MZ\0\0zimg", 8);
    le32(image + 8, 512);
    le32(image + 12, size);
    memcpy(image + 24, "gzip", 5);
    support_write(to, image, 512 + size);
    free(image);
}

static void section(unsigned char *row, const char *name, size_t at, size_t size)
{
    memcpy(row, name, strlen(name));
    le32(row + 8, size);
    le32(row + 16, (size + 511) & ~(size_t)511);
    le32(row + 20, at);
}

void support_uki(const char *kernel, const char *initrd, const char *to)
{
    unsigned char *image = new_image(0);
    memcpy(image, "MZ", 2);
    le32(image + 0x3c, 0x80);
    memcpy(image + 0x80, "PE\0\0\x64\x86\2", 7);
    size_t size = put(image, 1024, kernel);
    section(image + 0x98, ".linux", 1024, size);
    size_t second = 1024 + ((size + 511) & ~(size_t)511);
    size = put(image, second, initrd);
    section(image + 0x98 + 40, ".initrd", second, size);
    support_write(to, image, second + ((size + 511) & ~(size_t)511));
    free(image);
}

void support_trx(const char *first, const char *second, const char *to)
{
    unsigned char *image = new_image(0);
    memcpy(image, "HDR0", 4);
    image[14] = 1;
    size_t at = 28 + put(image, 28, first);
    le32(image + 16, 28);
    le32(image + 20, at);
    at += put(image, at, second);
    le32(image + 4, at);
    le32(image + 8, ~crc32(0, image + 12, (unsigned)at - 12) & 0xffffffff);
    support_write(to, image, at);
    free(image);
}

static void be32(unsigned char *at, size_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(number >> (24 - 8 * i));
}

static uint32_t chk_sum(const unsigned char *bytes, size_t size)
{
    uint32_t low = 0, high = 0;
    for (size_t i = 0; i < size; i++)
        high += low += bytes[i];
    low = (low & 0xffff) + (low >> 16);
    high = (high & 0xffff) + (high >> 16);
    return ((high >> 16) + high) << 16 | (((low >> 16) + low) & 0xffff);
}

void support_chk(const char *payload, const char *to)
{
    enum { CHK_HEADER = 58 };
    unsigned char *image = new_image(0);
    size_t size = put(image, CHK_HEADER, payload);
    memcpy(image, "*#$^", 4);
    be32(image + 4, CHK_HEADER);
    memcpy(image + 40, "U12H000T00_NETGEAR", 18);
    be32(image + 16, chk_sum(image + CHK_HEADER, size));
    be32(image + 24, size);
    be32(image + 32, chk_sum(image + CHK_HEADER, size));
    be32(image + 36, chk_sum(image, CHK_HEADER));
    support_write(to, image, CHK_HEADER + size);
    free(image);
}

static size_t pages(size_t size)
{
    return (size + 4095) & ~(size_t)4095;
}

// With a signature behind the ramdisk.
void support_boot_v4(const char *kernel, const char *ramdisk, const char *to)
{
    unsigned char *image = new_image(0);
    size_t at = 4096, size = put(image, at, kernel);
    memcpy(image, "ANDROID!", 8);
    le32(image + 8, size);
    at += pages(size);
    size = put(image, at, ramdisk);
    le32(image + 12, size);
    at += pages(size);
    le32(image + 20, 1584);
    le32(image + 40, 4);
    le32(image + 1580, 256);
    memset(image + at, 0x5a, 256);
    support_write(to, image, at + 4096);
    free(image);
}

// Two ramdisks one after another, a device tree, the table that divides them, a configuration.
void support_vendor_v4(const char *first, const char *second, const char *to)
{
    unsigned char *image = new_image(0);
    size_t at = 4096, one = put(image, at, first), two = put(image, at + one, second);
    memcpy(image, "VNDRBOOT", 8);
    le32(image + 8, 4);
    le32(image + 12, 4096);
    le32(image + 24, one + two);
    le32(image + 2096, 2128);
    at += pages(one + two);
    le32(image + 2100, put(image, at, first));
    at += 4096;
    le32(image + 2112, 2 * 108);
    le32(image + 2116, 2);
    le32(image + 2120, 108);
    le32(image + at, one);
    le32(image + at + 108, two);
    le32(image + at + 108 + 4, one);
    memcpy(image + at + 108 + 12, "main", 4);
    at += 4096;
    le32(image + 2124, 12);
    memcpy(image + at, "a=1\nb=2\nc=3\n", 12);
    support_write(to, image, at + 4096);
    free(image);
}
