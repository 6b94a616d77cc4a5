// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// A disk driver. It calls the module only.
#include "ol.h"

OL_MODINFO("license=GPL\0description=disk driver of the demo");

static char cache[512];
static const char *seen[2];

static int blk_open(struct vk_device *device)
{
    ol_memzero(cache, sizeof cache);
    seen[0] = ol_get_vendor();
    seen[1] = ol_get_model();
    return device ? 0 : -1;
}

static const struct ol_driver blk_driver = {.name = "blkdrv", .open = blk_open};

int blkdrv_init(void)
{
    return ol_register_driver_v2(&blk_driver);
}
