// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Facts of an ELF object, through libelf: every class, machine and byte order that it reads.
#ifndef COR_BINARY_ELF_H
#define COR_BINARY_ELF_H

#include <stddef.h>

#include "base/diag.h"
#include "base/names.h"
#include "model/component.h"

// Fills everything of `component` but id, input, same_as, role, path, name and sha256; the kind is
// what the file alone says (ET_REL with a module section: kernel-module; ET_EXEC or ET_DYN with
// PT_INTERP, or with an entry point and DF_1_PIE: executable; ...). Bytes behind the ELF data (a
// module signature) are fine. What is damaged is left out and named in `component->damage`, and
// the rest is read; COR_MALFORMED or COR_TRUNCATED only when nothing of use could be read.
// A Linux kernel stripped of .symtab
// gets `defined` from its kallsyms. Without .symtab, `defined` holds what .dynsym defines (linking
// needs it) while `defined_table` stays NONE: the total is unknown. `component` must be new.
COR_MUST_CHECK enum cor_status cor_elf_read(struct cor_component *component,
                                            struct cor_names *names, const void *bytes, size_t size,
                                            struct cor_diag *diag);

#endif
