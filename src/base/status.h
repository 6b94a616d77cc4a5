// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The result of every call that can fail. A function that returns a status leaves its outputs
// untouched unless the status is COR_OK (or, where its contract says so, COR_END).
#ifndef COR_BASE_STATUS_H
#define COR_BASE_STATUS_H

enum cor_status {
#define COR_STATUS(id, text) COR_##id,
#include "base/status.def"
#undef COR_STATUS
};

#define COR_MUST_CHECK      __attribute__((warn_unused_result))
#define COR_PRINTF(fmt, at) __attribute__((format(printf, fmt, at)))

// The words for a status; never NULL.
const char *cor_status_text(enum cor_status status);

#endif
