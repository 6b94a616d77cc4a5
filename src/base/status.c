// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "base/status.h"

static const char *const texts[] = {
#define COR_STATUS(id, text) [COR_##id] = text,
#include "base/status.def"
#undef COR_STATUS
};

const char *cor_status_text(enum cor_status status)
{
    return (unsigned)status < sizeof texts / sizeof *texts ? texts[status] : "unknown status";
}
