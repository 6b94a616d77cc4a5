// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Assembles as far as names go: labels, .globl, .set, and gas macros that make them.
#include "source/assembler.h"

static enum cor_status emit_symbol(struct cor_assembler *assembler,
                                   const struct cor_symbol_entry *symbol)
{
    struct cor_census *census = assembler->finisher->census;
    if (!symbol->defined)
        return COR_OK;
    if (memchr(symbol->name.data, '@', symbol->name.size) ||
        memchr(symbol->name.data, '\\', symbol->name.size)) {
        char *pattern = cor_arena_alloc(&census->arena, symbol->name.size + 1, 1);
        if (!pattern)
            return COR_NOMEM;
        size_t stars = 0;
        for (size_t i = 0; i < symbol->name.size; i++) {
            char c = symbol->name.data[i];
            pattern[i] = c == '@' || c == '\\' ? '*' : c;
            stars += pattern[i] == '*';
        }
        if (symbol->name.size - stars < 4)
            return COR_OK;
        return cor_census_gap(census, symbol->line, pattern,
                              "a label counted by an assembler macro");
    }
    bool from_c = assembler->in_c;
    struct cor_kept kept = {.how = symbol->alias ? COR_HOW_ALIAS
                                   : from_c      ? COR_HOW_INLINE_ASSEMBLY
                                                 : COR_HOW_ASSEMBLY,
                            .linkage = symbol->weak     ? COR_LINKAGE_WEAK
                                       : symbol->global ? COR_LINKAGE_EXTERNAL
                                                        : COR_LINKAGE_INTERNAL,
                            .data = symbol->object && !symbol->function,
                            .active = true,
                            .through = from_c ? census->through : NULL};
    return cor_census_define(census, symbol->name, symbol->line, &kept);
}

static enum cor_status finish(struct cor_assembler *assembler)
{
    enum cor_status status = assembler->status;
    for (size_t i = 0; i < assembler->symbols.entries.count && status == COR_OK; i++)
        status = emit_symbol(assembler, &assembler->symbols.entries.items[i]);
    cor_symbols_dispose(&assembler->symbols);
    cor_map_dispose(&assembler->expansions);
    cor_names_free(assembler->lines);
    cor_scratch_dispose(&assembler->scratch);
    return status;
}

static struct cor_assembler assembler_for(struct cor_finisher *finisher)
{
    struct cor_assembler assembler = {.finisher = finisher, .file = finisher->census->file};
    cor_scratch_init(&assembler.scratch);
    cor_map_init(&assembler.expansions);
    return assembler;
}

enum cor_status cor_finish_assembly(struct cor_finisher *finisher,
                                    const struct cor_census_file *file)
{
    const struct cor_census *from = &finisher->census->recogniser->censuses[file->worker];
    struct cor_assembler assembler = assembler_for(finisher);
    for (size_t i = 0; i < file->chunks.count && assembler.status == COR_OK; i++) {
        const struct cor_chunk *chunk = &from->chunks.items[file->chunks.first + i];
        assembler.line = chunk->line;
        assembler.data_section = false;
        if (cor_asm_is_nasm(&assembler, chunk->text))
            cor_asm_nasm(&assembler, chunk->text);
        else
            cor_asm_lines(&assembler, chunk->text, true);
    }
    return finish(&assembler);
}

static enum cor_status assemble(struct cor_finisher *finisher, struct cor_slice text, bool in_c)
{
    struct cor_assembler assembler = assembler_for(finisher);
    assembler.in_c = in_c;
    assembler.line = finisher->invocation->line;
    cor_asm_lines(&assembler, text, false);
    return finish(&assembler);
}

static char unescaped(char c)
{
    return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
}

static enum cor_status append_string(struct cor_buffer *out, struct cor_slice string)
{
    const char *open = memchr(string.data, '"', string.size);
    if (!open)
        return COR_OK;
    const char *at = open + 1, *end = string.data + string.size - 1;
    enum cor_status status = COR_OK;
    for (; at < end && status == COR_OK; at++) {
        char c = *at;
        if (c == '\\' && at + 1 < end)
            c = unescaped(*++at);
        status = cor_buffer_append(out, &c, 1);
    }
    return status;
}

// Expanding lines of assembly would disturb the expansion that is being judged, so that C macros
// in the strings must have been expanded before.
enum cor_status cor_judge_asm_tokens(struct cor_finisher *finisher, const struct cor_token *tokens,
                                     size_t count)
{
    finisher->assembly.size = 0;
    for (size_t i = 0; i < count; i++) {
        if (tokens[i].mark == ':')
            break; // operands
        if (tokens[i].kind != COR_TOKEN_STRING)
            continue;
        enum cor_status status = append_string(&finisher->assembly, cor_token_slice(&tokens[i]));
        if (status != COR_OK)
            return status == COR_LIMIT ? COR_OK : status;
    }
    return assemble(finisher, cor_buffer_slice(&finisher->assembly), true);
}

enum cor_status cor_judge_asm_text(struct cor_finisher *finisher, struct cor_slice text)
{
    struct cor_lexer lexer;
    struct cor_token token;
    COR_ARRAY(struct cor_token) tokens = {0};
    enum cor_status status = COR_OK;
    cor_lexer_init(&lexer, text.data, text.size);
    lexer.directives = false;
    while (status == COR_OK) {
        cor_lex(&lexer, &token);
        if (token.kind == COR_TOKEN_END)
            break;
        status = cor_array_add(&tokens, token);
    }
    if (status == COR_OK)
        status = cor_judge_asm_tokens(finisher, tokens.items, tokens.count);
    cor_array_dispose(&tokens);
    return status;
}

bool cor_begins_gas_macro(const struct cor_finisher *finisher, struct cor_slice text)
{
    struct cor_slice rest = text;
    struct cor_slice word = cor_asm_symbol(&rest);
    return word.size && finisher->expander.expanded && rest.size && rest.data[0] != '(' &&
           cor_gas_find(finisher->census->recogniser->gas, word, finisher->census->file) != NULL;
}

enum cor_status cor_judge_gas(struct cor_finisher *finisher, struct cor_slice text)
{
    struct cor_slice copy = cor_slice(cor_arena_text(&finisher->census->arena, text), text.size);
    if (!copy.data)
        return COR_NOMEM;
    return cor_array_add(&finisher->gas_calls, copy);
}

enum cor_status cor_finish_gas_calls(struct cor_finisher *finisher)
{
    enum cor_status status = COR_OK;
    for (size_t i = 0; i < finisher->gas_calls.count && status == COR_OK; i++)
        status = assemble(finisher, finisher->gas_calls.items[i], false);
    finisher->gas_calls.count = 0;
    return status;
}
