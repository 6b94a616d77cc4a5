// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// Devices: calls the core plainly, in tail position, and in a branch that is never compiled.
#include "ol.h"
#include "vk_device.h"
#include "vk_lock.h"
#include "vk_log.h"
#include "vk_timer.h"

#define VK_MODULE_NAME "openlinux"

OL_MODINFO("license=GPL\0description=open code, modified, for the demo");

static struct vk_lock list_lock;
static const char *last_removed;
static unsigned long last_time;

extern void ol_debug_hook(const char *name) __attribute__((weak));

void ol_pci_device_removed(struct vk_device *device)
{
    const char *name = vk_device_name(device);
    vk_lock(&list_lock);
    last_removed = name;
    last_time = vk_timer_now();
    vk_unlock(&list_lock);
    if (ol_debug_hook)
        ol_debug_hook(name);
    VK_INFO(name);
}

int ol_pci_slot(struct vk_device *device)
{
    return vk_device_slot(device);
}

int ol_pci_rescan(struct vk_device *device)
{
#if 0
    vk_debug_dump(device);
    last_removed = vk_device_name(device);
#endif
    return device && vk_core_ready ? vk_irq_mask(3) : 0;
}

void ol_device_gone(const char *name)
{
    if (name == last_removed)
        VK_WARNING("removed twice");
}
