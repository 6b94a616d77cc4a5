// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// One part of a path, as it may stand on a disk.
#ifndef COR_AUDIT_SAFE_NAME_H
#define COR_AUDIT_SAFE_NAME_H

#include <stdbool.h>

#include "base/arena.h"

// Control characters and bytes that are no UTF-8 become %XX, "." and ".." %2E and %2E%2E, what is
// longer than 200 bytes is cut and ends with "~". NULL when memory is out.
const char *cor_safe_name(struct cor_arena *arena, struct cor_slice name, bool *ret_changed);

// The same for all names that differ in upper and lower case alone (Latin, Greek, Cyrillic).
const char *cor_fold_name(struct cor_arena *arena, const char *name);

#endif
