// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Inside the core. In the story this file is withheld.
#ifndef VK_CORE_H
#define VK_CORE_H

struct vk_device;

void vk_core_start(void);
void vk_core_remove(struct vk_device *device);

// The module's callback: the core calls into the module.
void ol_device_gone(const char *name);

#endif
