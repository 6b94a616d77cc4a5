// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What a byte can be in a program text. Bytes from 0x80 count as letters, so that names in any
// encoding stay whole.
#ifndef COR_SOURCE_CHARS_H
#define COR_SOURCE_CHARS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    COR_CHAR_LETTER = 1, // may begin an identifier
    COR_CHAR_DIGIT = 2,
    COR_CHAR_BLANK = 4, // white space without the line end, and NUL within a text
    COR_CHAR_BODY = 8,  // stops the skipping of a function body
};

extern const uint8_t cor_char_class[256];

static inline bool cor_is(char c, unsigned classes)
{
    return (cor_char_class[(unsigned char)c] & classes) != 0;
}

static inline bool cor_is_word(char c)
{
    return cor_is(c, COR_CHAR_LETTER | COR_CHAR_DIGIT);
}

#endif
