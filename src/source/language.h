// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#ifndef COR_SOURCE_LANGUAGE_H
#define COR_SOURCE_LANGUAGE_H

#include <stdbool.h>

#include "base/slice.h"

struct cor_slice cor_path_base(const char *path); // the part behind the last slash
bool cor_path_is_header(const char *path);

#endif
