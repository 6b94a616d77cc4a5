// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Names in a line of assembly, and the entries of the table of symbols.
#include "source/assembler.h"

#include "source/chars.h"

static bool is_symbol_char(char c)
{
    return cor_is_word(c) || c == '.' || c == '\\' || c == '@';
}

struct cor_slice cor_asm_symbol(struct cor_slice *rest)
{
    *rest = cor_slice_trim(*rest);
    size_t size = 0;
    if (rest->size && rest->data[0] == '"') {
        const char *close = memchr(rest->data + 1, '"', rest->size - 1);
        if (close) {
            struct cor_slice name = cor_slice(rest->data + 1, (size_t)(close - rest->data - 1));
            *rest = cor_slice(close + 1, (size_t)(rest->data + rest->size - close - 1));
            return name;
        }
    }
    while (size < rest->size && is_symbol_char(rest->data[size]))
        size++;
    struct cor_slice name = cor_slice(rest->data, size);
    *rest = cor_slice(rest->data + size, rest->size - size);
    return name;
}

void cor_asm_skip_comma(struct cor_slice *rest)
{
    *rest = cor_slice_trim(*rest);
    if (rest->size && rest->data[0] == ',')
        *rest = cor_slice_trim(cor_slice(rest->data + 1, rest->size - 1));
}

struct cor_symbol_entry *cor_asm_entry(struct cor_assembler *assembler, struct cor_slice name)
{
    struct cor_symbol_entry *found = cor_symbols_entry(&assembler->symbols, name);
    if (!found)
        assembler->status = COR_NOMEM;
    return found;
}

// A name may begin with a dot; with ".L" it is one of the assembler's own, and leaves no symbol.
bool cor_asm_is_name(struct cor_slice text)
{
    if (text.size > 1 && text.data[0] == '.')
        return text.data[1] != 'L' && cor_is(text.data[1], COR_CHAR_LETTER);
    return text.size && cor_is(text.data[0], COR_CHAR_LETTER);
}

void cor_asm_define(struct cor_assembler *assembler, struct cor_slice name, bool alias)
{
    struct cor_symbol_entry *symbol = cor_asm_is_name(name) ? cor_asm_entry(assembler, name) : NULL;
    if (!symbol || symbol->defined)
        return;
    symbol->defined = true;
    symbol->alias = alias;
    symbol->line = assembler->line;
    symbol->object |= assembler->data_section;
}
