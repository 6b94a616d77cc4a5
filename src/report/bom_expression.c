// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include <string.h>

#include "report/bom.h"

static const char *const identifiers[] = {
    "0BSD",
    "AFL-2.1",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "Artistic-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSD-4-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDDL-1.0",
    "EPL-2.0",
    "GFDL-1.1-or-later",
    "GFDL-1.2",
    "GPL-1.0",
    "GPL-1.0+",
    "GPL-1.0-or-later",
    "GPL-2.0",
    "GPL-2.0+",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0",
    "GPL-3.0+",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.0",
    "LGPL-2.0+",
    "LGPL-2.0-only",
    "LGPL-2.0-or-later",
    "LGPL-2.1",
    "LGPL-2.1+",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "Linux-OpenIB",
    "MIT",
    "MPL-1.1",
    "MPL-2.0",
    "Unlicense",
    "X11",
    "Zlib",
};
static const char *const exceptions[] = {
    "Classpath-exception-2.0",
    "GCC-exception-2.0",
    "GCC-exception-3.1",
    "Linux-syscall-note",
};

static struct cor_slice next_word(struct cor_slice *rest)
{
    *rest = cor_slice_trim(*rest);
    size_t size = 0;
    if (rest->size && strchr("()", *rest->data))
        size = 1;
    else
        while (size < rest->size && !strchr("() \t", rest->data[size]))
            size++;
    struct cor_slice word = cor_slice(rest->data, size);
    *rest = cor_slice(rest->data + size, rest->size - size);
    return word;
}

static bool is_one(struct cor_slice word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cor_slice_same(word, cor_slice_text(list[i])))
            return true;
    return false;
}

bool cor_bom_is_expression(const char *text)
{
    struct cor_slice rest = cor_slice_text(text), word;
    bool operand = false, with = false, plain = false; // one stands before; WITH may follow it
    unsigned depth = 0;
    while ((word = next_word(&rest)).size) {
        bool joins =
            cor_slice_same(word, COR_SLICE("AND")) || cor_slice_same(word, COR_SLICE("OR"));
        bool right = false;
        if (with)
            right = is_one(word, exceptions, sizeof exceptions / sizeof *exceptions);
        else if (cor_slice_same(word, COR_SLICE("(")))
            right = !operand && ++depth;
        else if (cor_slice_same(word, COR_SLICE(")")))
            right = operand && depth-- > 0;
        else if (joins || cor_slice_same(word, COR_SLICE("WITH")))
            right = operand && (joins || plain);
        else
            right = !operand && is_one(word, identifiers, sizeof identifiers / sizeof *identifiers);
        if (!right)
            return false;
        plain = !with && !operand && *word.data != '(';
        with = cor_slice_same(word, COR_SLICE("WITH"));
        operand = !joins && !with && *word.data != '(';
    }
    return operand && depth == 0;
}
