// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The core's devices. In the story this file is withheld.
#include "vk_device.h"
#include "vk_log.h"
#include "core.h"

#define VK_MODULE_NAME "core"

struct vk_device {
    const char *name;
    int slot;
};

int vk_core_ready;

const char *vk_device_name(const struct vk_device *device)
{
    return device ? device->name : "none";
}

int vk_device_slot(const struct vk_device *device)
{
    return device ? device->slot : -1;
}

void vk_debug_dump(const struct vk_device *device)
{
    vk_log(VK_LOG_INFO, "core", vk_device_name(device));
}

int vk_irq_mask(int line)
{
    return line < 0 ? -1 : line & 15;
}

void vk_core_remove(struct vk_device *device)
{
    VK_WARNING("device goes away");
    ol_device_gone(vk_device_name(device));
}
