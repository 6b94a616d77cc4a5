// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The correspond authors
// The file-scope parser: walks a C or C++ text with all #if branches, and tells what it finds.
// Function bodies are only matched by braces, unless `words` is set.
#ifndef COR_SOURCE_PARSER_H
#define COR_SOURCE_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/array.h"
#include "base/slice.h"
#include "base/status.h"
#include "model/terms.h"
#include "source/lexer.h"
#include "source/text.h"

enum cor_found_kind {
    COR_FOUND_FUNCTION,    // a body begins
    COR_FOUND_BODY,        // a body has ended: `target` is what stood between the braces
    COR_FOUND_DATA,        // a defining declaration
    COR_FOUND_DECLARATION, // a prototype, or extern data
    COR_FOUND_ALIAS,       // `name` is made an alias of `target`
    COR_FOUND_LABEL,       // `name` gets the assembler name `target`
    COR_FOUND_INVOCATION,  // `tokens` must be expanded before they can be judged; in an expansion:
                           // what no macro was found for
    COR_FOUND_ASSEMBLY,    // `tokens` are what stands within asm(...)
    COR_FOUND_DEFINE,      // a macro: `target` is its body, `parameters` what stands in parentheses
    COR_FOUND_INCLUDE,     // `name` is the spelled file
    COR_FOUND_REGION,      // `target` is for the assembler: #ifdef __ASSEMBLY__
    COR_FOUND_WORD         // any word outside directives (with `words`)
};

struct cor_found {
    enum cor_found_kind kind;
    struct cor_slice name;
    const char *at; // place of the name
    enum cor_linkage linkage;
    bool data;
    bool active;
    bool has_parameters; // DEFINE
    bool in_string;      // WORD: within a string of an asm statement
    bool in_block;       // WORD: within braces
    uint32_t branches;   // DEFINE: how many #if stand around it
    struct cor_slice target, parameters;
    const struct cor_token *tokens; // INVOCATION, ASSEMBLY
    size_t token_count;
    const char *tail;       // INVOCATION: what follows in place of the rest: ";", "{}", "= 0;"
    struct cor_slice scope; // INVOCATION, in C++: "ns::Class::", where it stands in one
};

enum cor_block {
    COR_BLOCK_BODY,
    COR_BLOCK_VALUE,   // an initialiser, braces in an argument: part of a statement
    COR_BLOCK_MEMBERS, // of a type; likewise
};

enum cor_scope { COR_SCOPE_C, COR_SCOPE_NAMED, COR_SCOPE_HIDDEN, COR_SCOPE_CLASS };

struct cor_parse_scope {
    enum cor_scope kind;
    struct cor_slice name;
    const char *begin; // CLASS: of the body
};

// What #else goes back to.
struct cor_parse_state {
    uint32_t brace;
    enum cor_block block;
    const char *block_begin;
    uint32_t open;
    struct cor_slice function;
    struct cor_token *tokens;
    size_t token_count;
};

struct cor_parse_branch {
    struct cor_parse_state before, first_end;
    bool has_first_end;
    bool dead_before; // an enclosing branch is dead
    bool dead;
    bool always_seen;   // an earlier branch of this #if is always true
    bool assembly;      // the current branch is for the assembler alone
    bool assembly_next; // the #else is
    const char *begin;  // of the current branch
};

// One thing on the top level of a statement: a word, a parenthesis as a whole, ...
struct cor_item {
    uint32_t first, end; // tokens
    uint8_t kind;        // enum item_kind of declarators.c
    uint8_t word;        // enum cor_word
};

// An old-style head, or a second head in another branch, waiting for its brace.
struct cor_pending_head {
    struct cor_slice name;
    const char *at;
    enum cor_linkage linkage;
    bool active;
};

struct cor_parser {
    struct cor_text *text;
    enum cor_status (*emit)(void *context, const struct cor_found *found);
    void *context;
    bool cxx;
    bool header;
    bool words;    // emit every word
    bool expanded; // the text is a macro's expansion: nothing is left to expand

    struct cor_lexer lexer;
    enum cor_status status;
    COR_ARRAY(struct cor_token) tokens; // of the current statement
    COR_ARRAY(struct cor_item) items;
    size_t peel_at; // how long a statement must be for cor_parser_peel()
    uint32_t open;  // 1 + index of the innermost open parenthesis
    uint32_t brace;
    enum cor_block block;
    const char *block_begin;
    struct cor_slice function; // whose body we are in; empty outside
    enum cor_linkage function_linkage;
    uint32_t assembly; // how many enclosing branches are for the assembler
    uint32_t dead;     // how many enclosing branches are never compiled
    bool resync, unbalanced;
    unsigned restarts;
    COR_ARRAY(struct cor_parse_branch) branches;
    COR_ARRAY(struct cor_parse_scope) scopes;
    COR_ARRAY(struct cor_pending_head) pending;
    COR_ARRAY(char) name_buffer;   // a C++ name put together
    COR_ARRAY(char) target_buffer; // the strings of an alias or label put together
    struct cor_pending_head old_style;
    struct cor_slice old_parameters;
    bool has_old_style;
};

void cor_parser_init(struct cor_parser *parser, struct cor_text *text);
void cor_parser_dispose(struct cor_parser *parser);

// Walks the whole text. COR_OK unless memory is out or `emit` failed.
COR_MUST_CHECK enum cor_status cor_parse(struct cor_parser *parser);

// For the parser's own files.
bool cor_parser_in_class(const struct cor_parser *parser);
// The class whose body ends at `end`: members that the compiler makes by itself.
void cor_parser_end_class(struct cor_parser *parser, const char *end);
void cor_parser_emit(struct cor_parser *parser, struct cor_found *found);
void cor_parser_directive(struct cor_parser *parser, const char *hash); // directives.c
// declarators.c: the statement in `tokens` ended with ';' (or at the end of its scope).
void cor_parser_statement(struct cor_parser *parser);
// heads.c: a '{' follows the statement in `tokens`. What the braces hold: true when they are
// a block to be skipped (`ret_block`), false when a scope was entered.
bool cor_parser_head(struct cor_parser *parser, enum cor_block *ret_block);
// invocations.c: takes complete MACRO(x) without semicolons off the front of a long statement.
void cor_parser_peel(struct cor_parser *parser);
// heads.c: remembers the head in `tokens`, if it is one, for the next brace.
void cor_parser_remember_head(struct cor_parser *parser);
void cor_parser_clear(struct cor_parser *parser); // forgets the current statement

#endif
