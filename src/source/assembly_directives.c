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

static const struct {
    const char *word;
    directive_fn *run;
} directives[] = {
    {".globl", do_global},
    {".global", do_global},
    {"global", do_global},
    {"GLOBAL", do_global},
    {"public", do_global},
    {"PUBLIC", do_global},
    {".export", do_global},
    {"EXPORT", do_global},
    {".weak", do_weak},
    {".set", do_set},
    {".equ", do_set},
    {".equiv", do_set},
    {".thumb_set", do_set},
    {".type", do_type},
    {".comm", do_comm},
    {".symver", do_symver},
    {".section", do_section},
    {".pushsection", do_section},
    {".data", do_data},
    {".bss", do_data},
    {".text", do_text},
    {".popsection", do_text},
    {".previous", do_text},
    {"cglobal", do_define_global},
    {"cvisible", do_define_global},
};

bool cor_asm_directive(struct cor_assembler *assembler, struct cor_slice word,
                       struct cor_slice rest)
{
    bool possible = word.size >= 4 && memchr(".gGpPEc", word.data[0], 7);
    for (size_t i = 0; possible && i < sizeof directives / sizeof *directives; i++)
        if (cor_slice_same(word, cor_slice_text(directives[i].word))) {
            directives[i].run(assembler, rest);
            return true;
        }
    return false;
}

// Macros of well-known headers, for releases that do not bring them.
static const struct {
    const char *word;
    bool global, weak, object, alias;
} known_macros[] = {
    {"ENTRY", true, false, false, false},
    {"GLOBAL", true, false, false, false},
    {"WEAK", true, true, false, false},
    {"SYM_FUNC_START", true, false, false, false},
    {"SYM_FUNC_START_NOALIGN", true, false, false, false},
    {"SYM_FUNC_START_WEAK", true, true, false, false},
    {"SYM_FUNC_START_LOCAL", false, false, false, false},
    {"SYM_CODE_START", true, false, false, false},
    {"SYM_CODE_START_NOALIGN", true, false, false, false},
    {"SYM_CODE_START_LOCAL", false, false, false, false},
    {"SYM_TYPED_FUNC_START", true, false, false, false},
    {"SYM_FUNC_ALIAS", true, false, false, true},
    {"SYM_FUNC_ALIAS_WEAK", true, true, false, true},
    {"SYM_FUNC_ALIAS_LOCAL", false, false, false, true},
    {"SYM_DATA_START", true, false, true, false},
    {"SYM_DATA", true, false, true, false},
    {"SYM_DATA_LOCAL", false, false, true, false},
    {"SYM_INNER_LABEL", true, false, false, false},
    {"FUNC", true, false, false, false},
    {"FUNCTION", true, false, false, false},
    {"PROC", true, false, false, false},
    {"LEAF", true, false, false, false},
    {"NESTED", true, false, false, false},
    {"FEXPORT", true, false, false, false},
    {"_GLOBAL", true, false, false, false},
    {"_GLOBAL_TOC", true, false, false, false},
};

bool cor_asm_known_macro(struct cor_assembler *assembler, struct cor_slice word,
                         struct cor_slice rest)
{
    rest = cor_slice_trim(rest);
    if (!rest.size || rest.data[0] != '(')
        return false;
    rest = cor_slice(rest.data + 1, rest.size - 1);
    for (size_t i = 0; i < sizeof known_macros / sizeof *known_macros; i++) {
        if (!cor_slice_same(word, cor_slice_text(known_macros[i].word)))
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
