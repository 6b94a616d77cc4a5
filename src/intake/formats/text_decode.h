// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Objects that a text spells: uuencoded, base64, or as a C array of bytes, words or a string.
#ifndef COR_INTAKE_FORMATS_TEXT_DECODE_H
#define COR_INTAKE_FORMATS_TEXT_DECODE_H

#include "base/buffer.h"

// One object in a text. `begin` and `end` enclose what spells it.
struct cor_text_object {
    const char *begin, *end;
    char name[96]; // as the text calls it, else ""
};

// The next object at or behind `at`; false when there is none. With `decoded` not NULL its bytes go
// there (as far as the buffer's limit allows); else only its beginning is looked at.
bool cor_text_object_find(struct cor_slice text, const char *at, struct cor_text_object *ret_object,
                          struct cor_buffer *decoded);

#endif
