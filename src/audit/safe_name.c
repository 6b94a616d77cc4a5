// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "audit/safe_name.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 200 };

// How many bytes the character at `text` has; 0 when it is none.
static size_t utf8_size(const unsigned char *text, size_t size)
{
    static const struct {
        unsigned char mask, lead;
        unsigned least;
    } forms[] = {{0x80, 0, 0}, {0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if ((text[0] & forms[i].mask) != forms[i].lead || i >= size)
            continue;
        unsigned code = text[0] & (unsigned char)~forms[i].mask;
        for (size_t k = 1; k <= i; k++) {
            if ((text[k] & 0xc0) != 0x80)
                return 0;
            code = code << 6 | (text[k] & 0x3f);
        }
        bool fits = code >= forms[i].least && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
        return fits ? i + 1 : 0;
    }
    return 0;
}

// Also the second block of control characters, and those that turn the direction of writing.
static bool is_odd(const unsigned char *text, size_t size)
{
    if (size == 1)
        return text[0] < 0x20 || text[0] == 0x7f;
    return (size == 2 && text[0] == 0xc2 && text[1] < 0xa0) ||
           (size == 3 && text[0] == 0xe2 &&
            ((text[1] == 0x80 &&
              ((text[2] >= 0xaa && text[2] <= 0xae) || text[2] == 0x8e || text[2] == 0x8f)) ||
             (text[1] == 0x81 && text[2] >= 0xa6 && text[2] <= 0xa9)));
}

static void escape(char *to, const unsigned char *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        sprintf(to + 3 * i, "%%%02X", from[i]);
}

const char *cor_safe_name(struct cor_arena *arena, struct cor_slice name, bool *ret_changed)
{
    char safe[LONGEST + 16];
    size_t used = 0;
    *ret_changed = false;
    if (cor_slice_same(name, COR_SLICE(".")) || cor_slice_same(name, COR_SLICE(".."))) {
        *ret_changed = true;
        return cor_arena_text(arena, name.size == 1 ? COR_SLICE("%2E") : COR_SLICE("%2E%2E"));
    }
    for (size_t i = 0; i < name.size;) {
        const unsigned char *at = (const unsigned char *)name.data + i;
        size_t size = utf8_size(at, name.size - i);
        bool odd = size == 0 || is_odd(at, size);
        size_t step = size ? size : 1, needed = odd ? 3 * step : step;
        if (used + needed > LONGEST) {
            safe[used++] = '~';
            *ret_changed = true;
            break;
        }
        if (odd)
            escape(safe + used, at, step);
        else
            memcpy(safe + used, at, step);
        *ret_changed |= odd;
        used += needed;
        i += step;
    }
    return cor_arena_text(arena, cor_slice(safe, used));
}

// Two bytes that hold an upper-case letter become those of the lower-case one.
static void fold_pair(unsigned char *pair)
{
    unsigned code = (pair[0] & 0x1fU) << 6 | (pair[1] & 0x3fU);
    if ((code >= 0xc0 && code <= 0xde && code != 0xd7) || (code >= 0x391 && code <= 0x3a9) ||
        (code >= 0x410 && code <= 0x42f))
        code += 0x20;
    else if (code >= 0x400 && code <= 0x40f)
        code += 0x50;
    else if (code >= 0x100 && code <= 0x17f)
        code |= 1; // near enough: two letters that are taken for one cost a number
    pair[0] = (unsigned char)(0xc0 | code >> 6);
    pair[1] = (unsigned char)(0x80 | (code & 0x3f));
}

const char *cor_fold_name(struct cor_arena *arena, const char *name)
{
    size_t size = strlen(name);
    char *folded = cor_arena_copy(arena, name, size + 1);
    for (size_t i = 0; folded && i < size; i++) {
        unsigned char *at = (unsigned char *)folded + i;
        if (*at >= 'A' && *at <= 'Z')
            *at = (unsigned char)(*at + 'a' - 'A');
        else if ((*at & 0xe0) == 0xc0 && i + 1 < size)
            fold_pair(at);
    }
    return folded;
}
