// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Writes a zip file whose bytes depend on nothing but its entries: no times, no owners.
#ifndef COR_INTAKE_ZIP_WRITER_H
#define COR_INTAKE_ZIP_WRITER_H

#include <stdbool.h>
#include <stdio.h>

#include "base/status.h"

struct cor_zip_writer;

// Entries go to `out`, which stays the caller's. NULL when memory is out.
struct cor_zip_writer *cor_zip_writer_new(FILE *out);

// COR_IO, COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_zip_writer_add(struct cor_zip_writer *writer, const char *name,
                                                  const void *data, size_t size, bool executable);

// Ends the file. Nothing may be added afterwards.
COR_MUST_CHECK enum cor_status cor_zip_writer_end(struct cor_zip_writer *writer);

void cor_zip_writer_free(struct cor_zip_writer *writer);

#endif
