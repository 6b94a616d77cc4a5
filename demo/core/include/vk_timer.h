// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The clock. Programs outside the kernel get a stub, which is no body of the core's function.
#ifndef VK_TIMER_H
#define VK_TIMER_H

#ifdef VK_KERNEL
unsigned long vk_timer_now(void);
#else
static inline unsigned long vk_timer_now(void)
{
    return 0;
}
#endif

#endif
