// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to picture*.c.
#ifndef COR_REPORT_PICTURE_ORDER_H
#define COR_REPORT_PICTURE_ORDER_H

#include "model/case.h"

// The folder that a component is in, with its last "/"; may be empty.
struct cor_slice cor_picture_folder(const struct cor_case_component *component);

#endif
