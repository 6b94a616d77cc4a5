// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What an ELF file says about its making: build id, separate debug file, compiler, module facts.
#ifndef COR_BINARY_NOTES_H
#define COR_BINARY_NOTES_H

#include "binary/image.h"
#include "model/component.h"

COR_MUST_CHECK enum cor_status cor_notes_read(struct cor_image *image,
                                              struct cor_component *component);

// .modinfo (Linux) or .vmkmodinfo (ESXi), and the licence declared there.
COR_MUST_CHECK enum cor_status cor_modinfo_read(struct cor_image *image,
                                                struct cor_component *component);

#endif
