// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "harness.h"

#include "binary/identify.h"

struct sample {
    const char *what; // NULL: no code
    size_t size;
    struct {
        size_t at;
        const char *bytes;
        size_t size;
    } parts[4];
    enum cor_code_form form;
};

#define PART(at, text)                                                                             \
    {                                                                                              \
        (at), (text), sizeof(text) - 1                                                             \
    }

static const struct sample samples[] = {
    {"ELF", 64, {PART(0, "\177ELF")}, COR_CODE_ELF},
    {"PE executable",
     256,
     {PART(0, "MZ"), PART(0x3c, "\x80\0\0"), PART(0x80, "PE\0\0")},
     COR_CODE_UNSUPPORTED},
    {NULL, 256, {PART(0, "MZ"), PART(0x3c, "\xff\xff\xff\xff")}, COR_CODE_NONE},
    {"DOS executable", 2048, {PART(0, "MZ\0\0\4\0\0\0\4")}, COR_CODE_UNSUPPORTED},
    {"x86 bzImage",
     1024,
     {PART(0, "MZ"), PART(0x1fe, "\x55\xaa"), PART(0x202, "HdrS"), PART(0x206, "\x0f\x02")},
     COR_CODE_KERNEL_IMAGE},
    {NULL, 1024, {PART(0x202, "HdrS")}, COR_CODE_NONE},
    {"arm64 Image", 64, {PART(0, "MZ"), PART(0x38, "ARM\x64")}, COR_CODE_KERNEL_IMAGE},
    {"ARM zImage", 64, {PART(0x24, "\x18\x28\x6f\x01")}, COR_CODE_KERNEL_IMAGE},
    {"U-Boot uImage", 64, {PART(0, "\x27\x05\x19\x56"), PART(30, "\2")}, COR_CODE_KERNEL_IMAGE},
    {NULL, 64, {PART(0, "\x27\x05\x19\x56"), PART(30, "\3")}, COR_CODE_NONE},
    {"Android boot image", 64, {PART(0, "ANDROID!")}, COR_CODE_KERNEL_IMAGE},
    {"Mach-O object", 64, {PART(0, "\xcf\xfa\xed\xfe")}, COR_CODE_UNSUPPORTED},
    {"Mach-O universal binary", 64, {PART(0, "\xca\xfe\xba\xbe\0\0\0\2")}, COR_CODE_UNSUPPORTED},
    {"Java class", 64, {PART(0, "\xca\xfe\xba\xbe\0\0\0\x34")}, COR_CODE_UNSUPPORTED},
    {"WebAssembly module", 64, {PART(0, "\0asm\1")}, COR_CODE_UNSUPPORTED},
    {"LLVM bitcode", 64, {PART(0, "BC\xc0\xde")}, COR_CODE_UNSUPPORTED},
    {"LLVM bitcode", 64, {PART(0, "\xde\xc0\x17\x0b")}, COR_CODE_UNSUPPORTED},
    {"Android DEX bytecode", 64, {PART(0, "dex\n035\0")}, COR_CODE_UNSUPPORTED},
    {NULL, 64, {PART(0, "#!/bin/sh\n")}, COR_CODE_NONE},
    {NULL, 0, {PART(0, "")}, COR_CODE_NONE},
};

static void make(const struct sample *sample, unsigned char *bytes)
{
    memset(bytes, 0, sample->size);
    for (size_t i = 0; i < 4 && sample->parts[i].bytes; i++)
        memcpy(bytes + sample->parts[i].at, sample->parts[i].bytes, sample->parts[i].size);
}

TEST(forms_by_their_magic)
{
    unsigned char bytes[2048];
    const char *what;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        make(&samples[i], bytes);
        CHECK(cor_identify(bytes, samples[i].size, &what) == samples[i].form);
        CHECK_TEXT(what, samples[i].what);
    }
}

TEST(every_shorter_length_is_safe)
{
    const char *what;
    unsigned char whole[2048];
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        make(&samples[i], whole);
        for (size_t size = 0; size <= samples[i].size; size++) {
            // The end of the array is the end of the bytes, for the sanitizer to see.
            unsigned char *bytes = whole + sizeof whole - size;
            memmove(bytes, whole, size);
            enum cor_code_form form = cor_identify(bytes, size, &what);
            CHECK((form == COR_CODE_NONE) == (what == NULL));
            make(&samples[i], whole);
        }
    }
}

TEST_CASES(CASE(forms_by_their_magic), CASE(every_shorter_length_is_safe))
