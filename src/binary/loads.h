// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Libraries that a program names in its texts, to load them when it runs.
#ifndef COR_BINARY_LOADS_H
#define COR_BINARY_LOADS_H

#include "binary/image.h"
#include "model/component.h"

// Fills `loads` of a component that needs dlopen() or a function like it: whole strings of
// read-only data that look like a library's file name or path. Its symbols must have been read.
COR_MUST_CHECK enum cor_status cor_loads_read(struct cor_image *image,
                                              struct cor_component *component);

#endif
