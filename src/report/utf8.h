// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Text from files is raw bytes: which of them are UTF-8, and which are safe to show.
#ifndef COR_REPORT_UTF8_H
#define COR_REPORT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The length of the character that a NUL-ended text begins with, and its code point; 0 when its
// first byte begins no valid one (overlong forms, surrogates and what lies above U+10FFFF are not
// valid). `text` must not be empty.
size_t cor_utf8_next(const char *text, uint32_t *ret_point);

// Whether a character could steer a terminal or turn the reading direction.
bool cor_utf8_steers(uint32_t point);

#endif
