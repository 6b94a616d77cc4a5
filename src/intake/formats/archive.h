// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Containers that libarchive reads.
#ifndef COR_INTAKE_FORMATS_ARCHIVE_H
#define COR_INTAKE_FORMATS_ARCHIVE_H

#include "intake/format.h"

// For the `open` of a row; the reader goes by the row's name. Where the row says `seeks`, `below`
// has random access.
struct cor_container *cor_archive_open(const struct cor_format *format, struct cor_stream *below);

// The same for ISO 9660 images, which may have a UDF side.
struct cor_container *cor_bridge_open(const struct cor_format *format, struct cor_stream *below);

#endif
