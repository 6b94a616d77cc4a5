// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a leaf is to us: an ELF object, code that we do not analyse, or no code.
#ifndef COR_BINARY_IDENTIFY_H
#define COR_BINARY_IDENTIFY_H

#include <stddef.h>

enum cor_code_form {
    COR_CODE_NONE, // no code by its first bytes
    COR_CODE_ELF,
    COR_CODE_KERNEL_IMAGE, // a boot image with a kernel inside: bzImage, Image, uImage, ...
    COR_CODE_UNSUPPORTED   // PE, Mach-O, WebAssembly, LLVM bitcode, Java class, ...
};

// `ret_what` gets a constant: "PE executable", "x86 bzImage", "LLVM bitcode".
enum cor_code_form cor_identify(const unsigned char *bytes, size_t size, const char **ret_what);

#endif
