// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// Assembly: what a text for an assembler defines.
#ifndef COR_SOURCE_ASSEMBLY_H
#define COR_SOURCE_ASSEMBLY_H

#include "source/finish.h"

// gas .macro definitions of all files, by name.
struct cor_gas_macro {
    struct cor_slice name, parameters, body;
    const struct cor_census_file *file;
    const struct cor_gas_macro *next; // same name, in order of file and line
};

struct cor_gas_table;

void cor_gas_table_free(struct cor_gas_table *table);
COR_MUST_CHECK enum cor_status cor_gas_table_fill(struct cor_recogniser *recogniser);
// The file's own macro of this name if it has one, else the first of any file that is not for
// another processor, to be followed by `next`; NULL.
const struct cor_gas_macro *cor_gas_find(const struct cor_gas_table *table, struct cor_slice name,
                                         const struct cor_census_file *file);

// What stands within asm(...): its strings are put together and assembled.
COR_MUST_CHECK enum cor_status cor_judge_asm_tokens(struct cor_finisher *finisher,
                                                    const struct cor_token *tokens, size_t count);
COR_MUST_CHECK enum cor_status cor_judge_asm_text(struct cor_finisher *finisher,
                                                  struct cor_slice text);

// A macro of C that turned out as a call of a gas macro.
bool cor_begins_gas_macro(const struct cor_finisher *finisher, struct cor_slice text);
COR_MUST_CHECK enum cor_status cor_judge_gas(struct cor_finisher *finisher, struct cor_slice text);

// After the expansion: gas macros use the expander themselves.
COR_MUST_CHECK enum cor_status cor_finish_gas_calls(struct cor_finisher *finisher);

COR_MUST_CHECK enum cor_status cor_finish_assembly(struct cor_finisher *finisher,
                                                   const struct cor_census_file *file);

// The symbols of one assembler text (symbols.c).
struct cor_symbol_entry {
    struct cor_slice name;
    uint32_t hash, line;
    bool defined, alias, global, weak, object, function, has_value;
    int64_t value;
};

struct cor_symbols {
    COR_ARRAY(struct cor_symbol_entry) entries;
    uint32_t *slots; // 1 + index
    size_t slot_count;
};

void cor_symbols_dispose(struct cor_symbols *symbols);
// The entry of that name, new or old. The text must outlive the table. NULL when memory is out.
struct cor_symbol_entry *cor_symbols_entry(struct cor_symbols *symbols, struct cor_slice name);

#endif
