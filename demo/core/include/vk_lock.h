// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Locks. On one processor the calls vanish: the macros below are no bodies of the functions.
#ifndef VK_LOCK_H
#define VK_LOCK_H

struct vk_lock {
    int owner;
};

#ifdef VK_ONE_PROCESSOR
#define vk_lock(lock)   ((void)(lock), 0)
#define vk_unlock(lock) ((void)(lock))
#else
int vk_lock(struct vk_lock *lock);
void vk_unlock(struct vk_lock *lock);
#endif

#endif
