// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/licence_tag.h"

enum { HEAD = 4096 };

static struct cor_slice find(struct cor_slice text, const char *what)
{
    const char *found = text.size ? memmem(text.data, text.size, what, strlen(what)) : NULL;
    if (!found)
        return cor_slice("", 0);
    found += strlen(what);
    return cor_slice(found, (size_t)(text.data + text.size - found));
}

static struct cor_slice without(struct cor_slice text, const char *ending)
{
    struct cor_slice end = cor_slice_text(ending);
    if (cor_slice_ends(text, end))
        text.size -= end.size;
    return cor_slice_trim(text);
}

struct cor_slice cor_licence_tag(struct cor_slice text)
{
    if (text.size > HEAD)
        text.size = HEAD;
    struct cor_slice tag = find(text, "SPDX-License-Identifier:");
    const char *newline = tag.size ? memchr(tag.data, '\n', tag.size) : NULL;
    if (newline)
        tag.size = (size_t)(newline - tag.data);
    tag = cor_slice_trim(tag);
    tag = without(without(without(tag, "*/"), "-->"), "\"");
    return tag.size <= 200 ? tag : cor_slice("", 0);
}

bool cor_is_compiler_output(struct cor_slice text)
{
    if (find(text, ".ident\t\"").size || find(text, ".ident \"").size)
        return true;
    return find(text, "\t.file\t").size && find(text, ".cfi_startproc").size &&
           find(text, ".LFB").size;
}
