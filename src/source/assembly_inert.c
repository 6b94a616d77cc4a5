// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Which lines of assembly the preprocessor cannot turn into anything that makes a name:
// instructions whose macros are mere operands and other instructions. Most lines are such.
#include "source/assembler.h"

#include "source/chars.h"

enum { INERT = 1, NOT_INERT = 2 };

typedef COR_ARRAY(struct cor_macro *) macro_list;

static enum cor_status reach(macro_list *reached, struct cor_macro *first)
{
    for (size_t i = 0; i < reached->count; i++)
        if (reached->items[i] == first)
            return COR_OK;
    return cor_array_add(reached, first);
}

// ".word": a directive that makes names.
static bool is_directive(const struct cor_assembler *assembler, const struct cor_token *dot,
                         const struct cor_token *end)
{
    const struct cor_token *word = dot + 1;
    return dot->mark == '.' && word < end && word->text == dot->text + 1 &&
           cor_asm_word_matters(assembler, cor_slice(dot->text, 1u + word->size));
}

// Whether the body, macros in it aside, is made of operands and instructions.
static bool is_harmless(const struct cor_assembler *assembler, const struct cor_macro_body *body)
{
    const struct cor_token *end = body->tokens + body->count;
    for (const struct cor_token *token = body->tokens; token < end; token++)
        if ((token->mark && memchr(":;=#", token->mark, 4)) ||
            is_directive(assembler, token, end) ||
            (token->kind == COR_TOKEN_WORD &&
             cor_asm_word_matters(assembler, cor_token_slice(token))))
            return false;
    return true;
}

static bool all_are_harmless(struct cor_assembler *assembler, macro_list *reached)
{
    struct cor_expander *expander = &assembler->finisher->expander;
    for (size_t i = 0; i < reached->count; i++)
        for (struct cor_macro *macro = reached->items[i]; macro; macro = macro->next) {
            cor_scratch_reset(&expander->scratch);
            const struct cor_macro_body *body =
                cor_macro_body(macro, true, expander->scope, expander->arena, &expander->scratch);
            if (!body || !is_harmless(assembler, body))
                return false;
            for (uint32_t j = 0; j < body->count; j++)
                if (body->tokens[j].kind == COR_TOKEN_WORD &&
                    body->tokens[j].macro > COR_MACRO_NONE &&
                    reach(reached, cor_macro_numbered(expander->scope, body->tokens[j].macro)) !=
                        COR_OK)
                    return false;
        }
    return true;
}

static bool is_inert(struct cor_assembler *assembler, struct cor_macro *first)
{
    struct cor_map *known = &assembler->finisher->inert;
    uint64_t verdict;
    if (cor_map_get(known, first, &verdict))
        return verdict == INERT;
    macro_list reached = {0};
    enum cor_status status = reach(&reached, first);
    bool inert = status == COR_OK && all_are_harmless(assembler, &reached);
    // All that an inert macro leads to is inert, too.
    for (size_t i = 0; status == COR_OK && i < (inert ? reached.count : 1); i++)
        status = cor_map_put(known, reached.items[i], inert ? INERT : NOT_INERT);
    cor_array_dispose(&reached);
    return inert && status == COR_OK;
}

static bool macros_are_inert(struct cor_assembler *assembler, struct cor_slice line)
{
    const struct cor_macro_scope *scope = assembler->finisher->expander.scope;
    for (size_t i = 0; i < line.size;) {
        if (!cor_is(line.data[i], COR_CHAR_LETTER)) {
            i++;
            continue;
        }
        size_t begin = i;
        while (i < line.size && cor_is_word(line.data[i]))
            i++;
        uint32_t number = cor_macro_in_scope(scope, cor_slice(line.data + begin, i - begin));
        if (number > COR_MACRO_NONE && !is_inert(assembler, cor_macro_numbered(scope, number)))
            return false;
    }
    return true;
}

bool cor_asm_line_is_inert(struct cor_assembler *assembler, struct cor_slice line)
{
    struct cor_slice rest = line;
    for (size_t i = 0; i < line.size; i++)
        if (memchr(";=:\"", line.data[i], 4))
            return false;
    struct cor_slice word = cor_asm_symbol(&rest);
    return word.size && !cor_asm_word_matters(assembler, word) && macros_are_inert(assembler, line);
}
