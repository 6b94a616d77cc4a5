// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Private to the floor: what depmod and the kernel's build say of modules, where the product holds
// it. What contradicts the modules themselves is noted.
#ifndef COR_LINKAGE_LINUX_TABLES_H
#define COR_LINKAGE_LINUX_TABLES_H

#include "linkage/rule.h"

// modules.dep and modules.symbols, after all modules were bound. Of several modules that export a
// name, the one that modules.dep lists is put first: it is what modprobe loads.
COR_MUST_CHECK enum cor_status cor_linux_tables_check(struct cor_linking *linking);

// Module.symvers: checksums and kinds of exports.
COR_MUST_CHECK enum cor_status cor_linux_versions_check(struct cor_linking *linking);

// Takes the next line, without its end; false at the end of the text.
static inline bool cor_next_line(struct cor_slice *text, struct cor_slice *ret_line)
{
    if (!text->size)
        return false;
    const char *end = memchr(text->data, '\n', text->size);
    size_t size = end ? (size_t)(end - text->data) : text->size, skip = end ? size + 1 : size;
    *ret_line = cor_slice(text->data, size);
    *text = cor_slice(text->data + skip, text->size - skip);
    return true;
}

// Takes the next word of a line; false when there is none.
static inline bool cor_next_word(struct cor_slice *line, struct cor_slice *ret_word)
{
    size_t at = 0, end;
    while (at < line->size && strchr(" \t\r", line->data[at]))
        at++;
    for (end = at; end < line->size && !strchr(" \t\r", line->data[end]);)
        end++;
    *ret_word = cor_slice(line->data + at, end - at);
    *line = cor_slice(line->data + end, line->size - end);
    return ret_word->size > 0;
}

#endif
