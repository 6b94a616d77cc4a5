// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
#include "source/assembler.h"

typedef void directive_fn(struct cor_assembler *assembler, struct cor_slice rest);

static void for_each_name(struct cor_assembler *assembler, struct cor_slice rest,
                          void (*apply)(struct cor_symbol_entry *symbol))
{
    while (rest.size) {
        struct cor_slice name = cor_asm_symbol(&rest);
        struct cor_symbol_entry *symbol =
            cor_asm_is_name(name) ? cor_asm_entry(assembler, name) : NULL;
        if (!symbol)
            return;
        apply(symbol);
        cor_asm_skip_comma(&rest);
    }
}

static void set_global(struct cor_symbol_entry *symbol)
{
    symbol->global = true;
}

static void set_weak(struct cor_symbol_entry *symbol)
{
    symbol->weak = true;
}

static void do_global(struct cor_assembler *assembler, struct cor_slice rest)
{
    for_each_name(assembler, rest, set_global);
}

static void do_weak(struct cor_assembler *assembler, struct cor_slice rest)
{
    for_each_name(assembler, rest, set_weak);
}

static void do_set(struct cor_assembler *assembler, struct cor_slice rest)
{
    struct cor_slice name = cor_asm_symbol(&rest);
    cor_asm_skip_comma(&rest);
    cor_asm_assign(assembler, name, rest);
}

static bool contains(struct cor_slice text, const char *word)
{
    return text.data && memmem(text.data, text.size, word, strlen(word)) != NULL;
}

static void do_type(struct cor_assembler *assembler, struct cor_slice rest)
{
    struct cor_slice name = cor_asm_symbol(&rest);
    struct cor_symbol_entry *symbol = cor_asm_is_name(name) ? cor_asm_entry(assembler, name) : NULL;
    if (!symbol || !rest.size)
        return;
    symbol->function |= contains(rest, "func") || contains(rest, "FUNC");
    symbol->object |= contains(rest, "object");
}

static void do_comm(struct cor_assembler *assembler, struct cor_slice rest)
{
    struct cor_slice name = cor_asm_symbol(&rest);
    cor_asm_define(assembler, name, false);
    struct cor_symbol_entry *symbol = cor_asm_is_name(name) ? cor_asm_entry(assembler, name) : NULL;
    if (symbol)
        symbol->object = symbol->global = true;
}

static void do_symver(struct cor_assembler *assembler, struct cor_slice rest)
{
    cor_asm_symbol(&rest);
    cor_asm_skip_comma(&rest);
    struct cor_slice name = cor_asm_symbol(&rest);
    const char *at = name.size ? memchr(name.data, '@', name.size) : NULL;
    if (!at)
        return;
    name.size = (size_t)(at - name.data);
    cor_asm_define(assembler, name, true);
    struct cor_symbol_entry *symbol = cor_asm_is_name(name) ? cor_asm_entry(assembler, name) : NULL;
    if (symbol)
        symbol->global = true;
}

static void do_section(struct cor_assembler *assembler, struct cor_slice rest)
{
    rest = cor_slice_trim(rest);
    if (rest.size && rest.data[0] == '"')
        rest = cor_slice(rest.data + 1, rest.size - 1);
    assembler->data_section = cor_slice_starts(rest, COR_SLICE(".data")) ||
                              cor_slice_starts(rest, COR_SLICE(".bss")) ||
                              cor_slice_starts(rest, COR_SLICE(".rodata"));
}

static void do_data(struct cor_assembler *assembler, struct cor_slice rest)
{
    (void)rest;
    assembler->data_section = true;
}

static void do_text(struct cor_assembler *assembler, struct cor_slice rest)
{
    (void)rest;
    assembler->data_section = false;
}

// nasm's and x264's "cglobal name, ...": a function called name.
static void do_define_global(struct cor_assembler *assembler, struct cor_slice rest)
{
    struct cor_slice name = cor_asm_symbol(&rest);
    cor_asm_define(assembler, name, false);
    struct cor_symbol_entry *symbol = cor_asm_is_name(name) ? cor_asm_entry(assembler, name) : NULL;
    if (symbol)
        symbol->global = true;
}

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

