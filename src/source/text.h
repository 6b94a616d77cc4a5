// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// A text as the lexer wants it: a private copy whose end is padded with NUL bytes, so that no
// look-ahead needs a bound.
#ifndef COR_SOURCE_TEXT_H
#define COR_SOURCE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

enum { COR_TEXT_PADDING = 16 };

struct cor_text {
    char *data;
    size_t size, capacity;
    // The line of `counted`, so that lines are counted once when places come in rising order.
    const char *counted;
    uint32_t line;
};

void cor_text_init(struct cor_text *text);
void cor_text_dispose(struct cor_text *text);

// Replaces the content; UTF-16 with a byte order mark becomes one byte per ASCII character and
// '?' for others. The memory is used again.
COR_MUST_CHECK enum cor_status cor_text_set(struct cor_text *text, const void *bytes, size_t size);

// Takes over NUL-padded bytes that `text` itself owns already: `size` was filled by the caller.
COR_MUST_CHECK enum cor_status cor_text_room(struct cor_text *text, size_t size);
void cor_text_finish(struct cor_text *text, size_t size);

// The 1-based line of a place in the text.
uint32_t cor_text_line(struct cor_text *text, const char *at);

// The five lines around `line`: two before, two after. Returns the first line's number.
uint32_t cor_text_around(const struct cor_text *text, uint32_t line, struct cor_slice *ret_lines);

#endif
