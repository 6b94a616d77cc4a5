// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The simple arithmetic of .rept, .set and macro arguments.
#include "source/assembler.h"

#include "source/chars.h"

static bool read_term(struct cor_assembler *assembler, struct cor_slice *rest, int64_t *ret_value)
{
    *rest = cor_slice_trim(*rest);
    while (rest->size && rest->data[0] == '(')
        *rest = cor_slice_trim(cor_slice(rest->data + 1, rest->size - 1));
    struct cor_slice word = cor_asm_symbol(rest);
    if (!word.size || word.size > 18)
        return false;
    if (cor_is(word.data[0], COR_CHAR_DIGIT)) {
        int64_t value = 0;
        for (size_t i = 0; i < word.size; i++) {
            if (!cor_is(word.data[i], COR_CHAR_DIGIT))
                return false;
            value = value * 10 + (word.data[i] - '0');
        }
        *ret_value = value;
        return true;
    }
    const struct cor_symbol_entry *symbol = cor_asm_entry(assembler, word);
    if (!symbol || !symbol->has_value)
        return false;
    *ret_value = symbol->value;
    return true;
}

bool cor_asm_evaluate(struct cor_assembler *assembler, struct cor_slice text, int64_t *ret_value)
{
    int64_t value, other;
    struct cor_slice rest = text;
    if (!read_term(assembler, &rest, &value))
        return false;
    for (;;) {
        rest = cor_slice_trim(rest);
        while (rest.size && rest.data[0] == ')')
            rest = cor_slice_trim(cor_slice(rest.data + 1, rest.size - 1));
        if (!rest.size)
            break;
        char sign = rest.data[0];
        rest = cor_slice(rest.data + 1, rest.size - 1);
        if ((sign != '+' && sign != '-' && sign != '*') || !read_term(assembler, &rest, &other))
            return false;
        bool over = sign == '+'   ? __builtin_add_overflow(value, other, &value)
                    : sign == '-' ? __builtin_sub_overflow(value, other, &value)
                                  : __builtin_mul_overflow(value, other, &value);
        if (over)
            return false;
    }
    *ret_value = value;
    return true;
}

void cor_asm_assign(struct cor_assembler *assembler, struct cor_slice name, struct cor_slice value)
{
    int64_t number;
    bool known = cor_asm_evaluate(assembler, value, &number);
    struct cor_symbol_entry *symbol = cor_asm_is_name(name) ? cor_asm_entry(assembler, name) : NULL;
    if (!symbol)
        return;
    if (known) {
        symbol->has_value = true;
        symbol->value = number;
    }
    cor_asm_define(assembler, name, true);
}
