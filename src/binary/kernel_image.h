// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Linux kernels that are no ELF files (arm64 Image, what a zImage or an s390 image unpacks to), and
// what every Linux kernel says of itself.
#ifndef COR_BINARY_KERNEL_IMAGE_H
#define COR_BINARY_KERNEL_IMAGE_H

#include "base/names.h"
#include "binary/image.h"
#include "model/component.h"

// Fills a new component as cor_elf_read() would: kind, machine, symbols, exports, banner. Where
// there is a kernel whose symbols cannot be recovered, `unsupported` tells why. COR_NOT_FOUND when
// the bytes hold no kernel (no banner "Linux version"); `component` is then untouched.
COR_MUST_CHECK enum cor_status cor_kernel_image_read(struct cor_component *component,
                                                     struct cor_names *names, const void *bytes,
                                                     size_t size);

// Sets `kernel_release`, `kernel_banner` and `kernel_config`, each where there is one.
COR_MUST_CHECK enum cor_status cor_kernel_facts_read(struct cor_slice bytes,
                                                     struct cor_component *component);

#endif
