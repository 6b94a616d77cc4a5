// SPDX-License-Identifier: GPL-2.0-only
// SPDX-FileCopyrightText: The correspond authors
// Drivers register here.
#include "ol.h"
#include "vk_device.h"
#include "vk_heap.h"

enum { MOST_DRIVERS = 8 };

struct memory_ops {
    void *(*take)(size_t size);
    void (*give)(void *block);
};

// The core's function stands in a table: it is called through a pointer.
struct memory_ops ol_memory = {.take = 0, .give = vk_heap_free};

static const struct ol_driver *drivers[MOST_DRIVERS];
static int count;

const int ol_version = 3;

int ol_register_driver(const struct ol_driver *driver)
{
    if (count == MOST_DRIVERS || !vk_licence_check(driver->name))
        return -1;
    drivers[count++] = driver;
    return 0;
}

int ol_register_driver_v2(const struct ol_driver *driver)
    __attribute__((alias("ol_register_driver")));

void ol_unregister_all(void *list)
{
    while (count > 0)
        drivers[--count] = 0;
    ol_memory.give(list);
}

#define OL_DEFINE_GETTER(what, text)                                                               \
    const char *ol_get_##what(void)                                                                \
    {                                                                                              \
        return text;                                                                               \
    }

OL_DEFINE_GETTER(vendor, "Example Systems")
OL_DEFINE_GETTER(model, "demo")
