// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What stands behind a program in its file.
#ifndef COR_INTAKE_FORMATS_ELF_PAYLOAD_H
#define COR_INTAKE_FORMATS_ELF_PAYLOAD_H

#include "intake/format.h"

// Sets *ret_format when `stream` is an ELF file with a known format behind it; left alone when it
// is not, or the stream has no random access. COR_NOMEM.
COR_MUST_CHECK enum cor_status cor_elf_payload_probe(struct cor_stream *stream,
                                                     const struct cor_format **ret_format);

#endif
