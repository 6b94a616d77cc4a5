// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The core's memory, locks, clock and messages. In the story this file is withheld.
#include "vk_heap.h"
#include "vk_lock.h"
#include "vk_log.h"
#include "vk_timer.h"
#include "core.h"

static char heap[4096];
static size_t used;
static unsigned long ticks;
static const char *last_message;

void *vk_heap_alloc(size_t size)
{
    if (size > sizeof heap - used)
        return NULL;
    used += size;
    return heap + used - size;
}

void vk_heap_free(void *block)
{
    if (block == heap)
        used = 0;
}

int vk_lock(struct vk_lock *lock)
{
    return lock->owner++ == 0;
}

void vk_unlock(struct vk_lock *lock)
{
    lock->owner--;
}

unsigned long vk_timer_now(void)
{
    return ++ticks;
}

void vk_log(enum vk_log_level level, const char *who, const char *text)
{
    last_message = level == VK_LOG_WARNING ? text : who;
}

void vk_core_start(void)
{
    struct vk_lock lock = {0};
    vk_lock(&lock);
    vk_log(VK_LOG_INFO, "core", last_message ? last_message : "start");
    vk_unlock(&lock);
}
