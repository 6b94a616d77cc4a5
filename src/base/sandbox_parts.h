// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The two halves of the sandbox. Private to sandbox.c.
#ifndef COR_BASE_SANDBOX_PARTS_H
#define COR_BASE_SANDBOX_PARTS_H

#include "base/sandbox.h"

#if defined(__SANITIZE_ADDRESS__)
#define COR_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COR_SANITIZED 1
#endif
#endif

// landlock.c: 0 when the kernel has none.
int cor_landlock_version(void);
int cor_landlock_enter(const struct cor_access_path *paths, size_t count);

// seccomp.c
bool cor_seccomp_is_there(void);
bool cor_seccomp_enter(void);

#endif