static const struct {
    struct cor_slice word;
    directive_fn *run;
} directives[] = {
    {WORD(".globl"), do_global},
    {WORD(".global"), do_global},
    {WORD("global"), do_global},
    {WORD("GLOBAL"), do_global},
    {WORD("public"), do_global},
    {WORD("PUBLIC"), do_global},
    {WORD(".export"), do_global},
    {WORD("EXPORT"), do_global},
    {WORD(".weak"), do_weak},
    {WORD(".set"), do_set},
    {WORD(".equ"), do_set},
    {WORD(".equiv"), do_set},
    {WORD(".thumb_set"), do_set},
    {WORD(".type"), do_type},
    {WORD(".comm"), do_comm},
    {WORD(".symver"), do_symver},
    {WORD(".section"), do_section},
    {WORD(".pushsection"), do_section},
    {WORD(".data"), do_data},
    {WORD(".bss"), do_data},
    {WORD(".text"), do_text},
    {WORD(".popsection"), do_text},
    {WORD(".previous"), do_text},
    {WORD("cglobal"), do_define_global},
    {WORD("cvisible"), do_define_global},
};

static bool is_name_of_directive(struct cor_slice word)
{
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (cor_slice_same(word, directives[i].word))
            return true;
    return false;
}

bool cor_asm_directive(struct cor_assembler *assembler, struct cor_slice word,
                       struct cor_slice rest)
{
    bool possible = word.size >= 4 && memchr(".gGpPEc", word.data[0], 7);
    for (size_t i = 0; possible && i < sizeof directives / sizeof *directives; i++)
        if (cor_slice_same(word, directives[i].word)) {
            directives[i].run(assembler, rest);
            return true;
        }
    return false;
}

// Macros of well-known headers, for releases that do not bring them.
static const struct {
    struct cor_slice word;
    bool global, weak, object, alias;
} known_macros[] = {
    {WORD("ENTRY"), true, false, false, false},
    {WORD("GLOBAL"), true, false, false, false},
    {WORD("WEAK"), true, true, false, false},
    {WORD("SYM_FUNC_START"), true, false, false, false},
    {WORD("SYM_FUNC_START_NOALIGN"), true, false, false, false},
    {WORD("SYM_FUNC_START_WEAK"), true, true, false, false},
    {WORD("SYM_FUNC_START_LOCAL"), false, false, false, false},
    {WORD("SYM_CODE_START"), true, false, false, false},
    {WORD("SYM_CODE_START_NOALIGN"), true, false, false, false},
    {WORD("SYM_CODE_START_LOCAL"), false, false, false, false},
    {WORD("SYM_TYPED_FUNC_START"), true, false, false, false},
    {WORD("SYM_FUNC_ALIAS"), true, false, false, true},
    {WORD("SYM_FUNC_ALIAS_WEAK"), true, true, false, true},
    {WORD("SYM_FUNC_ALIAS_LOCAL"), false, false, false, true},
    {WORD("SYM_DATA_START"), true, false, true, false},
    {WORD("SYM_DATA"), true, false, true, false},
    {WORD("SYM_DATA_LOCAL"), false, false, true, false},
    {WORD("SYM_INNER_LABEL"), true, false, false, false},
    {WORD("FUNC"), true, false, false, false},
    {WORD("FUNCTION"), true, false, false, false},
    {WORD("PROC"), true, false, false, false},
    {WORD("LEAF"), true, false, false, false},
    {WORD("NESTED"), true, false, false, false},
    {WORD("FEXPORT"), true, false, false, false},
    {WORD("_GLOBAL"), true, false, false, false},
    {WORD("_GLOBAL_TOC"), true, false, false, false},
};

bool cor_asm_known_macro(struct cor_assembler *assembler, struct cor_slice word,
                         struct cor_slice rest)
{
    rest = cor_slice_trim(rest);
    if (!rest.size || rest.data[0] != '(')
        return false;
    rest = cor_slice(rest.data + 1, rest.size - 1);
    for (size_t i = 0; i < sizeof known_macros / sizeof *known_macros; i++) {
        if (!cor_slice_same(word, known_macros[i].word))
            continue;
        struct cor_slice name = cor_asm_symbol(&rest);
        cor_asm_define(assembler, name, known_macros[i].alias);
        struct cor_symbol_entry *symbol =
            cor_asm_is_name(name) ? cor_asm_entry(assembler, name) : NULL;
        if (!symbol)
            return true;
        symbol->global |= known_macros[i].global;
        symbol->weak |= known_macros[i].weak;
        symbol->object |= known_macros[i].object;
        return true;
    }
    return false;
}

bool cor_asm_word_matters(const struct cor_assembler *assembler, struct cor_slice word)
{
    static const char *const others[] = {"PROC",   "proc", "MACRO", "macro",
                                         ".macro", ".irp", ".irpc", ".rept"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (cor_slice_same(word, cor_slice_text(others[i])))
            return true;
    for (size_t i = 0; i < sizeof known_macros / sizeof *known_macros; i++)
        if (cor_slice_same(word, known_macros[i].word))
            return true;
    return is_name_of_directive(word) ||
           cor_gas_find(assembler->finisher->census->recogniser->gas, word, assembler->file);
}
