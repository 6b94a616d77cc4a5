// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the kernel core offers to modules: devices and interrupts.
#ifndef VK_DEVICE_H
#define VK_DEVICE_H

struct vk_device;

const char *vk_device_name(const struct vk_device *device);
int vk_device_slot(const struct vk_device *device);
void vk_debug_dump(const struct vk_device *device);

/* Implemented in the vkernel, whose source is not part of this release. */
int vk_irq_mask(int line);

// Set by the core once it runs.
extern int vk_core_ready;

// Declared for modules, but no part of this product has it.
int vk_licence_check(const char *module);

#endif
