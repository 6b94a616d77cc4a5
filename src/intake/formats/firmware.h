// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The last resort for data that no format bid for.
#ifndef COR_INTAKE_FORMATS_FIRMWARE_H
#define COR_INTAKE_FORMATS_FIRMWARE_H

#include "intake/format.h"

enum { COR_FIRMWARE_SHORTEST = 4096 };

// Sets *ret_format when `stream` holds images at some offset; left alone when it does not, or the
// stream has no random access. COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_firmware_probe(struct cor_stream *stream,
                                                  const struct cor_format **ret_format);

#endif
