// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the inputs hold, as the later floors see it: all components of all roles, and what is known
// of how the product boots.
#ifndef COR_MODEL_PRODUCT_H
#define COR_MODEL_PRODUCT_H

#include "base/array.h"
#include "model/component.h"

// A shipped kernel whose symbols could not be read.
struct cor_unread_kernel {
    const char *path, *reason;
};

// A text file that tells a loader what is where.
enum cor_setting_kind {
    COR_SETTING_MODULES_DEP, // depmod's: which module needs which
    COR_SETTING_MODULES_SYMBOLS,
    COR_SETTING_MODULE_SYMVERS, // the kernel build's: checksums of exports
    COR_SETTING_LD_CONF,        // folders of libraries, glibc
    COR_SETTING_LD_CONF_PART,
    COR_SETTING_LD_PRELOAD,
    COR_SETTING_LD_MUSL_PATH
};

struct cor_setting {
    enum cor_setting_kind kind;
    const char *path, *text;
};

struct cor_product {
    struct cor_arena arena;
    COR_ARRAY(struct cor_component *) components; // owned; in path order; id = index + 1
    COR_ARRAY(const char *) boot_kernels;         // file names that a boot.cfg calls the kernel
    COR_ARRAY(struct cor_unread_kernel) unread_kernels;
    COR_ARRAY(struct cor_setting) settings; // in path order once numbered
};

void cor_product_init(struct cor_product *product);
void cor_product_dispose(struct cor_product *product);

// Sorts the components by input and path, and numbers them.
void cor_product_number(struct cor_product *product);

// Numbers anew: a component whose `keep` is false gets id 0 and is left out of lists. The order
// stays.
void cor_product_keep(struct cor_product *product, const bool *keep);

// Gives the kind "kernel" to the components that a boot.cfg names and, where none is named and the
// product has relocatable modules without export tables, to the linked objects without interpreter
// and libraries that define what those modules need.
COR_MUST_CHECK enum cor_status cor_product_find_kernels(struct cor_product *product);

// Whether both are code for the same processor: machine, class and byte order.
bool cor_component_same_machine(const struct cor_component *a, const struct cor_component *b);

#endif
