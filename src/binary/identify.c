// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "binary/identify.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "binary/bytes.h"

struct magic {
    size_t offset;
    const char *bytes;
    size_t size;
    enum cor_code_form form;
    const char *what;
    bool (*holds)(const unsigned char *bytes, size_t size); // NULL: the magic is enough
};

// Offset 0x3c of a DOS program points at what follows it.
static bool is_pe(const unsigned char *bytes, size_t size)
{
    if (size < 0x40)
        return false;
    uint32_t at = cor_get32(bytes + 0x3c, false);
    return at <= size && size - at >= 4 && memcmp(bytes + at, "PE\0\0", 4) == 0;
}

static bool is_dos(const unsigned char *bytes, size_t size)
{
    // The number of 512-byte pages of a real program is neither 0 nor past the end by far.
    if (size < 0x1c)
        return false;
    uint64_t pages = cor_get16(bytes + 4, false), headers = cor_get16(bytes + 8, false);
    return pages > 0 && (pages - 1) * 512 < size && headers >= 2 && headers * 16 < size;
}

// x86 kernels: boot sector signature, "HdrS", and a protocol version that exists.
static bool is_bzimage(const unsigned char *bytes, size_t size)
{
    return size >= 0x210 && bytes[0x1fe] == 0x55 && bytes[0x1ff] == 0xaa &&
           cor_get16(bytes + 0x206, false) >= 0x200;
}

static bool is_fat_macho(const unsigned char *bytes, size_t size)
{
    // A Java class has its version (45 and up) where a fat binary counts its processors.
    return size >= 8 && cor_get32(bytes + 4, true) > 0 && cor_get32(bytes + 4, true) < 43;
}

static bool is_java(const unsigned char *bytes, size_t size)
{
    return size >= 8 && cor_get16(bytes + 6, true) >= 45;
}

static bool is_uimage(const unsigned char *bytes, size_t size)
{
    enum { TYPE = 30, KERNEL = 2, MULTI = 4, STANDALONE = 1, OLD_MULTI = 14 };
    return size >= 64 && (bytes[TYPE] == KERNEL || bytes[TYPE] == MULTI ||
                          bytes[TYPE] == STANDALONE || bytes[TYPE] == OLD_MULTI);
}

static bool is_dex(const unsigned char *bytes, size_t size)
{
    return size >= 8 && bytes[7] == 0;
}

#define AT(offset, text) (offset), (text), sizeof(text) - 1

// The first row that holds decides: kernel images that are PE files at the same time come first.
static const struct magic magics[] = {
    {AT(0, "\x7f"
           "ELF"),
     COR_CODE_ELF, "ELF", NULL},
    {AT(0x202, "HdrS"), COR_CODE_KERNEL_IMAGE, "x86 bzImage", is_bzimage},
    {AT(0x38, "ARM\x64"), COR_CODE_KERNEL_IMAGE, "arm64 Image", NULL},
    {AT(0x38, "RSC\x05"), COR_CODE_KERNEL_IMAGE, "RISC-V Image", NULL},
    {AT(0x24, "\x18\x28\x6f\x01"), COR_CODE_KERNEL_IMAGE, "ARM zImage", NULL},
    {AT(0x24, "\x01\x6f\x28\x18"), COR_CODE_KERNEL_IMAGE, "ARM zImage", NULL},
    {AT(0, "\x27\x05\x19\x56"), COR_CODE_KERNEL_IMAGE, "U-Boot uImage", is_uimage},
    {AT(0, "ANDROID!"), COR_CODE_KERNEL_IMAGE, "Android boot image", NULL},
    {AT(0, "VNDRBOOT"), COR_CODE_KERNEL_IMAGE, "Android vendor boot image", NULL},
    {AT(0, "MZ\0\0zimg"), COR_CODE_KERNEL_IMAGE, "EFI zboot image", NULL},
    {AT(0, "MZ"), COR_CODE_UNSUPPORTED, "PE executable", is_pe},
    {AT(0, "MZ"), COR_CODE_UNSUPPORTED, "DOS executable", is_dos},
    {AT(0, "\xfe\xed\xfa\xce"), COR_CODE_UNSUPPORTED, "Mach-O object", NULL},
    {AT(0, "\xce\xfa\xed\xfe"), COR_CODE_UNSUPPORTED, "Mach-O object", NULL},
    {AT(0, "\xfe\xed\xfa\xcf"), COR_CODE_UNSUPPORTED, "Mach-O object", NULL},
    {AT(0, "\xcf\xfa\xed\xfe"), COR_CODE_UNSUPPORTED, "Mach-O object", NULL},
    {AT(0, "\xca\xfe\xba\xbe"), COR_CODE_UNSUPPORTED, "Mach-O universal binary", is_fat_macho},
    {AT(0, "\xca\xfe\xba\xbf"), COR_CODE_UNSUPPORTED, "Mach-O universal binary", NULL},
    {AT(0, "\xca\xfe\xba\xbe"), COR_CODE_UNSUPPORTED, "Java class", is_java},
    {AT(0, "\xca\xfe\xd0\x0d"), COR_CODE_UNSUPPORTED, "Java class (pack200)", NULL},
    {AT(0, "\0asm"), COR_CODE_UNSUPPORTED, "WebAssembly module", NULL},
    {AT(0, "BC\xc0\xde"), COR_CODE_UNSUPPORTED, "LLVM bitcode", NULL},
    {AT(0, "\xde\xc0\x17\x0b"), COR_CODE_UNSUPPORTED, "LLVM bitcode", NULL},
    {AT(0, "dex\n"), COR_CODE_UNSUPPORTED, "Android DEX bytecode", is_dex},
    {AT(0, "dey\n"), COR_CODE_UNSUPPORTED, "Android ODEX bytecode", is_dex},
    {AT(0, "vdex"), COR_CODE_UNSUPPORTED, "Android VDEX bytecode", NULL},
};

enum cor_code_form cor_identify(const unsigned char *bytes, size_t size, const char **ret_what)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const struct magic *magic = &magics[i];
        if (magic->offset > size || size - magic->offset < magic->size ||
            memcmp(bytes + magic->offset, magic->bytes, magic->size) != 0 ||
            (magic->holds && !magic->holds(bytes, size)))
            continue;
        *ret_what = magic->what;
        return magic->form;
    }
    *ret_what = NULL;
    return COR_CODE_NONE;
}
