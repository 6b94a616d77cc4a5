// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// A network driver. It reaches the core directly, through an inline function of a header.
#include "ol.h"
#include "vk_heap.h"

OL_MODINFO("license=GPL\0description=network driver of the demo");

// The same name as the core's function, but static: no body of it.
static int vk_irq_mask(int line)
{
    return line ^ 1;
}

struct ring {
    int lines[4];
    unsigned sum;
};

static struct ring *ring;

static int net_open(struct vk_device *device)
{
    ring = vk_heap_zalloc(sizeof *ring);
    if (!device || !ring)
        return -1;
    for (int i = 0; i < 4; i++)
        ring->lines[i] = vk_irq_mask(i);
    ring->sum = ol_checksum(ring->lines, sizeof ring->lines);
    return 0;
}

static const struct ol_driver net_driver = {.name = "netdrv", .open = net_open};

int netdrv_init(void)
{
    return ol_version < 3 ? -1 : ol_register_driver(&net_driver);
}
