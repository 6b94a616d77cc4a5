// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// What the module offers to drivers.
#ifndef OL_H
#define OL_H

struct vk_device;

struct ol_driver {
    const char *name;
    int (*open)(struct vk_device *device);
};

int ol_register_driver(const struct ol_driver *driver);
int ol_register_driver_v2(const struct ol_driver *driver); // an alias
const char *ol_get_vendor(void);                           // made by a macro
const char *ol_get_model(void);                            // likewise
void *ol_memzero(void *block, unsigned long size);         // assembly
unsigned ol_checksum(const void *data, unsigned long size);
void ol_device_gone(const char *name);
extern const int ol_version;

#define OL_MODINFO(text)                                                                           \
    static const char ol_modinfo[] __attribute__((used, section(".modinfo"))) = text

#endif
