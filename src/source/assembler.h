// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// What the assembler's own files share.
#ifndef COR_SOURCE_ASSEMBLER_H
#define COR_SOURCE_ASSEMBLER_H

#include "source/assembly.h"

enum { COR_ASM_DEPTH_LIMIT = 40 };

struct cor_assembler {
    struct cor_finisher *finisher;
    const struct cor_census_file *file;
    struct cor_symbols symbols;
    struct cor_scratch scratch; // texts of expanded lines: they live as long as the symbols
    struct cor_names *lines;    // those expanded already
    struct cor_map expansions;  // of a line: what it turns out as, see assembly_statements.c
    uint32_t line;
    unsigned depth;
    size_t work; // lines processed
    bool data_section;
    bool in_c; // the text came from asm("...")
    enum cor_status status;
};

struct cor_gas_argument {
    struct cor_slice name, value;
    bool rest; // :vararg
};

// assembly_names.c: takes a name, quoted or not, off the front; empty when there is none.
struct cor_slice cor_asm_symbol(struct cor_slice *rest);
void cor_asm_skip_comma(struct cor_slice *rest);
bool cor_asm_is_name(struct cor_slice text);
// NULL when memory is out: the assembler's status says so.
struct cor_symbol_entry *cor_asm_entry(struct cor_assembler *assembler, struct cor_slice name);
void cor_asm_define(struct cor_assembler *assembler, struct cor_slice name, bool alias);

// assembly_numbers.c: false when the value is not known.
bool cor_asm_evaluate(struct cor_assembler *assembler, struct cor_slice text, int64_t *ret_value);
void cor_asm_assign(struct cor_assembler *assembler, struct cor_slice name, struct cor_slice value);

// assembly_directives.c: true when `word` is a directive that matters.
bool cor_asm_directive(struct cor_assembler *assembler, struct cor_slice word,
                       struct cor_slice rest);
bool cor_asm_known_macro(struct cor_assembler *assembler, struct cor_slice word,
                         struct cor_slice rest);

// Whether a statement that begins with the word can make a name, as the text stands.
bool cor_asm_word_matters(const struct cor_assembler *assembler, struct cor_slice word);

// assembly_inert.c: whether nothing that the preprocessor makes of the line can make a name.
bool cor_asm_line_is_inert(struct cor_assembler *assembler, struct cor_slice line);

// assembly_macros.c
struct cor_slice cor_asm_argument(struct cor_slice *rest, bool all);
// The body with \name, \() and \@ replaced.
struct cor_slice cor_asm_substituted(struct cor_assembler *assembler, struct cor_slice body,
                                     const struct cor_gas_argument *arguments, unsigned count);
bool cor_asm_call_macro(struct cor_assembler *assembler, struct cor_slice word,
                        struct cor_slice rest);

// assembly_statements.c
void cor_asm_line(struct cor_assembler *assembler, struct cor_slice line);

// assembly_nasm.c: a whole text in Intel's syntax
bool cor_asm_is_nasm(const struct cor_assembler *assembler, struct cor_slice text);
void cor_asm_nasm(struct cor_assembler *assembler, struct cor_slice text);

// assembly_lines.c: `count_lines` when the text is the file's own.
void cor_asm_lines(struct cor_assembler *assembler, struct cor_slice text, bool count_lines);

#endif
